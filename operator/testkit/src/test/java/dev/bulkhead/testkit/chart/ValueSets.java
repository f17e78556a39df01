package dev.bulkhead.testkit.chart;

import java.util.Map;
import java.util.stream.Stream;

/** Values as people set them: each switch both ways, and each list and map with something in it. */
final class ValueSets {

    private ValueSets() {}

    static Stream<Map<String, ?>> all() {
        return Stream.of(
                Map.of(),
                Map.of("replicas", 1, "image.tag", "1.2.3", "extraArgs[0]", "--help"),
                Map.of("replicas", 0, "podDisruptionBudget.enabled", false),
                Map.of("image.digest", "sha256:" + "0".repeat(64), "imagePullSecrets[0].name", "registry"),
                Map.of("priorityClassName", "system-cluster-critical", "nodeSelector.disk", "ssd"),
                Map.of("tolerations[0].key", "dedicated", "tolerations[0].operator", "Exists"),
                Map.of(
                        "affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey",
                        "kubernetes.io/hostname"),
                Map.of("resources.limits.memory", "1Gi", "jvmOptions[0]", "-Xmx256m"),
                Map.of("crds.install", false),
                Map.of("networkPolicy.enabled", false),
                Map.of("networkPolicy.nodes.cidrs[0]", "192.0.2.0/24", "metrics.enabled", false),
                Map.of(
                        "networkPolicy.apiServer.ports[0]",
                        7443,
                        "networkPolicy.apiServer.cidrs[0]",
                        "192.0.2.10/32",
                        "networkPolicy.apiServer.cidrs[1]",
                        "2001:db8::/64"),
                Map.of("flowSchema.enabled", true, "flowSchema.concurrencyShares", 30),
                Map.of("identity.enabled", false),
                Map.of("identity.stampExistingPods", true),
                Map.of("teamRoles.enabled", false),
                Map.of("guardrails.enabled", false),
                Map.of("reservedPolicies.enabled", false),
                Map.of("requireBaseline.namespaceSelector.matchLabels.team", "shop"),
                Map.of(
                        "requireBaseline.namespaceSelector.matchExpressions[0].key",
                        "team",
                        "requireBaseline.namespaceSelector.matchExpressions[0].operator",
                        "Exists"),
                Map.of("metrics.enabled", false, "metrics.dashboard.enabled", true),
                Map.of("metrics.detail", "NAMESPACE", "metrics.dashboard.enabled", true),
                Map.of("console.enabled", false),
                Map.of("console.enabled", false, "metrics.enabled", false),
                Map.of("console.tls.secretName", "console-certificate"),
                Map.of("log.level", "debug", "log.format", "text"),
                Map.of("identity.securityGroup", "Security Team (EU)"));
    }
}
