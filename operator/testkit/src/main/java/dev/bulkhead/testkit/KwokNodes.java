package dev.bulkhead.testkit;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;

/** Nodes that exist in name only and have room for everything. */
final class KwokNodes {

    private static final Duration POD_LIMIT = Duration.ofSeconds(5);

    private final KubernetesClient client;

    KwokNodes(KubernetesClient client) {
        this.client = client;
    }

    void create(int count) {
        for (int i = 1; i <= count; i++) {
            client.resource(node("node-" + i)).create();
        }
    }

    boolean allReady() {
        return client.nodes().list().getItems().stream().allMatch(KwokNodes::takesPods);
    }

    /**
     * Whether every node runs a pod that it is given now. A kwok that has just started passes over a pod that it hears
     * of before the pod's node, and does not come back to it: so each call tries with pods of its own.
     */
    boolean allRunPods() {
        return client.nodes().list().getItems().stream().allMatch(this::runsPod);
    }

    private boolean runsPod(Node node) {
        Pod pod = client.resource(pod(node.getMetadata().getName())).create();
        try {
            return Await.within(POD_LIMIT, () -> {
                Pod seen = client.resource(pod).get();
                return seen != null && "Running".equals(seen.getStatus().getPhase());
            });
        } finally {
            client.resource(pod).withGracePeriod(0).delete();
        }
    }

    private static Pod pod(String node) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("kube-node-lease")
                .withGenerateName("does-" + node + "-run-")
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("main")
                .withImage("example")
                .endContainer()
                .endSpec()
                .build();
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
