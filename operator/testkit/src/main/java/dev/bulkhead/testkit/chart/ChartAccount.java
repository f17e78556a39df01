package dev.bulkhead.testkit.chart;

import com.marcnuri.helm.Helm;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlane.Capability;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service account of the chart, with what the chart's roles let it do and nothing else. Where a control plane lets
 * everybody do everything there is none, and who would use it connects as the administrator does.
 */
public final class ChartAccount {

    public static final String NAMESPACE = "bulkhead-system";

    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** A version that has everything that the chart installs. */
    private static final String SERVER = "1.36.3";

    private final ControlPlane controlPlane;
    private final String name;

    private ChartAccount(ControlPlane controlPlane, String name) {
        this.controlPlane = controlPlane;
        this.name = name;
    }

    /** Under which the operator runs. */
    public static ChartAccount ofOperator(ControlPlane controlPlane) {
        return new ChartAccount(controlPlane, "bulkhead");
    }

    /** Under which the Job runs that stamps pods. */
    public static ChartAccount ofStamp(ControlPlane controlPlane) {
        return new ChartAccount(controlPlane, "bulkhead-stamp");
    }

    /** Creates it, its roles and its bindings, for a control plane on which the chart is not installed. */
    public void create() {
        if (!isAuthorized()) {
            return;
        }
        KubernetesClient client = controlPlane.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        List<HasMetadata> chart = rendered(client);
        List<HasMetadata> bindings = chart.stream().filter(this::isBound).toList();
        List<String> roles = bindings.stream().map(ChartAccount::role).toList();
        chart.stream()
                .filter(object -> isAccount(object) || bindings.contains(object) || roles.contains(key(object)))
                .forEach(object -> client.resource(object).serverSideApply());
        Await.until(
                "the roles are heeded",
                LIMIT,
                () -> chart.stream()
                        .filter(object -> roles.contains(key(object)))
                        .allMatch(this::isHeeded));
    }

    /** How it connects. */
    public Config configuration() {
        return isAuthorized()
                ? new ConfigBuilder(controlPlane.configuration())
                        .withOauthToken(token())
                        .build()
                : controlPlane.configuration();
    }

    /** Writes a file for kubectl with its credentials. */
    public Path kubeconfig(Path file) {
        try {
            String administrators = Files.readString(controlPlane.kubeconfig());
            return Files.writeString(
                    file,
                    isAuthorized()
                            ? administrators.replace(
                                    controlPlane.configuration().getOauthToken(), token())
                            : administrators);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isAuthorized() {
        return controlPlane.capabilities().contains(Capability.AUTHORIZATION);
    }

    private String token() {
        return controlPlane
                .client()
                .serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(name)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
    }

    private static List<HasMetadata> rendered(KubernetesClient client) {
        String chart = new Helm(Path.of(System.getProperty("bulkhead.root"), "charts", "bulkhead"))
                .template()
                .withName("bulkhead")
                .withNamespace(NAMESPACE)
                .withKubeVersion(SERVER)
                .set("identity.stampExistingPods", true)
                .call();
        return client.load(new ByteArrayInputStream(chart.getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    private boolean isAccount(HasMetadata object) {
        return object instanceof ServiceAccount
                && object.getMetadata().getName().equals(name);
    }

    private boolean isBound(HasMetadata object) {
        Stream<Subject> subjects = Stream.empty();
        if (object instanceof ClusterRoleBinding binding) {
            subjects = binding.getSubjects().stream();
        } else if (object instanceof RoleBinding binding) {
            subjects = binding.getSubjects().stream();
        }
        return subjects.anyMatch(subject -> subject.getKind().equals("ServiceAccount")
                && subject.getNamespace().equals(NAMESPACE)
                && subject.getName().equals(name));
    }

    /** The role that a binding refers to, as {@link #key} has it. */
    private static String role(HasMetadata binding) {
        return binding instanceof ClusterRoleBinding everywhere
                ? "ClusterRole " + everywhere.getRoleRef().getName()
                : "Role " + binding.getMetadata().getNamespace() + "/"
                        + ((RoleBinding) binding).getRoleRef().getName();
    }

    private static String key(HasMetadata object) {
        return object.getKind() + " "
                + (object instanceof Role ? object.getMetadata().getNamespace() + "/" : "")
                + object.getMetadata().getName();
    }

    /** Whether the API server, which learns of roles by watching, grants what the last rule of this one says. */
    private boolean isHeeded(HasMetadata role) {
        List<PolicyRule> rules =
                role instanceof ClusterRole everywhere ? everywhere.getRules() : ((Role) role).getRules();
        PolicyRule rule = rules.get(rules.size() - 1);
        return controlPlane
                .client()
                .authorization()
                .v1()
                .subjectAccessReview()
                .create(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser("system:serviceaccount:" + NAMESPACE + ":" + name)
                        .withNewResourceAttributes()
                        .withNamespace(role.getMetadata().getNamespace())
                        .withGroup(rule.getApiGroups().get(0))
                        .withResource(rule.getResources().get(0))
                        .withName(rule.getResourceNames().stream().findFirst().orElse(null))
                        .withVerb(rule.getVerbs().get(0))
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }
}
