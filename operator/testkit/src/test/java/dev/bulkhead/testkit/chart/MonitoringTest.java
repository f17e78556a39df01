package dev.bulkhead.testkit.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkhead.testkit.Promtool;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart has for Prometheus and Grafana. */
class MonitoringTest {

    private static final Path RULES = Chart.repository().resolve("charts/bulkhead/files/metrics/rules.yaml");
    private static final Path CASES = Chart.repository().resolve("operator/testkit/src/test/rules/rules-test.yaml");
    private static final Path RUNBOOKS = Chart.repository().resolve("operator/docs/runbooks");
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final Chart chart = Chart.ofRepository();

    @Test
    void promtoolFindsNothingWrongWithTheRules() {
        Promtool.Verdict verdict = Promtool.get().checkRules(RULES);

        assertEquals(0, verdict.code(), verdict.words());
    }

    @Test
    void everyCaseOfTheRulesHolds() {
        Promtool.Verdict verdict = Promtool.get().testRules(CASES);

        assertEquals(0, verdict.code(), verdict.words());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertHasACaseInWhichItFiresAndOneInWhichItDoesNot(String alert) throws IOException {
        List<Boolean> fires = elements(read(CASES).get("tests"))
                .flatMap(test -> elements(test.get("alert_rule_test")))
                .filter(test -> test.get("alertname").asText().equals(alert))
                .map(test -> !test.get("exp_alerts").isEmpty())
                .toList();

        assertEquals(Set.of(true, false), Set.copyOf(fires));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertHasASeverityASummaryAndARunbook(String alert) throws IOException {
        JsonNode rule = rules(read(RULES).get("groups"))
                .filter(node -> node.get("alert").asText().equals(alert))
                .findFirst()
                .orElseThrow();

        assertTrue(Set.of("critical", "warning", "info")
                .contains(rule.at("/labels/severity").asText()));
        assertFalse(rule.at("/annotations/summary").asText().isEmpty());
        assertEquals(
                "operator/docs/runbooks/" + alert + ".md",
                rule.at("/annotations/runbook_url").asText());
        String runbook = Files.readString(RUNBOOKS.resolve(alert + ".md"));
        for (String heading :
                List.of("# " + alert, "## What it means", "## What to look at", "## What to do", "## When it ends")) {
            assertTrue(runbook.contains(heading + "\n"), heading);
        }
        assertTrue(runbook.contains("Severity: " + rule.at("/labels/severity").asText() + "."));
    }

    @Test
    void everyRunbookIsOfAnAlert() throws IOException {
        Set<String> pages = new TreeSet<>();
        try (Stream<Path> files = Files.list(RUNBOOKS)) {
            files.forEach(file -> pages.add(file.getFileName().toString().replace(".md", "")));
        }

        assertEquals(new TreeSet<>(alerts().toList()), pages);
    }

    @Test
    void thePrometheusRuleHasTheRulesOfTheFile() throws IOException {
        JsonNode rendered = rendered("PrometheusRule", Map.of("metrics.prometheusRule.enabled", true));

        assertEquals(read(RULES).get("groups"), rendered.at("/spec/groups"));
    }

    @Test
    void alertsMayBeLeftOutAndLinkToWhereTheRunbooksAre() throws IOException {
        JsonNode rendered = rendered(
                "PrometheusRule",
                Map.of(
                        "metrics.prometheusRule.enabled",
                        true,
                        "metrics.prometheusRule.without[0]",
                        "BulkheadSlow",
                        "metrics.prometheusRule.docs",
                        "https://git.example.com/docs",
                        "metrics.prometheusRule.labels.release",
                        "prometheus"));

        assertEquals(
                alerts().filter(alert -> !alert.equals("BulkheadSlow")).toList(),
                rules(rendered.at("/spec/groups"))
                        .map(rule -> rule.get("alert").asText())
                        .toList());
        assertTrue(rules(rendered.at("/spec/groups"))
                .allMatch(rule -> rule.at("/annotations/runbook_url")
                        .asText()
                        .equals("https://git.example.com/docs/runbooks/"
                                + rule.get("alert").asText() + ".md")));
        assertEquals("prometheus", rendered.at("/metadata/labels/release").asText());
    }

    @Test
    void whereTheServerCannotStampNobodyIsToldSoForEver() {
        JsonNode rendered =
                rendered("PrometheusRule", Chart.OLDER_SERVER, Map.of("metrics.prometheusRule.enabled", true));

        assertTrue(rules(rendered.at("/spec/groups"))
                .noneMatch(rule -> rule.get("alert").asText().equals("BulkheadIdentityNotInForce")));
    }

    @Test
    void aServiceMonitorShowsPrometheussOwnTokenOrThatOfASecret() {
        JsonNode own = rendered("ServiceMonitor", Map.of("metrics.serviceMonitor.enabled", true));
        JsonNode secret = rendered(
                "ServiceMonitor", Map.of("metrics.serviceMonitor.enabled", true, "metrics.tokenSecret.name", "scrape"));

        assertEquals("metrics", own.at("/spec/endpoints/0/port").asText());
        assertFalse(own.at("/spec/endpoints/0/bearerTokenFile").isMissingNode());
        assertEquals(
                "scrape",
                secret.at("/spec/endpoints/0/authorization/credentials/name").asText());
        assertTrue(secret.at("/spec/endpoints/0/bearerTokenFile").isMissingNode());
    }

    @Test
    void aPodMonitorNeedsASecret() {
        JsonNode monitor = rendered(
                "PodMonitor", Map.of("metrics.podMonitor.enabled", true, "metrics.tokenSecret.name", "scrape"));

        assertEquals(
                "scrape",
                monitor.at("/spec/podMetricsEndpoints/0/authorization/credentials/name")
                        .asText());
        assertThrows(
                RuntimeException.class,
                () -> rendered("PodMonitor", Map.of("metrics.podMonitor.enabled", true)),
                "without one");
    }

    @Test
    void theDashboardIsTheOneOfTheFile() throws IOException {
        ConfigMap map = objects(Map.of("metrics.dashboard.enabled", true), ConfigMap.class)
                .findFirst()
                .orElseThrow();

        assertEquals("1", map.getMetadata().getLabels().get("grafana_dashboard"));
        assertEquals(
                SERIALIZATION.unmarshal(Files.readString(RULES.resolveSibling("dashboard.json")), JsonNode.class),
                SERIALIZATION.unmarshal(map.getData().get("bulkhead.json"), JsonNode.class));
    }

    @Test
    void theServiceLeadsToThePortOfTheOperator() {
        Service service = objects(Map.of(), Service.class).findFirst().orElseThrow();
        Deployment operator = objects(Map.of(), Deployment.class).findFirst().orElseThrow();

        assertEquals(
                operator.getSpec().getSelector().getMatchLabels(),
                service.getSpec().getSelector());
        assertTrue(operator.getSpec().getTemplate().getSpec().getContainers().get(0).getPorts().stream()
                .anyMatch(port -> port.getName()
                        .equals(service.getSpec()
                                .getPorts()
                                .get(0)
                                .getTargetPort()
                                .getStrVal())));
    }

    @Test
    void whereMetricsAreSwitchedOffNothingIsLeftOfThem() {
        Map<String, Object> values = new HashMap<>();
        values.put("metrics.enabled", false);
        Stream.of("serviceMonitor", "podMonitor", "prometheusRule", "dashboard")
                .forEach(part -> values.put("metrics." + part + ".enabled", true));
        String text = chart.template(Chart.STAMPING_SERVER, values);

        for (String word : List.of("kind: Service\n", "monitoring.coreos.com", "ConfigMap", "8080")) {
            assertFalse(text.contains(word), word);
        }
        assertTrue(text.contains("name: BULKHEAD_METRICS\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLUSTER", "NAMESPACE"})
    void theDetailIsHandedOn(String detail) {
        Deployment operator = objects(Map.of("metrics.detail", detail), Deployment.class)
                .findFirst()
                .orElseThrow();

        assertTrue(operator.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
                .anyMatch(variable -> variable.getName().equals("BULKHEAD_METRICS_DETAIL")
                        && variable.getValue().equals(detail)));
    }

    @Test
    void whoeverIsBoundToTheReadersRoleMayGetTheMetricsAndNothingElse() {
        ClusterRole reader = objects(Map.of(), ClusterRole.class)
                .filter(role -> role.getMetadata().getName().equals("bulkhead-metrics-reader"))
                .findFirst()
                .orElseThrow();

        assertEquals(1, reader.getRules().size());
        assertEquals(List.of("/metrics"), reader.getRules().get(0).getNonResourceURLs());
        assertEquals(List.of("get"), reader.getRules().get(0).getVerbs());
    }

    static Stream<String> alerts() throws IOException {
        return rules(read(RULES).get("groups")).map(rule -> rule.get("alert").asText());
    }

    private <T extends HasMetadata> Stream<T> objects(Map<String, ?> values, Class<T> kind) {
        return chart.render(Chart.STAMPING_SERVER, values).stream()
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private JsonNode rendered(String kind, Map<String, ?> values) {
        return rendered(kind, Chart.STAMPING_SERVER, values);
    }

    private JsonNode rendered(String kind, String kubeVersion, Map<String, ?> values) {
        return chart.render(kubeVersion, values).stream()
                .filter(object -> object.getKind().equals(kind))
                .map(object -> SERIALIZATION.convertValue(object, JsonNode.class))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode read(Path yaml) throws IOException {
        return SERIALIZATION.unmarshal(Files.readString(yaml), JsonNode.class);
    }

    private static Stream<JsonNode> rules(JsonNode groups) {
        return elements(groups).flatMap(group -> elements(group.get("rules")));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
