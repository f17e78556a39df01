package dev.bulkhead.api.v1alpha1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecodingTest {

    @Test
    void whatANewerApiServerAddsIsPassedOver() {
        AccessIntent intent = Serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: checkout, namespace: shop}
                spec:
                  later: 1
                  workload: {serviceAccount: checkout, later: 1}
                  outbound:
                  - later: 1
                    to: {later: 1, workload: {namespace: pay, later: 1, podSelector: {later: 1, matchLabels: {app: pay}}}}
                    ports: [{port: 8443, later: 1}]
                status: {later: 1, conditions: [{type: Ready, status: "True", later: 1}]}
                later: 1
                """, AccessIntent.class);

        assertEquals("checkout", intent.getSpec().workload().serviceAccount());
        OutboundRule rule = intent.getSpec().outbound().get(0);
        assertEquals(Map.of("app", "pay"), rule.to().workload().podSelector().matchLabels());
        assertEquals(List.of(new Port(new IntOrString(8443), null, PortProtocol.TCP)), rule.ports());
        assertEquals(
                ConditionStatus.TRUE, intent.getStatus().conditions().get(0).status());
    }

    @Test
    void whatIsLeftOutOfAnIntentIsEmptyOrNull() {
        AccessIntent intent = Serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                spec: {workload: {all: true}, outbound: [{to: {wellKnown: KubeDNS}}]}
                """, AccessIntent.class);

        assertEquals(List.of(), intent.getSpec().inbound());
        assertEquals(List.of(), intent.getSpec().outbound().get(0).ports());
        assertNull(intent.getSpec().workload().owner());
        assertNull(intent.getStatus());
    }

    @Test
    void segmentHasTheDefaultsOfTheApiServer() {
        Segment segment = Serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Segment
                spec: {namespaces: [shop], enforce: {ingress: false, egress: true}}
                """, Segment.class);

        assertEquals(
                new SegmentSpec(
                        List.of("shop"),
                        List.of(),
                        new Enforcement(false, true),
                        TrustBoundary.NAMESPACE,
                        new Baseline(true),
                        IdentityAssurance.ASSERTED),
                segment.getSpec());
    }

    @Test
    void aValueThatIsNotKnownIsNeverTakenForAnother() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Serialization.unmarshal("key: app\noperator: Near", LabelRequirement.class));

        assertInstanceOf(InvalidFormatException.class, refusal.getCause());
    }

    @Test
    void falseIsWrittenAndEmptyIsNot() {
        assertEquals(
                Map.of("ingress", false, "egress", false),
                Serialization.unmarshal(Serialization.asJson(new Enforcement(false, false)), Map.class));
        assertEquals(
                Map.of("dns", false), Serialization.unmarshal(Serialization.asJson(new Baseline(false)), Map.class));
        assertEquals(
                Map.of("namespaceCount", 0),
                Serialization.unmarshal(
                        Serialization.asJson(new SegmentStatus(null, null, null, 0, null, null, null, null, null)),
                        Map.class));
    }
}
