package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.World;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Judges the states between one converged state and the next, over the pods that are there. No connection that the first
 * and the last state allow may be denied between them. None may be allowed that neither of the two allows; where its ends
 * are in two namespaces, which are written independently, that holds for each end's half.
 */
final class Transition {

    private final World world;
    private final List<Map<NetworkPolicy.Key, NetworkPolicy>> states;
    private final List<Endpoint> ends = new ArrayList<>();

    Transition(World world, List<Map<NetworkPolicy.Key, NetworkPolicy>> states) {
        this.world = world;
        this.states = states;
        world.namespaces()
                .forEach((name, namespace) -> namespace.pods().forEach(pods -> ends.add(Endpoint.Pods.of(name, pods))));
        ends.add(new Endpoint.Outside(IpAddress.parse("203.0.113.7")));
    }

    /**
     * Does it, waits until the cluster holds what it means, and judges every state on the way.
     *
     * @return how many there were
     */
    static int judge(KubernetesClient client, String what, Runnable change) {
        try (Recording recording = new Recording(client)) {
            change.run();
            Observation after = Observation.converged(client, what, Cluster.PATIENCE);
            List<Map<NetworkPolicy.Key, NetworkPolicy>> states = recording.states();
            assertEquals(
                    List.of(),
                    new Transition(after.world(), states).wrong(),
                    () -> what + ", after " + recording.events());
            return states.size();
        }
    }

    /** What is wrong with which state; empty if nothing is. */
    List<String> wrong() {
        Evaluator before = evaluator(states.get(0));
        Evaluator after = evaluator(states.get(states.size() - 1));
        List<String> wrong = new ArrayList<>();
        for (int i = 1; i < states.size() - 1; i++) {
            Evaluator between = evaluator(states.get(i));
            for (Endpoint source : ends) {
                for (Endpoint destination : ends) {
                    judge("state " + i, source, destination, before, between, after, wrong);
                }
            }
        }
        return wrong;
    }

    private Evaluator evaluator(Map<NetworkPolicy.Key, NetworkPolicy> policies) {
        return Evaluator.of(world.namespaces(), policies.values(), PluginSemantics.upstream());
    }

    private static void judge(
            String state,
            Endpoint source,
            Endpoint destination,
            Evaluator before,
            Evaluator between,
            Evaluator after,
            List<String> wrong) {
        String connection = state + ": " + source + " to " + destination;
        Function<Evaluator, PortSet> whole = evaluator -> evaluator.allowed(source, destination);
        PortSet gap = whole.apply(before).intersection(whole.apply(after)).difference(whole.apply(between));
        if (!gap.isEmpty()) {
            wrong.add("gap in " + connection + " on " + gap);
        }
        if (namespace(source).equals(namespace(destination))) {
            hole(connection, whole, before, between, after, wrong);
        } else {
            hole(
                    "egress of " + connection,
                    evaluator -> evaluator.half(Direction.EGRESS, source, destination),
                    before,
                    between,
                    after,
                    wrong);
            hole(
                    "ingress of " + connection,
                    evaluator -> evaluator.half(Direction.INGRESS, destination, source),
                    before,
                    between,
                    after,
                    wrong);
        }
    }

    private static void hole(
            String what,
            Function<Evaluator, PortSet> allowed,
            Evaluator before,
            Evaluator between,
            Evaluator after,
            List<String> wrong) {
        PortSet hole = allowed.apply(between).difference(allowed.apply(before).union(allowed.apply(after)));
        if (!hole.isEmpty()) {
            wrong.add("hole in " + what + " on " + hole);
        }
    }

    private static String namespace(Endpoint end) {
        return end instanceof Endpoint.Pods pods ? pods.namespace() : "";
    }
}
