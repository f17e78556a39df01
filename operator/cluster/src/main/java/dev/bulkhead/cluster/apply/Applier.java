package dev.bulkhead.cluster.apply;

import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.WrittenPolicies;
import dev.bulkhead.core.plan.EmptiedPolicy;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Writes policies one by one, each on the condition that the object is what the plan was made for. An object without our
 * marker is never touched unless somebody offers it or it has the name of the baseline. Whatever is refused voids the rest
 * of the plan, except for a deletion: the policy is emptied then, and the plan goes on for as long as that is as good.
 */
public final class Applier {

    private static final int UNPROCESSABLE = 422;

    /** By rights or by admission; the last one is that of an admission webhook that does not answer. */
    private static final Set<Integer> REFUSALS = Set.of(
            HttpURLConnection.HTTP_BAD_REQUEST,
            HttpURLConnection.HTTP_FORBIDDEN,
            UNPROCESSABLE,
            HttpURLConnection.HTTP_INTERNAL_ERROR);

    private final PolicyApi api;
    private final WrittenPolicies policies;
    private final WriteCounters counters;
    private final WriteLog log;

    public Applier(PolicyApi api, WrittenPolicies policies, WriteCounters counters, WriteLog log) {
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
        Refusals refusals = new Refusals();
        for (Write write : writes) {
            NetworkPolicy.Key key = write.key();
            refusals.requireAsGoodAsGone(current, write);
            policies.writing(key, write.written());
            try {
                Optional<LivePolicy> after = write.fold(new CarryOut(current, refusals));
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
        refusals.rethrow();
        return current;
    }

    /** Deletions that the API server refuses, of policies that are emptied instead. */
    private static final class Refusals {

        private final List<NetworkPolicy> emptied = new ArrayList<>();
        private KubernetesClientException first;

        void add(NetworkPolicy policy, KubernetesClientException refusal) {
            emptied.add(policy);
            first = first == null ? refusal : first;
        }

        /** The plan was made for what isolates the pods of these policies, without them. */
        void requireAsGoodAsGone(Map<String, LivePolicy> current, Write next) {
            if (emptied.isEmpty()) {
                return;
            }
            List<NetworkPolicy> after = Stream.concat(
                            current.values().stream()
                                    .map(LivePolicy::policy)
                                    .filter(policy -> !policy.key().equals(next.key())),
                            next.written().stream())
                    .toList();
            if (!emptied.stream()
                    .allMatch(policy -> EmptiedPolicy.of(policy, after).isPresent())) {
                throw first;
            }
        }

        void rethrow() {
            if (first != null) {
                throw first;
            }
        }
    }

    /** Answers what is there afterwards. */
    private final class CarryOut implements Write.Cases<Optional<LivePolicy>> {

        private final Map<String, LivePolicy> current;
        private final Refusals refusals;

        /** @param current the policies of the namespace before the write, by name */
        CarryOut(Map<String, LivePolicy> current, Refusals refusals) {
            this.current = current;
            this.refusals = refusals;
        }

        @Override
        public Optional<LivePolicy> create(Write.Create write) {
            return Optional.of(Applier.this.create(write.policy()));
        }

        @Override
        public Optional<LivePolicy> update(Write.Update write) {
            return Optional.of(Applier.this.update(write.policy(), writable(before(write))));
        }

        @Override
        public Optional<LivePolicy> delete(Write.Delete write) {
            return withdraw(ours(before(write)), current.values(), refusals);
        }

        @Override
        public Optional<LivePolicy> adopt(Write.Adopt write) {
            return Optional.of(Applier.this.update(write.policy(), offered(before(write))));
        }

        @Override
        public Optional<LivePolicy> supersede(Write.Supersede write) {
            LivePolicy theirs = offered(before(write));
            api.delete(theirs);
            deleted(theirs);
            return Optional.empty();
        }

        /** Null where there was none. */
        private LivePolicy before(Write write) {
            return current.get(write.key().name());
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

    /**
     * With a finalizer on it the object would stay in force after its deletion, so that goes first, and the rules with it in
     * case it comes back at once. Where the API server refuses the deletion, the rules go alone.
     *
     * @return what is left of it
     */
    private Optional<LivePolicy> withdraw(LivePolicy live, Collection<LivePolicy> all, Refusals refusals) {
        Optional<NetworkPolicy> emptied = EmptiedPolicy.of(
                live.policy(), all.stream().map(LivePolicy::policy).toList());
        LivePolicy free = live.isTidy() ? live : changed(emptied.orElse(live.policy()), live);
        if (live.attachments().terminating()) {
            deleted(live);
            return Optional.empty();
        }
        try {
            api.delete(free);
            deleted(live);
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (emptied.isEmpty() || !REFUSALS.contains(e.getCode())) {
                throw e;
            }
            refusals.add(emptied.get(), e);
            if (free.policy().equals(emptied.get())) {
                return Optional.of(free);
            }
            log.wrote(live.policy().key(), counters.updated(live));
            return Optional.of(changed(emptied.get(), free));
        }
    }

    private LivePolicy changed(NetworkPolicy wanted, LivePolicy live) {
        policies.writing(wanted.key(), Optional.of(wanted));
        LivePolicy changed = api.replace(wanted, live);
        policies.written(changed);
        policies.writing(wanted.key(), Optional.empty());
        return changed;
    }

    private void deleted(LivePolicy live) {
        NetworkPolicy.Key key = live.policy().key();
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
        // A JSON patch whose paths the object does not have any more is refused before the version is looked at.
        if (e.getCode() == UNPROCESSABLE && !write.isCreation() && correct(key, planned)) {
            return new StaleViewException(key, e);
        }
        return e;
    }

    /**
     * The store is to say what a read shows, including that there is nothing, or another object by the same name.
     *
     * @return whether that is not what the write was planned for
     */
    private boolean correct(NetworkPolicy.Key key, Optional<LivePolicy> planned) {
        Optional<LivePolicy> found = api.read(key);
        planned.filter(live -> !live.uid().equals(found.map(LivePolicy::uid).orElse("")))
                .ifPresent(live -> policies.gone(key, live.uid()));
        found.ifPresent(policies::written);
        return !found.map(LivePolicy::resourceVersion).equals(planned.map(LivePolicy::resourceVersion));
    }

    private static String reason(KubernetesClientException e) {
        return e.getStatus() == null ? "" : e.getStatus().getReason();
    }
}
