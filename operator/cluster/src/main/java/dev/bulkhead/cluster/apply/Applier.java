package dev.bulkhead.cluster.apply;

import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.Policies;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes policies one by one, each on the condition that the object is what the plan was made for. An object without our
 * marker is never touched unless somebody offers it or it has the name of the baseline. Whatever is refused voids the rest
 * of the plan.
 */
public final class Applier {

    private final PolicyApi api;
    private final Policies policies;
    private final WriteCounters counters;
    private final WriteLog log;

    public Applier(PolicyApi api, Policies policies, WriteCounters counters, WriteLog log) {
        this.api = api;
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
    public Map<String, LivePolicy> apply(
            List<Write> writes, Map<String, LivePolicy> live, Consumer<Write> acknowledged) {
        Map<String, LivePolicy> current = new HashMap<>(live);
        for (Write write : writes) {
            NetworkPolicy.Key key = write.key();
            policies.writing(key, write.written());
            try {
                Optional<LivePolicy> after = write.fold(new CarryOut(current.get(key.name())));
                if (after.isPresent()) {
                    current.put(key.name(), after.get());
                } else {
                    current.remove(key.name());
                }
                acknowledged.accept(write);
            } catch (KubernetesClientException e) {
                throw explained(write, Optional.ofNullable(live.get(key.name())), e);
            } finally {
                policies.answered(key);
            }
        }
        return current;
    }

    /** Answers what is there afterwards. */
    private final class CarryOut implements Write.Cases<Optional<LivePolicy>> {

        private final LivePolicy before;

        /** @param before null where there was none */
        CarryOut(LivePolicy before) {
            this.before = before;
        }

        @Override
        public Optional<LivePolicy> create(Write.Create write) {
            return Optional.of(Applier.this.create(write.policy()));
        }

        @Override
        public Optional<LivePolicy> update(Write.Update write) {
            return Optional.of(Applier.this.update(write.policy(), writable(before)));
        }

        @Override
        public Optional<LivePolicy> delete(Write.Delete write) {
            Applier.this.delete(ours(before));
            return Optional.empty();
        }

        @Override
        public Optional<LivePolicy> adopt(Write.Adopt write) {
            return Optional.of(Applier.this.update(write.policy(), offered(before)));
        }

        @Override
        public Optional<LivePolicy> supersede(Write.Supersede write) {
            Applier.this.delete(offered(before));
            return Optional.empty();
        }
    }

    private LivePolicy create(NetworkPolicy policy) {
        LivePolicy created;
        try {
            created = api.create(policy);
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

    /** If our create succeeded but its answer was lost, the retry is told that the object exists already; it is ours then. */
    private LivePolicy found(NetworkPolicy policy, KubernetesClientException refusal) {
        LivePolicy found = api.read(policy.key()).orElseThrow(() -> new StaleViewException(policy.key(), refusal));
        if (!found.policy().equals(policy) || !found.isTidy()) {
            policies.written(found);
            throw new StaleViewException(policy.key(), refusal);
        }
        return found;
    }

    private LivePolicy update(NetworkPolicy policy, LivePolicy live) {
        LivePolicy updated = api.replace(policy, live);
        log.wrote(policy.key(), counters.updated(live));
        if (live.attachments().terminating()) {
            // Without its finalizers an object that is being deleted is gone.
            policies.gone(policy.key(), live.uid());
            throw new StaleViewException(policy.key(), null);
        }
        policies.written(updated);
        return updated;
    }

    /** With a finalizer on it the object would stay in force after its deletion, so that goes first. */
    private void delete(LivePolicy live) {
        NetworkPolicy.Key key = live.policy().key();
        LivePolicy free = live.isTidy() ? live : api.replace(live.policy(), live);
        if (!live.isTidy()) {
            policies.written(free);
        }
        if (!live.attachments().terminating()) {
            api.delete(free);
        }
        log.wrote(key, counters.deleted(live));
        policies.deleted(key, live.uid());
    }

    private static LivePolicy ours(LivePolicy live) {
        if (!live.isManaged()) {
            throw new IllegalStateException(live.policy().key() + " is not ours to delete");
        }
        return live;
    }

    private static LivePolicy writable(LivePolicy live) {
        if (!live.mayBeWritten()) {
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

    /** A conflict, or that the object is not found, voids the plan: what the API server has goes into the inventory. */
    private RuntimeException explained(Write write, Optional<LivePolicy> planned, KubernetesClientException e) {
        NetworkPolicy.Key key = write.key();
        boolean notFound = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
        boolean terminating = e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                && e.getMessage() != null
                && e.getMessage().contains("is being terminated");
        if (terminating || (notFound && write.isCreation())) {
            return new NamespaceEndingException(key.namespace(), e);
        }
        if (notFound) {
            planned.ifPresent(live -> policies.gone(key, live.uid()));
            return new StaleViewException(key, e);
        }
        if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
            correct(key, planned);
            return new StaleViewException(key, e);
        }
        return e;
    }

    /** The store is to say what a read shows, including that there is nothing, or another object by the same name. */
    private void correct(NetworkPolicy.Key key, Optional<LivePolicy> planned) {
        Optional<LivePolicy> found = api.read(key);
        planned.filter(live -> !live.uid().equals(found.map(LivePolicy::uid).orElse("")))
                .ifPresent(live -> policies.gone(key, live.uid()));
        found.ifPresent(policies::written);
    }

    private static String reason(KubernetesClientException e) {
        return e.getStatus() == null ? "" : e.getStatus().getReason();
    }
}
