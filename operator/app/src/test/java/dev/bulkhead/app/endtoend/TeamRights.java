package dev.bulkhead.app.endtoend;

import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** What whoever runs a namespace may do there, and nowhere else. */
final class TeamRights {

    private final KubernetesClient client;

    TeamRights(KubernetesClient client) {
        this.client = client;
    }

    /** Gives a user the rights that Kubernetes, and the chart, mean for who runs a namespace. */
    void grant(String user, String namespace) {
        client.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("declare")
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("bulkhead.dev")
                        .withResources("accessintents")
                        .withVerbs("*")
                        .endRule()
                        .build())
                .serverSideApply();
        bind(user, namespace, "ClusterRole", "admin");
        bind(user, namespace, "Role", "declare");
    }

    private void bind(String user, String namespace, String kind, String role) {
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(role)
                        .endMetadata()
                        .withNewRoleRef()
                        .withApiGroup("rbac.authorization.k8s.io")
                        .withKind(kind)
                        .withName(role)
                        .endRoleRef()
                        .addNewSubject()
                        .withApiGroup("rbac.authorization.k8s.io")
                        .withKind("User")
                        .withName(user)
                        .endSubject()
                        .build())
                .serverSideApply();
    }
}
