package dev.bulkhead.testkit.chart;

import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.chart.Requests.Answer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * On a control plane, a namespace {@code shop}, its service accounts, and three users that may do anything to its
 * pods as far as RBAC goes: a tenant, a member of the security team, and the operator.
 */
final class Shop implements AutoCloseable {

    static final String STAMP = "bulkhead.dev/service-account";
    static final String PODS = "/api/v1/namespaces/shop/pods";
    static final String NAME_OF_63 = "a".repeat(63);
    static final String NAME_OF_64 = "a".repeat(64);

    static final String TENANT = "dev";

    private static final String GUARD = "guard";
    private static final String OPERATOR = "bulkhead";

    private final ControlPlane controlPlane;
    private final KubernetesClient tenantClient;
    private final KubernetesClient guardClient;
    private final KubernetesClient operatorClient;
    private final AtomicInteger pods = new AtomicInteger();

    /** Opens on a control plane that has a tenant {@value #TENANT}. */
    Shop(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        prepare();
        tenantClient = controlPlane.client(TENANT);
        guardClient = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(controlPlane.configuration())
                        .withImpersonateUsername(GUARD)
                        .withImpersonateGroups("bulkhead:security")
                        .build())
                .build();
        operatorClient = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(controlPlane.configuration(TENANT))
                        .withOauthToken(token())
                        .build())
                .build();
    }

    private void prepare() {
        create(namespace("shop"));
        create(namespace(Chart.NAMESPACE));
        for (String name : List.of("checkout", "payments", NAME_OF_63, NAME_OF_64)) {
            createServiceAccount("shop", name);
        }
        createServiceAccount(Chart.NAMESPACE, OPERATOR);
        // More than any sane cluster grants: what stops these users is admission alone.
        create(new ClusterRoleBuilder()
                .withNewMetadata()
                .withName("everything")
                .endMetadata()
                .withRules(new PolicyRuleBuilder()
                        .withApiGroups("*")
                        .withResources("*")
                        .withVerbs("*")
                        .build())
                .build());
        create(everythingIn("shop"));
        // The controllers make each namespace its default account, without which no pod is admitted.
        eventually(
                "default service account",
                () -> client().serviceAccounts()
                                .inNamespace("shop")
                                .withName("default")
                                .get()
                        != null);
    }

    private static Namespace namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    private static RoleBinding everythingIn(String namespace) {
        return new RoleBindingBuilder()
                .withNewMetadata()
                .withName("everything")
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "everything")
                .withSubjects(
                        new Subject("rbac.authorization.k8s.io", "User", TENANT, null),
                        new Subject("rbac.authorization.k8s.io", "User", GUARD, null),
                        new Subject(null, "ServiceAccount", OPERATOR, Chart.NAMESPACE))
                .build();
    }

    /** Another namespace in which the three users may do anything, as soon as the API server has seen that. */
    void createNamespace(String name) {
        create(namespace(name));
        create(everythingIn(name));
        eventually(
                "rights in " + name,
                () -> tenant().get(PODS.replace("/shop/", "/" + name + "/")).accepted());
    }

    private void createServiceAccount(String namespace, String name) {
        create(new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .build());
    }

    private void create(HasMetadata object) {
        client().resource(object).create();
    }

    private String token() {
        return client().serviceAccounts()
                .inNamespace(Chart.NAMESPACE)
                .withName(OPERATOR)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
    }

    KubernetesClient client() {
        return controlPlane.client();
    }

    Requests as(String user) {
        return new Requests(
                switch (user) {
                    case "tenant" -> tenantClient;
                    case "security team" -> guardClient;
                    case "operator" -> operatorClient;
                    case "administrator" -> client();
                    default -> throw new IllegalArgumentException(user);
                });
    }

    Requests tenant() {
        return as("tenant");
    }

    void installIdentityPolicies() {
        InstalledIdentityPolicies.install(controlPlane);
    }

    /** Creates a pod for the service account, which nobody but the test writes since no scheduler cares, and returns its name. */
    String createPod(String serviceAccount) {
        String name = "pod-" + pods.incrementAndGet();
        Answer answer = tenant().create(PODS, """
                        {"metadata": {"name": "%s", "labels": {"app": "x"}},
                         "spec": {"serviceAccountName": "%s", "schedulerName": "nobody", "containers": [
                           {"name": "main", "image": "x", "resources": {"requests": {"cpu": "10m"}}}]}}""".formatted(name, serviceAccount));
        if (!answer.accepted()) {
            throw new IllegalStateException(answer.message());
        }
        return name;
    }

    /** The stamp of a pod as it is stored now; null if it has none. */
    String stamp(String pod) {
        return tenant().get(PODS + "/" + pod).label(STAMP);
    }

    static String pod(String name) {
        return """
                {"metadata": {"name": "%s"}, "spec": {"containers": [{"name": "main", "image": "x"}]}}""".formatted(name);
    }

    static String labels(String key, String value) {
        return """
                {"metadata": {"labels": {"%s": "%s"}}}""".formatted(key, value);
    }

    /** Waits for what controllers and informers do a moment later. */
    static void eventually(String what, BooleanSupplier condition) {
        Await.until(what, Duration.ofSeconds(30), condition);
    }

    @Override
    public void close() {
        tenantClient.close();
        guardClient.close();
        operatorClient.close();
    }
}
