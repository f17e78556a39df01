package dev.bulkhead.cluster.inventory;

import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.read.IdentityPolicies;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Watches a real API server, kind by kind, and hands what it shows to the intake. */
final class Informers implements InventorySource {

    private static final String OUR_API = "bulkhead.dev/v1alpha1";

    private final KubernetesClient client;
    private final Intake intake;
    private final LostGuardrails lost;
    private final LogQuota quota;
    private final List<Watched<?>> all = new ArrayList<>();

    /** @param lost closed with the watches */
    Informers(KubernetesClient client, Intake intake, LostGuardrails lost, LogQuota quota) {
        this.client = client;
        this.intake = intake;
        this.lost = lost;
        this.quota = quota;
    }

    @Override
    public List<CompletableFuture<Void>> start(Consumer<Throwable> stopped) {
        watchContents();
        watchDeclarations();
        watch(
                "NetworkPolicy",
                client.network().v1().networkPolicies().inAnyNamespace(),
                NetworkPolicy::new,
                intake::seen,
                intake::gone);
        watchFacts();
        return all.stream().map(watched -> watched.start(stopped)).toList();
    }

    @Override
    public Optional<Instant> guardrailsDefinedSince() {
        return lost.definedSince();
    }

    @Override
    public List<String> interrupted() {
        return all.stream()
                .filter(watched -> !watched.isHealthy())
                .map(Watched::name)
                .toList();
    }

    @Override
    public void close() {
        all.forEach(Watched::close);
        lost.close();
    }

    private void watchContents() {
        watch("Namespace", client.namespaces(), Namespace::new, intake::seen, intake::gone);
        watch("Pod", client.pods().inAnyNamespace(), Pod::new, intake::seen, intake::gone);
        watch("Service", client.services().inAnyNamespace(), Service::new, intake::seen, intake::gone);
        watch(
                "Deployment",
                client.apps().deployments().inAnyNamespace(),
                Deployment::new,
                intake::seen,
                intake::workloadGone);
        watch(
                "StatefulSet",
                client.apps().statefulSets().inAnyNamespace(),
                StatefulSet::new,
                intake::seen,
                intake::workloadGone);
        watch(
                "DaemonSet",
                client.apps().daemonSets().inAnyNamespace(),
                DaemonSet::new,
                intake::seen,
                intake::workloadGone);
    }

    private void watchDeclarations() {
        watchDeclared("AccessIntent", intake::intentSeen, intake::intentGone);
        watchDeclared("Segment", intake::segmentSeen, intake::segmentGone);
        watchDeclared("Guardrail", intake::guardrailSeen, intake::guardrailGone);
        watchDeclared("WellKnownPeers", intake::wellKnownPeersSeen, intake::wellKnownPeersGone);
    }

    private void watchDeclared(
            String kind, Consumer<GenericKubernetesResource> seen, Consumer<GenericKubernetesResource> gone) {
        watch(
                kind,
                client.genericKubernetesResources(OUR_API, kind).inAnyNamespace(),
                GenericKubernetesResource::new,
                seen,
                gone);
    }

    private void watchFacts() {
        watch("Node", client.nodes(), Node::new, intake::seen, intake::gone);
        watch(
                "EndpointSlice",
                client.discovery()
                        .v1()
                        .endpointSlices()
                        .inNamespace("default")
                        .withLabel("kubernetes.io/service-name", "kubernetes"),
                EndpointSlice::new,
                intake::seen,
                intake::gone);
        watch("IngressClass", client.network().v1().ingressClasses(), IngressClass::new, intake::seen, intake::gone);
        for (AdmissionKinds.Kind kind : new AdmissionKinds(client).served()) {
            watch(
                    kind.kind(),
                    client.genericKubernetesResources(kind.apiVersion(), kind.kind()),
                    GenericKubernetesResource::new,
                    object -> intake.admissionSeen(name(kind, object), object),
                    object -> intake.admissionGone(name(kind, object)));
        }
    }

    /** Objects in lists of built-in kinds do not name their kind. */
    private static IdentityPolicies.Name name(AdmissionKinds.Kind kind, HasMetadata object) {
        return new IdentityPolicies.Name(kind.kind(), object.getMetadata().getName());
    }

    private <T extends HasMetadata> void watch(
            String name, Informable<T> resources, Supplier<T> empty, Consumer<T> seen, Consumer<T> gone) {
        all.add(new Watched<>(name, resources, empty, seen, gone, quota));
    }
}
