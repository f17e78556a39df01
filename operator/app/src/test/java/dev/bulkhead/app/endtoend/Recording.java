package dev.bulkhead.app.endtoend;

import dev.bulkhead.cluster.decode.PolicyReader;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.testkit.Await;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every state that the NetworkPolicies of all namespaces go through, in order, as anybody who watches can see them. */
final class Recording implements AutoCloseable {

    private final KubernetesClient client;
    private final PolicyReader reader = new PolicyReader();
    private final List<Map<NetworkPolicy.Key, NetworkPolicy>> states = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final Watch watch;
    private WatcherException broken;

    Recording(KubernetesClient client) {
        this.client = client;
        NetworkPolicyList first =
                client.network().v1().networkPolicies().inAnyNamespace().list();
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
                            public void eventReceived(
                                    Action action, io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy policy) {
                                record(action, reader.read(policy));
                            }

                            @Override
                            public void onClose(WatcherException cause) {
                                breakOff(cause);
                            }
                        });
    }

    private Map<NetworkPolicy.Key, NetworkPolicy> byKey(NetworkPolicyList list) {
        Map<NetworkPolicy.Key, NetworkPolicy> policies = new TreeMap<>();
        list.getItems().stream().map(reader::read).forEach(policy -> policies.put(policy.key(), policy));
        return policies;
    }

    private synchronized void record(Watcher.Action action, NetworkPolicy policy) {
        Map<NetworkPolicy.Key, NetworkPolicy> state = new TreeMap<>(states.get(states.size() - 1));
        if (action == Watcher.Action.DELETED) {
            state.remove(policy.key());
        } else {
            state.put(policy.key(), policy);
        }
        states.add(state);
        events.add(action + " " + policy.key());
    }

    private synchronized void breakOff(WatcherException cause) {
        broken = cause;
    }

    /** The states so far, the one before anything happened first; waits until what is there now is among them. */
    List<Map<NetworkPolicy.Key, NetworkPolicy>> states() {
        Map<NetworkPolicy.Key, NetworkPolicy> now =
                byKey(client.network().v1().networkPolicies().inAnyNamespace().list());
        Await.until("the recording is complete", Cluster.PATIENCE, () -> last().equals(now));
        return copy();
    }

    private synchronized Map<NetworkPolicy.Key, NetworkPolicy> last() {
        return states.get(states.size() - 1);
    }

    private synchronized List<Map<NetworkPolicy.Key, NetworkPolicy>> copy() {
        if (broken != null) {
            throw new AssertionError("the watch has ended, so that states may be missing", broken);
        }
        return List.copyOf(states);
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
