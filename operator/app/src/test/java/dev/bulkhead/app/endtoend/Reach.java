package dev.bulkhead.app.endtoend;

import dev.bulkhead.cluster.decode.IdentityMode;
import dev.bulkhead.cluster.decode.PodReader;
import dev.bulkhead.cluster.decode.PolicyReader;
import dev.bulkhead.cluster.decode.WorldBuilder;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.World;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** Who reaches whom by the policies that are there now, whatever was declared. */
record Reach(World world, Evaluator evaluator) {

    private static final int PORT = 8080;

    static Reach of(KubernetesClient client) {
        WorldBuilder builder = new WorldBuilder(new PodReader(), IdentityMode.AUTO, List.of());
        client.namespaces().list().getItems().forEach(builder::add);
        client.pods().inAnyNamespace().list().getItems().forEach(builder::add);
        World world = builder.world();
        PolicyReader reader = new PolicyReader();
        return new Reach(
                world,
                Evaluator.of(
                        world.namespaces(),
                        client.network().v1().networkPolicies().inAnyNamespace().list().getItems().stream()
                                .map(reader::read)
                                .toList(),
                        PluginSemantics.upstream()));
    }

    /** @param from such as {@code shop/checkout}: a namespace and a service account; likewise {@code to} */
    boolean isOpen(String from, String to) {
        return evaluator.verdict(end(from), end(to), Protocol.TCP, PORT).allowed();
    }

    private Endpoint end(String workload) {
        String[] parts = workload.split("/", 2);
        return world.namespaces().get(parts[0]).pods().stream()
                .filter(pod -> pod.serviceAccount().equals(parts[1]))
                .map(pod -> Endpoint.Pods.of(parts[0], pod))
                .findFirst()
                .orElseThrow();
    }
}
