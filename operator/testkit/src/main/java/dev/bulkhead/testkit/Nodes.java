package dev.bulkhead.testkit;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** Nodes that exist in name only and have room for everything. */
final class Nodes {

    private final KubernetesClient client;

    Nodes(KubernetesClient client) {
        this.client = client;
    }

    void create(int count) {
        for (int i = 1; i <= count; i++) {
            client.resource(node("node-" + i)).create();
        }
    }

    boolean allReady() {
        return client.nodes().list().getItems().stream().allMatch(Nodes::takesPods);
    }

    private static Node node(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToAnnotations("kwok.x-k8s.io/node", "fake")
                .addToLabels("kubernetes.io/hostname", name)
                .addToLabels("kubernetes.io/os", "linux")
                .endMetadata()
                .build();
    }

    private static boolean takesPods(Node node) {
        boolean ready = node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(c ->
                                c.getType().equals("Ready") && c.getStatus().equals("True"));
        return ready && List.copyOf(node.getSpec().getTaints()).isEmpty();
    }
}
