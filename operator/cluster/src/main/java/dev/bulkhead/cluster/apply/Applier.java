package dev.bulkhead.cluster.apply;

import dev.bulkhead.cluster.inventory.FieldManagers;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.Policies;
import dev.bulkhead.cluster.render.PolicyRenderer;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes policies one by one, each on the condition that the object is what the plan was made for. An object without our
 * marker is never touched unless somebody offers it. Whatever is refused voids the rest of the plan.
 */
public final class Applier {

    private final KubernetesClient client;
    private final Policies policies;
    private final WriteCounters counters;
    private final WriteLog log;
    private final PolicyRenderer renderer = new PolicyRenderer();

    public Applier(KubernetesClient client, Policies policies, WriteCounters counters, WriteLog log) {
        this.client = client;
        this.policies = policies;
        this.counters = counters;
        this.log = log;
    }

    /**
     * @param live the namespace's policies that the writes were planned for, by name
     * @return what they are after the writes
     * @throws StaleViewException if one of them is something else by now; the inventory knows what
     * @throws NamespaceEndingException if the namespace takes no more objects
     */
    public Map<String, LivePolicy> apply(List<Write> writes, Map<String, LivePolicy> live) {
        Map<String, LivePolicy> current = new HashMap<>(live);
        for (Write write : writes) {
            NetworkPolicy.Key key = write.key();
            policies.writing(key, wanted(write));
            try {
                if (write instanceof Write.Create create) {
                    current.put(key.name(), create(create.policy()));
                } else if (write instanceof Write.Update update) {
                    current.put(key.name(), update(update.policy(), ours(current.get(key.name()))));
                } else if (write instanceof Write.Adopt adopt) {
                    current.put(key.name(), update(adopt.policy(), offered(current.get(key.name()))));
                } else if (write instanceof Write.Supersede) {
                    delete(offered(current.remove(key.name())));
                } else {
                    delete(ours(current.remove(key.name())));
                }
            } catch (KubernetesClientException e) {
                throw explained(key, e);
            } finally {
                policies.answered(key);
            }
        }
        return current;
    }

    private static Optional<NetworkPolicy> wanted(Write write) {
        if (write instanceof Write.Create create) {
            return Optional.of(create.policy());
        }
        if (write instanceof Write.Adopt adopt) {
            return Optional.of(adopt.policy());
        }
        return write instanceof Write.Update update ? Optional.of(update.policy()) : Optional.empty();
    }

    private LivePolicy create(NetworkPolicy policy) {
        LivePolicy created;
        try {
            created = read(client.network()
                    .v1()
                    .networkPolicies()
                    .resource(renderer.render(policy))
                    .create());
            log.wrote(policy.key(), counters.created(policy.key()));
        } catch (KubernetesClientException e) {
            if (!"AlreadyExists".equals(reason(e))) {
                throw e;
            }
            created = found(policy, e);
        }
        policies.written(created);
        return created;
    }

    /** Ours it is when an answer was lost and the client asked again. */
    private LivePolicy found(NetworkPolicy policy, KubernetesClientException refusal) {
        io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy object =
                resource(policy.key()).get();
        if (object == null) {
            throw new StaleViewException(policy.key(), refusal);
        }
        LivePolicy found = read(object);
        if (!found.policy().equals(policy)) {
            policies.written(found);
            throw new StaleViewException(policy.key(), refusal);
        }
        return found;
    }

    private LivePolicy update(NetworkPolicy policy, LivePolicy live) {
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager(FieldManagers.OURS)
                .build();
        io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy wanted = renderer.render(policy);
        // Named by an object rather than by its name: the client would read the object first.
        LivePolicy updated = read(client.network()
                .v1()
                .networkPolicies()
                .resource(wanted)
                .patch(context, new PolicyPatch(wanted, live).json(client.getKubernetesSerialization())));
        log.wrote(policy.key(), counters.updated(live));
        policies.written(updated);
        return updated;
    }

    private void delete(LivePolicy live) {
        NetworkPolicy.Key key = live.policy().key();
        resource(key).lockResourceVersion(live.resourceVersion()).delete();
        log.wrote(key, counters.deleted(live));
        policies.deleted(key, live.uid());
    }

    private static LivePolicy ours(LivePolicy live) {
        if (!live.isManaged()) {
            throw new IllegalStateException(live.policy().key() + " is not ours to write");
        }
        return live;
    }

    private static LivePolicy offered(LivePolicy live) {
        if (!live.offered()) {
            throw new IllegalStateException(live.policy().key() + " is not offered to us");
        }
        return live;
    }

    private RuntimeException explained(NetworkPolicy.Key key, KubernetesClientException e) {
        boolean conflict = e.getCode() == HttpURLConnection.HTTP_CONFLICT;
        boolean gone = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
        boolean ending = e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                && e.getMessage() != null
                && e.getMessage().contains("is being terminated");
        if (ending) {
            return new NamespaceEndingException(key.namespace(), e);
        }
        if (conflict) {
            io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy object =
                    resource(key).get();
            if (object != null) {
                policies.written(read(object));
            }
        }
        return conflict || gone ? new StaleViewException(key, e) : e;
    }

    private static String reason(KubernetesClientException e) {
        return e.getStatus() == null ? "" : e.getStatus().getReason();
    }

    private Resource<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> resource(NetworkPolicy.Key key) {
        return client.network()
                .v1()
                .networkPolicies()
                .inNamespace(key.namespace())
                .withName(key.name());
    }

    private static LivePolicy read(io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy object) {
        return LivePolicy.of(object);
    }
}
