package dev.bulkhead.testkit.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart without a cluster: what it renders from which values. */
class ChartTest {

    private static final String STAMP = "MutatingAdmissionPolicy/bulkhead-stamp-service-account";
    private static final String VERIFY = "ValidatingAdmissionPolicy/bulkhead-verify-service-account";
    private static final String WARN = "ValidatingAdmissionPolicy/bulkhead-warn-long-service-account";
    private static final String RESERVE = "ValidatingAdmissionPolicy/bulkhead-reserve-labels";

    private final Chart chart = Chart.ofRepository();

    @Test
    void lintsWithoutWarning() {
        var result = chart.lint();

        assertFalse(result.isFailed(), () -> String.join("\n", result.getMessages()));
    }

    @ParameterizedTest
    @MethodSource("dev.bulkhead.testkit.chart.ValueSets#all")
    void rendersNamedObjectsFromValuesOfEveryKind(Map<String, ?> values) {
        for (String server : List.of(Chart.STAMPING_SERVER, Chart.OLDER_SERVER)) {
            for (HasMetadata object : chart.render(server, values)) {
                assertFalse(object.getMetadata().getName().isEmpty());
                assertFalse(object.getKind().isEmpty());
            }
        }
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            replica                  | 2
            replicas                 | -1
            image.tag                | not a tag
            image.digest             | sha256:short
            image.pullPolicy         | Sometimes
            identity.enabled         | perhaps
            identity.stampExistingPods | perhaps
            teamRoles.enabled        | perhaps
            crds.install             | perhaps
            podDisruptionBudget.enabled | perhaps
            networkPolicy.apiServer.ports | {}
            networkPolicy.apiServer.ports[0] | 0
            networkPolicy.apiServer.cidrs[0] | everywhere
            networkPolicy.nodes.cidrs[0] | nodes
            flowSchema.concurrencyShares | 0
            affinity.spread          | 1
            reservedPolicies.enabled | perhaps
            requireBaseline.enabled  | true
            requireBaseline.namespaceSelector.matchExpressions[0].key | team
            metrics.enabled          | perhaps
            metrics.detail           | POD
            console.enabled          | perhaps
            console.tls.secretName   | Not A Name
            log.level                | loud
            log.level                | INFO
            log.format               | xml
            log.file                 | operator.log
            metrics.prometheusRule.docs | nowhere
            metrics.prometheusRule.without[0] | Watchdog
            identity.securityGroup   | sec'urity
            identity.securityGroup   | system:authenticated
            """)
    void valuesThatCannotWorkAreRefused(String key, String value) {
        var failure =
                assertThrows(RuntimeException.class, () -> chart.render(Chart.STAMPING_SERVER, Map.of(key, value)));

        assertTrue(failure.getMessage().contains("values don't meet the specifications"), failure.getMessage());
    }

    @Test
    void theImageIsNamedByTagOrDigest() {
        assertEquals("bulkhead:0.1.0", image(Map.of()));
        assertEquals("mirror/bulkhead:v2", image(Map.of("image.repository", "mirror/bulkhead", "image.tag", "v2")));
        assertEquals("bulkhead@sha256:" + "0".repeat(64), image(Map.of("image.digest", "sha256:" + "0".repeat(64))));
    }

    @Test
    void theLogIsSetByTheEnvironmentWhereItIsNotTheDefault() {
        assertEquals(Map.of(), logVariables(Map.of()));
        assertEquals(
                Map.of("BULKHEAD_LOG_LEVEL", "debug", "BULKHEAD_LOG_FORMAT", "text"),
                logVariables(Map.of("log.level", "debug", "log.format", "text")));
    }

    private Map<String, String> logVariables(Map<String, ?> values) {
        return podSpec(values).getContainers().get(0).getEnv().stream()
                .filter(variable -> variable.getName().startsWith("BULKHEAD_LOG"))
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }

    @Test
    void theOperatorRunsWithoutAnyPrivilege() {
        PodSpec pod = podSpec(Map.of());
        var container = pod.getContainers().get(0);

        assertTrue(pod.getSecurityContext().getRunAsNonRoot());
        assertTrue(pod.getSecurityContext().getRunAsUser() > 0);
        assertEquals(
                "RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
        assertTrue(container.getSecurityContext().getReadOnlyRootFilesystem());
        assertFalse(container.getSecurityContext().getAllowPrivilegeEscalation());
        assertEquals(
                List.of("ALL"), container.getSecurityContext().getCapabilities().getDrop());
        assertEquals(List.of(), container.getVolumeMounts());
        assertEquals(List.of(), pod.getVolumes());
    }

    /** A JVM that goes on without the thread that ran out of memory would be alive by half. */
    @Test
    void f67_theOperatorEndsWhenItsMemoryIsUsedUp() {
        var options = podSpec(Map.of()).getContainers().get(0).getEnv().stream()
                .filter(variable -> variable.getName().equals("JDK_JAVA_OPTIONS"))
                .findFirst()
                .orElseThrow();
        assertTrue(options.getValue().contains("-XX:+ExitOnOutOfMemoryError"), options.getValue());
    }

    @Test
    void theOperatorIsProbedAndKnowsItsName() {
        var container = podSpec(
                        Map.of("extraArgs[0]", "--verbose", "jvmOptions[0]", "-Xmx200m", "jvmOptions[1]", "-Xss1m"))
                .getContainers()
                .get(0);

        assertEquals(List.of("operator", "--verbose"), container.getArgs());
        assertEquals("/healthz", container.getLivenessProbe().getHttpGet().getPath());
        assertEquals("/readyz", container.getReadinessProbe().getHttpGet().getPath());
        assertEquals(
                "probes", container.getReadinessProbe().getHttpGet().getPort().getStrVal());
        assertEquals("probes", container.getPorts().get(0).getName());
        assertEquals(8081, container.getPorts().get(0).getContainerPort());
        Map<String, String> environment = new TreeMap<>();
        container
                .getEnv()
                .forEach(variable -> environment.put(
                        variable.getName(),
                        variable.getValueFrom() == null
                                ? variable.getValue()
                                : variable.getValueFrom().getFieldRef().getFieldPath()));
        assertEquals(
                Map.of(
                        "POD_NAMESPACE", "metadata.namespace",
                        "POD_NAME", "metadata.name",
                        "JDK_JAVA_OPTIONS", "-Xmx200m -Xss1m"),
                environment);
    }

    @Test
    void theOperatorsRightsAreExactlyThese() {
        assertEquals(
                """
                authentication.k8s.io/tokenreviews: create
                authorization.k8s.io/subjectaccessreviews: create
                apps/daemonsets: list watch
                apps/deployments: list watch
                apps/statefulsets: list watch
                admissionregistration.k8s.io/mutatingadmissionpolicies: list watch
                admissionregistration.k8s.io/mutatingadmissionpolicybindings: list watch
                admissionregistration.k8s.io/validatingadmissionpolicies: list watch
                admissionregistration.k8s.io/validatingadmissionpolicybindings: list watch
                apiextensions.k8s.io/customresourcedefinitions[accessintents.bulkhead.dev, guardrails.bulkhead.dev, segments.bulkhead.dev, wellknownpeers.bulkhead.dev]: get
                bulkhead-system: coordination.k8s.io/leases: get create patch
                bulkhead.dev/accessintents/status: patch
                bulkhead.dev/accessintents: list watch
                bulkhead.dev/guardrails/status: patch
                bulkhead.dev/guardrails: list watch
                bulkhead.dev/segments/status: patch
                bulkhead.dev/segments: list watch
                bulkhead.dev/wellknownpeers: list watch
                core/namespaces: list watch
                core/nodes: list watch
                core/pods: list watch
                core/services: list watch
                discovery.k8s.io/endpointslices[kubernetes]: list watch
                events.k8s.io/events: create
                networking.k8s.io/ingressclasses: list watch
                networking.k8s.io/networkpolicies: get list watch create patch delete
                """.lines().sorted().toList(), rightsOfTheOperator().sorted().toList());
    }

    /** Whoever administers another namespace could take away what is there. */
    @Test
    void noneOfThemIsInANamespaceThatOthersAdminister() {
        List<String> namespaces = chart.render(Chart.STAMPING_SERVER, Map.of()).stream()
                .filter(object ->
                        object.getKind().equals("Role") || object.getKind().equals("RoleBinding"))
                .map(object -> object.getMetadata().getNamespace())
                .distinct()
                .toList();
        assertEquals(List.of(Chart.NAMESPACE), namespaces);
    }

    @Test
    void theDocumentationNamesEachOfThem() throws IOException {
        List<String> documented = Files.readString(Chart.repository().resolve("operator/docs/operating.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .filter(right -> right.contains(": "))
                .toList();

        assertEquals(
                rightsOfTheOperator().sorted().toList(),
                documented.stream().sorted().toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            bulkhead-view     | bulkhead.dev/accessintents: get list watch
            bulkhead-edit     | bulkhead.dev/accessintents: create update patch delete deletecollection
            bulkhead-stamp    | core/pods: list patch
            bulkhead-platform | bulkhead.dev/guardrails: get list watch create update patch delete deletecollection, bulkhead.dev/segments: get list watch create update patch delete deletecollection, bulkhead.dev/wellknownpeers: get list watch create update patch delete deletecollection, bulkhead.dev/accessintents: get list watch
            """)
    void thoseOfTeamsAndOfTheStampingJobAreExactlyThese(String role, String rights) {
        assertEquals(List.of(rights.split(", ")), rights(role).toList());
    }

