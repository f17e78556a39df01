package dev.bulkhead.app.faults;

import dev.bulkhead.testkit.Await;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every state that the NetworkPolicies of a cluster go through, as one sees them who asks the API server directly. */
final class Journal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final List<Map<String, NetworkPolicy>> states = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final Watch watch;
    private WatcherException broken;

    Journal(KubernetesClient client) {
        this.client = client;
        NetworkPolicyList first = list();
        states.add(byKey(first));
        watch = client.network()
                .v1()
                .networkPolicies()
                .inAnyNamespace()
                .watch(
                        new ListOptionsBuilder()
                                .withResourceVersion(first.getMetadata().getResourceVersion())
                                .build(),
                        new Watcher<>() {
                            @Override
                            public void eventReceived(Action action, NetworkPolicy policy) {
                                add(action, policy);
                            }

                            @Override
                            public void onClose(WatcherException cause) {
                                end(cause);
                            }
                        });
    }

    private NetworkPolicyList list() {
        return client.network().v1().networkPolicies().inAnyNamespace().list();
    }

    private static Map<String, NetworkPolicy> byKey(NetworkPolicyList list) {
        return list.getItems().stream().collect(Collectors.toMap(Journal::key, Function.identity()));
    }

    private static String key(NetworkPolicy policy) {
        return policy.getMetadata().getNamespace() + "/" + policy.getMetadata().getName();
    }

    private synchronized void add(Watcher.Action action, NetworkPolicy policy) {
        Map<String, NetworkPolicy> state = new TreeMap<>(states.get(states.size() - 1));
        if (action == Watcher.Action.DELETED) {
            state.remove(key(policy));
        } else {
            state.put(key(policy), policy);
        }
        states.add(state);
        events.add(action + " " + key(policy));
    }

    private synchronized void end(WatcherException cause) {
        broken = cause;
    }

    /**
     * The first is the one before anything happened. Waits until the last is what a list answers; lists again and again,
     * because the operator may still be writing.
     */
    List<Collection<NetworkPolicy>> states() {
        Await.until(
                "the journal is complete",
                PATIENCE,
                () -> hasEnded() || byKey(list()).equals(last()));
        return copy();
    }

    private synchronized boolean hasEnded() {
        return broken != null;
    }

    private synchronized Map<String, NetworkPolicy> last() {
        return states.get(states.size() - 1);
    }

    private synchronized List<Collection<NetworkPolicy>> copy() {
        if (broken != null) {
            throw new AssertionError("the watch has ended, so that states may be missing", broken);
        }
        return states.stream().map(Map::values).toList();
    }

    /** What happened, for people. */
    synchronized List<String> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        watch.close();
    }
}
