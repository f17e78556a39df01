package dev.bulkhead.app.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that no API server takes are refused where they stand. */
class NamesTest {

    private static Reading read(String yaml) {
        return Reading.of(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(String yaml, int line, String field) {
        List<Finding> found = read(yaml).found();
        assertEquals(1, found.size(), found.toString());
        assertEquals(line, found.get(0).place().line(), found.toString());
        assertTrue(found.get(0).message().startsWith(field + ": '"), found.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "v1, Namespace",
        "v1, Node",
        "v1, Pod",
        "v1, Service",
        "v1, ReplicationController",
        "apps/v1, Deployment",
        "apps/v1, StatefulSet",
        "apps/v1, DaemonSet",
        "apps/v1, ReplicaSet",
        "batch/v1, Job",
        "batch/v1, CronJob",
        "networking.k8s.io/v1, NetworkPolicy",
        "networking.k8s.io/v1, Ingress",
        "networking.k8s.io/v1, IngressClass",
        "discovery.k8s.io/v1, EndpointSlice",
        "admissionregistration.k8s.io/v1, ValidatingAdmissionPolicy",
        "projectcalico.org/v3, GlobalNetworkPolicy"
    })
    void everyKindHasNamesAndLabelsAsKubernetesHasThem(String version, String kind) {
        String head = "apiVersion: " + version + "\nkind: " + kind + "\nmetadata:\n";
        for (String name : List.of("a b", "-a", "a\\n::error::", "\\e[31m", "a/b", "ä")) {
            assertRefused(head + "  name: \"" + name + "\"\n", 4, "metadata.name");
        }
        assertRefused(head + "  name: a\n  namespace: A\n", 5, "metadata.namespace");
        assertRefused(head + "  name: a\n  labels:\n    b: c\n    d: \"e f\"\n", 7, "metadata.labels.d");
        assertRefused(head + "  name: a\n  labels:\n    b: c\n    \"\\e[1m\": d\n", 7, "metadata.labels");
        assertRefused(
                head + "  name: a\n  annotations:\n    \"\\e[1m\": \"any \\e text\"\n", 6, "metadata.annotations");
        assertEquals(
                List.of(),
                read(head + "  name: a\n  annotations: {b/c: \"any \\e text\"}\n")
                        .found());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessIntent", "Segment", "Guardrail", "WellKnownPeers"})
    void ourOwnKindsToo(String kind) {
        String spec = switch (kind) {
            case "AccessIntent" -> "{workload: {all: true}}";
            case "Segment" -> "{namespaces: [a], enforce: {ingress: true, egress: false}}";
            case "Guardrail" -> "{description: d, deny: [{to: {wellKnown: [Internet]}}]}";
            default -> "{internet: {except: [192.0.2.0/24]}}";
        };
        List<Finding> found = read("apiVersion: bulkhead.dev/v1alpha1\nkind: " + kind
                        + "\nmetadata:\n  name: \"p\\n::error file=x::pwned\"\nspec: " + spec + "\n")
                .found();
        assertTrue(
                found.stream()
                        .anyMatch(finding -> finding.place().line() == 4
                                && finding.message().startsWith("metadata.name: 'p ::error file=x::pwned' is not")),
                found.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "Namespace, a.b",
        "Service, a.b",
        "Namespace, 64",
        "Pod, 254",
        "Pod, a..b",
        "Pod, a.-b",
        "Pod, a-.b",
        "Pod, a."
    })
    void namesOfNamespacesAndServicesAreShorterThanOthers(String kind, String name) {
        assertRefused(
                "apiVersion: v1\nkind: " + kind + "\nmetadata: {name: \"" + sized(name) + "\"}\n", 3, "metadata.name");
    }

    @ParameterizedTest
    @CsvSource({"Namespace, 63", "Service, 63", "Pod, 253", "Pod, a.b-c.d", "Pod, 1", "Node, ip-10-0-0-1.ec2.internal"})
    void whatKubernetesTakesIsTaken(String kind, String name) {
        assertEquals(
                List.of(),
                read("apiVersion: v1\nkind: " + kind + "\nmetadata: {name: \"" + sized(name) + "\"}\n")
                        .found());
    }

    /** A number above 50 is a length. */
    private static String sized(String name) {
        return name.matches("[0-9]{2,}") ? "a".repeat(Integer.parseInt(name)) : name;
    }

    /** Since sets of cases by others call them so. */
    @Test
    void whatAPolicyIsCalledMayHoldCapitalsAndUnderscores() {
        assertEquals(
                List.of(),
                read("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: Allow_all}\n")
                        .found());
    }

    @Test
    void aNameThatTheApiServerCompletesMayEndAsNoOther() {
        assertEquals(
                List.of(),
                read("apiVersion: v1\nkind: Pod\nmetadata: {generateName: web-}\n")
                        .found());
        assertRefused("apiVersion: v1\nkind: Pod\nmetadata: {generateName: \"we b-\"}\n", 3, "metadata.generateName");
    }

    @Test
    void templatesHaveLabelsAccountsAndPortsAsKubernetesHasThem() {
        String deployment = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: a}
                spec:
                  selector: {matchLabels: {app: a}}
                  template:
                    metadata:
                      labels: {app: a}
                    spec:
                      serviceAccountName: a.b
                      containers:
                      - name: main
                        ports:
                        - {name: http, containerPort: 80}
                """;
        assertEquals(List.of(), read(deployment).found());
        assertRefused(
                deployment.replace("labels: {app: a}", "labels: {app: \"=1+1\"}"),
                8,
                "spec.template.metadata.labels.app");
        assertRefused(deployment.replace("a.b", "\"a\\tb\""), 10, "spec.template.spec.serviceAccountName");
        assertRefused(
                deployment.replace("name: http", "name: \"@SUM(1)\""),
                14,
                "spec.template.spec.containers[0].ports[0].name");
    }

    @Test
    void servicesAndWhatPublishesThemHaveNamesAsKubernetesHasThem() {
        String service = """
                apiVersion: v1
                kind: Service
                metadata: {name: a}
                spec:
                  selector: {app: a}
                  ports:
                  - {name: a-rather-long-name, port: 80, targetPort: http}
                """;
        assertEquals(List.of(), read(service).found());
        assertRefused(service.replace("app: a", "app: \"a b\""), 5, "spec.selector.app");
        assertRefused(service.replace("a-rather-long-name", "\"a b\""), 7, "spec.ports[0].name");
        assertRefused(service.replace("http", "\"a b\""), 7, "spec.ports[0].targetPort");
        assertRefused("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: a}
                spec:
                  defaultBackend:
                    service: {name: "a\\e[0m", port: {number: 80}}
                """, 6, "spec.defaultBackend.service.name");
    }

    @Test
    void aVeryLongTextIsRefusedAtOnceAndNotRepeated() {
        String dots = "a.".repeat(500_000);
        List<Finding> found = read("{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"" + dots
                        + "a\", \"labels\": {\"" + dots.substring(0, 1_000) + "a/b\": \"c\"}}}")
                .found();
        assertEquals(2, found.size());
        found.forEach(finding -> assertTrue(finding.message().length() < 400, finding.message()));
    }
}