    @Test
    void teamsGetNoRolesWhereTheChartIsToldSo() {
        List<HasMetadata> rendered = chart.render(Chart.STAMPING_SERVER, Map.of("teamRoles.enabled", false));

        assertEquals(List.of("bulkhead", "bulkhead-metrics-reader"), names(rendered, "ClusterRole"));
    }

    @Test
    void noRightIsAWildcardOrReadsSecrets() {
        Stream.concat(
                        rightsOfTheOperator(),
                        Stream.of("bulkhead-view", "bulkhead-edit", "bulkhead-platform", "bulkhead-stamp")
                                .flatMap(this::rights))
                .forEach(right -> {
                    assertFalse(right.contains("*"), right);
                    assertFalse(right.contains("secrets"), right);
                });
    }

    @Test
    void identityIsInstalledWhereTheServerCanStamp() {
        var identity = new TreeSet<>(List.of(
                STAMP,
                VERIFY,
                WARN,
                RESERVE,
                "MutatingAdmissionPolicyBinding/bulkhead-stamp-service-account",
                "ValidatingAdmissionPolicyBinding/bulkhead-verify-service-account",
                "ValidatingAdmissionPolicyBinding/bulkhead-warn-long-service-account",
                "ValidatingAdmissionPolicyBinding/bulkhead-reserve-labels"));

        assertEquals(
                identity,
                identity(chart.render(Chart.STAMPING_SERVER, Map.of())).keySet());
        assertEquals(Map.of(), identity(chart.render(Chart.OLDER_SERVER, Map.of())));
        assertEquals(Map.of(), identity(chart.render(Chart.STAMPING_SERVER, Map.of("identity.enabled", false))));
        assertEquals(identity, identity(chart.plainIdentityPolicies()).keySet());
    }

