package dev.bulkhead.testkit.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.FlowSchema;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.PriorityLevelConfiguration;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the chart puts around the operator, so that it goes on while nodes, neighbours and versions come and go. */
class ChartObjectsTest {

    private final Chart chart = Chart.ofRepository();

    @Test
    void definitionsAreUpgradedWithTheChartAndStayWithoutIt() {
        List<CustomResourceDefinition> installed =
                all(CustomResourceDefinition.class, Map.of()).toList();

        assertEquals(
                chart.definitions().stream()
                        .map(definition -> ((CustomResourceDefinition) definition).getSpec())
                        .toList(),
                installed.stream().map(CustomResourceDefinition::getSpec).toList());
        for (CustomResourceDefinition definition : installed) {
            assertEquals(
                    Map.of("helm.sh/resource-policy", "keep"),
                    definition.getMetadata().getAnnotations());
        }
        assertEquals(
                0,
                all(CustomResourceDefinition.class, Map.of("crds.install", false))
                        .count());
    }

    @Test
    void oneReplicaAtATimeMayBeEvictedWhicheverNumberThereIs() {
        var budget = one(PodDisruptionBudget.class, Map.of()).getSpec();

        assertEquals(new IntOrString(1), budget.getMaxUnavailable());
        assertEquals(labelsOfPods(Map.of()), budget.getSelector().getMatchLabels());
        assertEquals(
                0,
                all(PodDisruptionBudget.class, Map.of("podDisruptionBudget.enabled", false))
                        .count());
    }

    @Test
    void replicasShunEachOthersNodesUnlessTheValuesSayOtherwise() {
        var term = podSpec(Map.of())
                .getAffinity()
                .getPodAntiAffinity()
                .getPreferredDuringSchedulingIgnoredDuringExecution()
                .get(0)
                .getPodAffinityTerm();
        var own = podSpec(Map.of(
                        "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].key",
                        "x"))
                .getAffinity();

        assertEquals("kubernetes.io/hostname", term.getTopologyKey());
        assertEquals(labelsOfPods(Map.of()), term.getLabelSelector().getMatchLabels());
        assertTrue(own.getPodAntiAffinity() == null);
        assertFalse(own.getNodeAffinity() == null);
    }

    @Test
    void theOperatorsPodsMayBeProbedAskDnsAndReachTheApiServer() {
        NetworkPolicy policy = one(NetworkPolicy.class, Map.of());
        var spec = policy.getSpec();

        assertEquals(List.of("Ingress", "Egress"), spec.getPolicyTypes());
        assertEquals(
                "probes", spec.getIngress().get(0).getPorts().get(0).getPort().getStrVal());
        assertEquals(
                List.of(53, 53),
                spec.getEgress().get(0).getPorts().stream()
                        .map(port -> port.getPort().getIntVal())
                        .toList());
        assertEquals(
                List.of(443, 6443, 8443, 16443),
                spec.getEgress().get(1).getPorts().stream()
                        .map(port -> port.getPort().getIntVal())
                        .toList());
        assertEquals(List.of(), spec.getEgress().get(1).getTo());
        assertFalse(policy.getMetadata().getName().startsWith("bulkhead-"), "that name may be reserved");
    }

    @Test
    void theNodesAddressesBoundWhoMayProbeAndNothingElse() {
        var ingress = one(NetworkPolicy.class, Map.of("networkPolicy.nodes.cidrs[0]", "192.0.2.0/24"))
                .getSpec()
                .getIngress();

        assertEquals(
                List.of("probes"),
                ingress.get(0).getPorts().stream()
                        .map(port -> port.getPort().getStrVal())
                        .toList());
        assertEquals(
                "192.0.2.0/24", ingress.get(0).getFrom().get(0).getIpBlock().getCidr());
        assertEquals(
                List.of("metrics"),
                ingress.get(1).getPorts().stream()
                        .map(port -> port.getPort().getStrVal())
                        .toList());
        assertEquals(List.of(), ingress.get(1).getFrom());

        assertEquals(
                1,
                one(NetworkPolicy.class, Map.of("metrics.enabled", false))
                        .getSpec()
                        .getIngress()
                        .size(),
                "a rule without ports would open all of them");
    }

    @Test
    void theApiServersAddressesBoundWhereTheOperatorMaySendTo() {
        var to = one(NetworkPolicy.class, Map.of("networkPolicy.apiServer.cidrs[0]", "192.0.2.10/32"))
                .getSpec()
                .getEgress()
                .get(1)
                .getTo();

        assertEquals("192.0.2.10/32", to.get(0).getIpBlock().getCidr());
        assertEquals(1, to.size());
    }

    @Test
    void requestsOfTheOperatorGetAShareOfTheirOwnWhereTheChartIsToldSo() {
        Map<String, ?> values = Map.of("flowSchema.enabled", true, "flowSchema.concurrencyShares", 30);
        var schema = one(FlowSchema.class, values).getSpec();
        var level = one(PriorityLevelConfiguration.class, values);

        assertEquals(
                level.getMetadata().getName(),
                schema.getPriorityLevelConfiguration().getName());
        assertEquals(30, level.getSpec().getLimited().getNominalConcurrencyShares());
        assertEquals(
                "bulkhead",
                schema.getRules()
                        .get(0)
                        .getSubjects()
                        .get(0)
                        .getServiceAccount()
                        .getName());
        assertEquals(0, all(FlowSchema.class, Map.of()).count());
    }

    private Map<String, String> labelsOfPods(Map<String, ?> values) {
        return one(Deployment.class, values).getSpec().getSelector().getMatchLabels();
    }

    private PodSpec podSpec(Map<String, ?> values) {
        return one(Deployment.class, values).getSpec().getTemplate().getSpec();
    }

    private <T extends HasMetadata> T one(Class<T> kind, Map<String, ?> values) {
        return all(kind, values).findFirst().orElseThrow();
    }

    private <T extends HasMetadata> Stream<T> all(Class<T> kind, Map<String, ?> values) {
        return chart.render(Chart.STAMPING_SERVER, values).stream()
                .filter(kind::isInstance)
                .map(kind::cast);
    }
}
