package dev.bulkhead.app.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Splitter;
import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.app.explain.Explainer;
import dev.bulkhead.cluster.decode.IdentityMode;
import dev.bulkhead.core.reach.PluginSemantics;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldWritesTest {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    static {
        SERIALIZATION.registerKubernetesResource(Segment.class);
        SERIALIZATION.registerKubernetesResource(AccessIntent.class);
    }

    private static final String WORLD = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: web}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: bulkhead-baseline
              namespace: shop
              labels: {app.kubernetes.io/managed-by: bulkhead, bulkhead.dev/role: baseline}
            spec: {podSelector: {}, policyTypes: [Ingress]}
            """;
    private static final String INTENT = """
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: AccessIntent
            metadata: {name: web, namespace: shop}
            spec:
              workload: {podSelector: {matchLabels: {app: web}}}
              outbound: [{to: {network: {cidr: 203.0.113.7/32}}, ports: [{port: 443}]}]
            status:
              conditions:
              - {type: Ready, status: "False", reason: %s, message: "%s", lastTransitionTime: "2026-06-01T00:00:00Z"}
            """;
    private static final String CLAIMED = "Nothing changes in this namespace for now: segments a and b claim it alike";

    private static String segment(String name, String more) {
        return """
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Segment
                metadata: {name: %s}
                spec: {namespaces: [shop], enforce: {ingress: true}}
                """.formatted(name) + more;
    }

    private static List<String> told(String yaml) {
        SnapshotBuilder builder =
                new SnapshotBuilder(new Surroundings(IdentityMode.AUTO, "default", List.of(), "bulkhead-system"));
        Splitter.on("---\n").split(yaml).forEach(document -> builder.add(SERIALIZATION.unmarshal(document)));
        Snapshot snapshot = builder.build();
        End web = new Ends(snapshot).find("shop/Deployment/web");
        return Explainer.ofCluster(snapshot, PluginSemantics.upstream())
                .judge(web, web, PortOfInterest.parse("80"))
                .caveats()
                .stream()
                .map(caveat -> caveat.code().label() + " " + caveat.text())
                .toList();
    }

    @Test
    void ofANamespaceThatTwoSegmentsClaimItIsToldAlsoWhereNobodyDeclaresAnything() {
        assertEquals(List.of("Held " + CLAIMED), told(WORLD + segment("a", "") + segment("b", "")));
    }

    @Test
    void whatItsIntentsSayAsWellIsToldOnce() {
        assertEquals(
                List.of("Held " + CLAIMED),
                told(WORLD + segment("a", "") + segment("b", "") + INTENT.formatted("Held", CLAIMED)));
    }

    @Test
    void whatTheSegmentSaysOfItIsTold() {
        String held = """
                status:
                  namespaces: [pay, shop]
                  conditions:
                  - {type: Held, status: "True", reason: WritesHeld, message: "pay: one thing; shop: another thing.", lastTransitionTime: "2026-06-01T00:00:00Z"}
                """;
        assertEquals(List.of("Held another thing"), told(WORLD + segment("a", held)));
    }

    @Test
    void whatIsNotHeldIsNotSpokenOf() {
        assertEquals(List.of(), told(WORLD + segment("a", "")));
    }
}