    @Test
    void withDefaultsTheChartInstallsThePlainFilesAsTheyAre() {
        assertEquals(identity(chart.plainIdentityPolicies()), identity(chart.render(Chart.STAMPING_SERVER, Map.of())));
    }

    @Test
    void policiesAreReservedForThisReleasesOperatorUnlessTheChartIsToldOtherwise() {
        String rendered = chart.template("blue", "guards", Chart.OLDER_SERVER, Map.of());

        assertTrue(rendered.contains("== \"system:serviceaccount:guards:blue-bulkhead\""), rendered);
        assertFalse(rendered.contains("serviceaccount:bulkhead-system"), rendered);
        assertFalse(chart.template(Chart.STAMPING_SERVER, Map.of("reservedPolicies.enabled", false))
                .contains("bulkhead-reserve-policies"));
    }

    @Test
    void reservedLabelsAreForThisReleasesOperatorAndTheNamedGroup() {
        String rendered = chart.template(
                "blue", "guards", Chart.STAMPING_SERVER, Map.of("identity.securityGroup", "Security Team (EU)"));

        assertTrue(rendered.contains("== \"system:serviceaccount:guards:blue-bulkhead\""), rendered);
        assertTrue(rendered.contains("|| \"Security Team (EU)\" in request.userInfo"), rendered);
        assertFalse(rendered.contains("bulkhead:security"), rendered);
        assertFalse(rendered.contains("serviceaccount:bulkhead-system"), rendered);
        assertTrue(rendered.contains("serviceAccountName: blue-bulkhead"), rendered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ClusterRoleBinding", "RoleBinding", "ServiceAccount", "Deployment"})
    void severalReleasesDoNotCollide(String kind) {
        var first = Chart.parse(chart.template("blue", "a", Chart.OLDER_SERVER, Map.of()));
        var second = Chart.parse(chart.template("green", "b", Chart.OLDER_SERVER, Map.of()));

        assertTrue(names(first, kind).size() > 0);
        assertTrue(names(first, kind).stream().noneMatch(names(second, kind)::contains));
    }

    @Test
    void definitionsAreCopiesOfTheGeneratedOnes() {
        var generated = Chart.files(Chart.repository().resolve("crds"));

        assertFalse(generated.isEmpty());
        assertEquals(
                generated, Chart.files(chart.root().resolve("files/crds")), "cp crds/* charts/bulkhead/files/crds/");
    }

    @ParameterizedTest(name = "{0}, identity {1}")
    @CsvSource(delimiter = '|', textBlock = """
            1.36.3 | true  | bulkhead stamp
            1.36.3 | false | Identity is switched off
            1.36.3 | false | statuses say Asserted
            1.35.4 | true  | This API server (v1.35.4) does not serve MutatingAdmissionPolicy
            1.35.4 | true  | statuses say Asserted
            """)
    void theNotesSayWhatBecameOfIdentity(String kubeVersion, boolean enabled, String note) {
        String output = chart.notes(kubeVersion, Map.of("identity.enabled", enabled));

        assertTrue(output.contains(note), output);
        assertFalse(output.contains("Unresolved"), output);
    }

    @ParameterizedTest
    @CsvSource({"bulkhead, true", "registry.example/security/bulkhead, false"})
    void theNotesSayWhereAnImageOfNoRegistryComesFrom(String repository, boolean said) {
        String output = chart.notes("1.36.3", Map.of("image.repository", repository));

        assertEquals(said, output.contains("is in no registry"), output);
        assertEquals(said, output.contains("kind load image-archive operator/image/target/bulkhead-image.tar"), output);
    }

    private String image(Map<String, ?> values) {
        return podSpec(values).getContainers().get(0).getImage();
    }

    private PodSpec podSpec(Map<String, ?> values) {
        return chart.render(Chart.STAMPING_SERVER, values).stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private Stream<String> rightsOfTheOperator() {
        Stream<String> inNamespaces = roles(Role.class)
                .flatMap(role -> role.getRules().stream()
                        .flatMap(rule -> rights(role.getMetadata().getNamespace() + ": ", rule)));
        return Stream.concat(rights("bulkhead"), inNamespaces);
    }

    private Stream<String> rights(String clusterRole) {
        return roles(ClusterRole.class)
                .filter(role -> role.getMetadata().getName().equals(clusterRole))
                .flatMap(role -> role.getRules().stream())
                .flatMap(rule -> rights("", rule));
    }

    private <R extends HasMetadata> Stream<R> roles(Class<R> kind) {
        return chart.render(Chart.STAMPING_SERVER, Map.of("identity.stampExistingPods", true)).stream()
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private static Stream<String> rights(String scope, PolicyRule rule) {
        String names =
                rule.getResourceNames().isEmpty() ? "" : rule.getResourceNames().toString();
        return rule.getApiGroups().stream()
                .flatMap(group -> rule.getResources().stream()
                        .map(resource -> scope + (group.isEmpty() ? "core" : group) + "/" + resource + names + ": "
                                + String.join(" ", rule.getVerbs())));
    }

    private static Map<String, HasMetadata> identity(List<HasMetadata> objects) {
        Map<String, HasMetadata> identity = new TreeMap<>();
        objects.stream()
                .filter(object -> object.getMetadata().getLabels() != null
                        && "true".equals(object.getMetadata().getLabels().get("bulkhead.dev/identity")))
                .forEach(object -> identity.put(
                        object.getKind() + "/" + object.getMetadata().getName(), object));
        return identity;
    }

    private static List<String> names(List<HasMetadata> objects, String kind) {
        return objects.stream()
                .filter(object -> object.getKind().equals(kind))
                .map(object -> object.getMetadata().getName())
                .toList();
    }
}
