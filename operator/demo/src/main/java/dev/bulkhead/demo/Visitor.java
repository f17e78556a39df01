package dev.bulkhead.demo;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/** Whoever runs the demo, as the console knows them: they may see everything, and change nothing. */
final class Visitor {

    private static final String NAMESPACE = "default";
    private static final String NAME = "visitor";
    /** What makes another token, when the first has run out. */
    static final String TOKEN_COMMAND = "kubectl create token " + NAME + " --namespace " + NAMESPACE;

    private static final Duration VISIT = Duration.ofHours(8);

    private final KubernetesClient client;

    Visitor(KubernetesClient client) {
        this.client = client;
    }

    /** What they show the console. */
    String token() {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(NAME)
                        .endMetadata()
                        .build())
                .serverSideApply();
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "view")
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withNamespace(NAMESPACE)
                        .withName(NAME)
                        .endSubject()
                        .build())
                .serverSideApply();
        return client.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(VISIT.toSeconds())
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }
}
