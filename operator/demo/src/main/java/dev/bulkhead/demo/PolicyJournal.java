package dev.bulkhead.demo;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.decode.PolicyReader;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every write to a NetworkPolicy, by anybody, in the order in which the API server tells of them. */
final class PolicyJournal implements AutoCloseable {

    /** One write. */
    record Entry(Action action, NetworkPolicy policy, long nanoTime) {

        @Override
        public String toString() {
            return action.word + " " + policy.key();
        }
    }

    enum Action {
        CREATED("+"),
        CHANGED("~"),
        DELETED("-");

        private final String word;

        Action(String word) {
            this.word = word;
        }
    }

    private final PolicyReader reader = new PolicyReader();
    private final List<Entry> entries = new ArrayList<>();
    private final SharedIndexInformer<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> informer;

    PolicyJournal(KubernetesClient client) {
        informer = client.network().v1().networkPolicies().inAnyNamespace().inform(new Scribe(), 0);
    }

    /** How many writes there were so far. */
    synchronized int size() {
        return entries.size();
    }

    /** @param mark a {@link #size()} of before */
    synchronized List<Entry> since(int mark) {
        return List.copyOf(entries.subList(mark, entries.size()));
    }

    /** The policies as they were at the mark, and after each write since then. */
    synchronized List<ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy>> statesSince(int mark) {
        List<ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy>> states = new ArrayList<>();
        SortedMap<NetworkPolicy.Key, NetworkPolicy> state = new TreeMap<>();
        for (int i = 0; i <= entries.size(); i++) {
            if (i >= mark) {
                states.add(ImmutableSortedMap.copyOfSorted(state));
            }
            if (i < entries.size()) {
                Entry entry = entries.get(i);
                if (entry.action() == Action.DELETED) {
                    state.remove(entry.policy().key());
                } else {
                    state.put(entry.policy().key(), entry.policy());
                }
            }
        }
        return states;
    }

    /** How long after one entry another one was heard of. */
    static Duration between(Entry first, Entry second) {
        return Duration.ofNanos(second.nanoTime() - first.nanoTime());
    }

    @Override
    public void close() {
        informer.close();
    }

    private synchronized void enter(Action action, io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy policy) {
        entries.add(new Entry(action, reader.read(policy), System.nanoTime()));
    }

    private final class Scribe
            implements ResourceEventHandler<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> {

        @Override
        public void onAdd(io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy policy) {
            enter(Action.CREATED, policy);
        }

        @Override
        public void onUpdate(
                io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy old,
                io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy policy) {
            enter(Action.CHANGED, policy);
        }

        @Override
        public void onDelete(
                io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy policy, boolean finalStateUnknown) {
            enter(Action.DELETED, policy);
        }
    }
}
