package dev.bulkhead.cluster.leaderelection;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;

/** Reads and writes the Lease by a Kubernetes client. */
final class ClusterLeaseApi implements LeaseApi {

    private static final PatchContext MERGE =
            new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

    private final KubernetesClient client;
    private final String namespace;
    private final String name;

    /** @param client closed with this */
    ClusterLeaseApi(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    @Override
    public Optional<LeaseRecord> read() {
        return Optional.ofNullable(
                        client.leases().inNamespace(namespace).withName(name).get())
                .map(ClusterLeaseApi::record);
    }

    @Override
    public LeaseRecord create(LeaseRecord record) {
        return record(client.resource(lease(record)).create());
    }

    @Override
    public LeaseRecord replace(LeaseRecord record) {
        Lease lease = lease(record);
        return record(client.resource(lease)
                .patch(MERGE, client.getKubernetesSerialization().asJson(lease)));
    }

    @Override
    public void close() {
        client.close();
    }

    private Lease lease(LeaseRecord record) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withResourceVersion(record.version().isEmpty() ? null : record.version())
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(record.holder())
                .withLeaseDurationSeconds((int) record.duration().toSeconds())
                .withAcquireTime(time(record.acquired()))
                .withRenewTime(time(record.renewed()))
                .withLeaseTransitions(record.transitions())
                .endSpec()
                .build();
    }

    private static ZonedDateTime time(Instant instant) {
        return instant.atZone(ZoneOffset.UTC);
    }

    private static LeaseRecord record(Lease lease) {
        LeaseSpec spec = Objects.requireNonNullElseGet(lease.getSpec(), () -> new LeaseSpec());
        return new LeaseRecord(
                Objects.requireNonNullElse(spec.getHolderIdentity(), ""),
                Duration.ofSeconds(Objects.requireNonNullElse(spec.getLeaseDurationSeconds(), 0)),
                instant(spec.getAcquireTime()),
                instant(spec.getRenewTime()),
                Objects.requireNonNullElse(spec.getLeaseTransitions(), 0),
                lease.getMetadata().getResourceVersion());
    }

    private static Instant instant(ZonedDateTime time) {
        return time == null ? Instant.EPOCH : time.toInstant();
    }
}
