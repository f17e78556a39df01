package dev.bulkhead.image;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** The custom resource definitions, as the chart brings them. */
final class ImageDefinitions {

    private ImageDefinitions() {}

    static void install(KubernetesClient client) {
        for (String kind : List.of("accessintents", "guardrails", "segments", "wellknownpeers")) {
            client.load(ImageDefinitions.class.getResourceAsStream("/crds/bulkhead.dev_" + kind + ".yaml"))
                    .serverSideApply();
        }
    }
}
