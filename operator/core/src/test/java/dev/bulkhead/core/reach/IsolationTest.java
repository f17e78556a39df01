package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Who is isolated, and by what: items 1 to 15 of the NetworkPolicy semantics. */
class IsolationTest {

    private static final String ALL = "All Connections";
    private static final String NONE = "No Connections";

    private static final String DENY_INGRESS_OF_X = """
            metadata: {name: deny, namespace: x}
            spec: {podSelector: {}, policyTypes: [Ingress]}
            """;

    @Test
    void item1WithoutAPolicyEverythingIsOpen() {
        SmallCluster cluster = SmallCluster.under();
        assertEquals(ALL, cluster.ports("x/web", "y/db"));
        assertEquals(ALL, cluster.ports("x/web", "8.8.8.8"));
        assertEquals(ALL, cluster.ports("8.8.8.8", "x/web"));
    }

    @Test
    void item2APolicyIsolatesInItsDirectionAlone() {
        SmallCluster ingress = SmallCluster.under(DENY_INGRESS_OF_X);
        assertEquals(NONE, ingress.ports("y/web", "x/db"));
        assertEquals(ALL, ingress.ports("x/db", "y/web"));

        SmallCluster egress = SmallCluster.under("""
                metadata: {name: deny, namespace: x}
                spec: {podSelector: {}, policyTypes: [Egress]}
                """);
        assertEquals(ALL, egress.ports("y/web", "x/db"));
        assertEquals(NONE, egress.ports("x/db", "y/web"));
    }

    @Test
    void item3SeveralPoliciesAllowTheirUnion() {
        SmallCluster cluster = SmallCluster.under(DENY_INGRESS_OF_X, """
                metadata: {name: one, namespace: x}
                spec: {podSelector: {}, ingress: [{ports: [{port: 80}]}]}
                """, """
                metadata: {name: two, namespace: x}
                spec: {podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: 443}]}]}
                """);
        assertEquals("TCP 80,443", cluster.ports("y/web", "x/db"));
        assertEquals("TCP 80", cluster.ports("y/web", "x/web"));
    }

    @Test
    void item4AConnectionNeedsBothHalves() {
        String out = """
                metadata: {name: out, namespace: x}
                spec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 80, endPort: 90}]}]}
                """;
        String in = """
                metadata: {name: in, namespace: y}
                spec: {podSelector: {}, ingress: [{ports: [{port: 85, endPort: 99}]}]}
                """;
        assertEquals("TCP 80-90", SmallCluster.under(out).ports("x/web", "y/db"));
        assertEquals("TCP 85-99", SmallCluster.under(in).ports("x/web", "y/db"));
        assertEquals("TCP 85-90", SmallCluster.under(out, in).ports("x/web", "y/db"));
    }

    @Test
    void item5PoliciesJudgeTheStartOfAConnectionAndNotItsReplies() {
        SmallCluster cluster = SmallCluster.under("""
                metadata: {name: serve, namespace: x}
                spec: {podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{ports: [{port: 80}]}]}
                """);
        assertEquals("TCP 80", cluster.ports("y/web", "x/db"));
        assertEquals(NONE, cluster.ports("x/db", "y/web"));
    }

    @Test
    void item6APolicySelectsPodsOfItsOwnNamespaceAlone() {
        SmallCluster cluster = SmallCluster.under(DENY_INGRESS_OF_X);
        assertEquals(NONE, cluster.ports("y/web", "x/web"));
        assertEquals(ALL, cluster.ports("x/web", "y/web"));
    }

    @Test
    void item7AnEmptyAndAnAbsentPodSelectorSelectEveryPod() {
        for (String selector : new String[] {"podSelector: {}, ", ""}) {
            SmallCluster cluster = SmallCluster.under(
                    "{metadata: {name: deny, namespace: x}, spec: {" + selector + "policyTypes: [Ingress]}}");
            assertEquals(NONE, cluster.ports("y/web", "x/web"));
            assertEquals(NONE, cluster.ports("y/web", "x/db"));
        }
    }

    @Test
    void item8APolicyThatSelectsNoPodHasNoEffect() {
        SmallCluster cluster = SmallCluster.under("""
                metadata: {name: idle, namespace: x}
                spec: {podSelector: {matchLabels: {app: gone}}, policyTypes: [Ingress, Egress]}
                """);
        assertEquals(ALL, cluster.ports("y/web", "x/web"));
    }

    @Test
    void item9APodIsOpenAgainWithoutItsLastPolicy() {
        NetworkPolicy policy = SmallCluster.policy(DENY_INGRESS_OF_X);
        Evaluator evaluator = SmallCluster.under().evaluator().with(policy);
        Endpoint from = SmallCluster.end("y/web");
        Endpoint to = SmallCluster.end("x/db");
        assertTrue(evaluator.allowed(from, to).isEmpty());
        assertTrue(evaluator.without(policy.key()).allowed(from, to).isAll());
        assertTrue(evaluator.allowed(from, to).isEmpty(), "an evaluator does not change");
    }

    @Test
    void items10And12APolicyWithoutTypesIsAboutIngressAndWithEgressRulesAboutBoth() {
        SmallCluster ingress = SmallCluster.under("{metadata: {name: p, namespace: x}, spec: {podSelector: {}}}");
        assertEquals(NONE, ingress.ports("y/web", "x/db"));
        assertEquals(ALL, ingress.ports("x/db", "y/web"));

        SmallCluster both = SmallCluster.under("""
                metadata: {name: p, namespace: x}
                spec: {podSelector: {}, policyTypes: [], egress: [{ports: [{port: 443}]}]}
                """);
        assertEquals(NONE, both.ports("y/web", "x/db"));
        assertEquals("TCP 443", both.ports("x/db", "y/web"));

        SmallCluster egress = SmallCluster.under("""
                metadata: {name: p, namespace: x}
                spec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 443}]}]}
                """);
        assertEquals(ALL, egress.ports("y/web", "x/db"));
        assertEquals("TCP 443", egress.ports("x/db", "y/web"));
    }

    @Test
    void item11AnEmptyListOfEgressRulesIsNone() {
        SmallCluster cluster =
                SmallCluster.under("{metadata: {name: p, namespace: x}, spec: {podSelector: {}, egress: []}}");
        assertEquals(NONE, cluster.ports("y/web", "x/db"));
        assertEquals(ALL, cluster.ports("x/db", "y/web"));
    }

    @Test
    void item13RulesOfADirectionThatIsNotListedHaveNoEffect() {
        SmallCluster cluster = SmallCluster.under("""
                metadata: {name: p, namespace: x}
                spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{ports: [{port: 80}]}], egress: [{ports: [{port: 443}]}]}
                """);
        assertEquals("TCP 80", cluster.ports("y/web", "x/db"));
        assertEquals(ALL, cluster.ports("x/db", "y/web"));
    }

    @Test
    void item14TypesComeInAnyOrderAndMayBeRepeated() {
        for (String types : new String[] {"[Egress, Ingress]", "[Ingress, Egress]"}) {
            SmallCluster cluster = SmallCluster.under(
                    "{metadata: {name: p, namespace: x}, spec: {podSelector: {}, policyTypes: " + types + "}}");
            assertEquals(NONE, cluster.ports("y/web", "x/db"));
            assertEquals(NONE, cluster.ports("x/db", "y/web"));
        }
        SmallCluster twice = SmallCluster.under(
                "{metadata: {name: p, namespace: x}, spec: {podSelector: {}, policyTypes: [Ingress, Ingress]}}");
        assertEquals(NONE, twice.ports("y/web", "x/db"));
        assertEquals(ALL, twice.ports("x/db", "y/web"));
    }

    @Test
    void item15ADirectionWithoutRulesIsClosed() {
        for (String rules : new String[] {"", ", ingress: [], egress: []"}) {
            SmallCluster cluster = SmallCluster.under("{metadata: {name: p, namespace: x}, spec: {podSelector: {}, "
                    + "policyTypes: [Ingress, Egress]" + rules + "}}");
            assertEquals(NONE, cluster.ports("y/web", "x/db"));
            assertEquals(NONE, cluster.ports("x/db", "8.8.8.8"));
        }
    }

    @Test
    void aVerdictNamesTheRuleThatAllowsAndThePoliciesThatIsolate() {
        SmallCluster cluster = SmallCluster.under(DENY_INGRESS_OF_X, """
                metadata: {name: serve, namespace: x}
                spec: {podSelector: {}, ingress: [{ports: [{port: 443}]}, {ports: [{port: 80}]}]}
                """);
        NetworkPolicy.Key deny = new NetworkPolicy.Key("x", "deny");
        NetworkPolicy.Key serve = new NetworkPolicy.Key("x", "serve");

        Verdict allowed = cluster.verdict("y/web", "x/db", Protocol.TCP, 80);
        assertTrue(allowed.allowed());
        assertEquals(new Decision.NotIsolated(), allowed.decision(Direction.EGRESS));
        assertEquals(new Decision.AllowedBy(serve, 1, OptionalInt.empty()), allowed.decision(Direction.INGRESS));

        Verdict denied = cluster.verdict("y/web", "x/db", Protocol.UDP, 80);
        assertFalse(denied.allowed());
        assertEquals(
                new Decision.DeniedBy(
                        ImmutableSortedSet.of(deny, serve),
                        ImmutableList.of(
                                new Decision.NearMiss(serve, 0, Ports.port(Protocol.TCP, 443)),
                                new Decision.NearMiss(serve, 1, Ports.port(Protocol.TCP, 80)))),
                denied.decision(Direction.INGRESS));
    }

    @Test
    void aPolicyTakesThePlaceOfTheOneWithItsKey() {
        Evaluator evaluator = SmallCluster.under(DENY_INGRESS_OF_X).evaluator().with(SmallCluster.policy("""
                        metadata: {name: deny, namespace: x}
                        spec: {podSelector: {}, ingress: [{ports: [{port: 80}]}]}
                        """));
        assertEquals(
                "TCP 80",
                evaluator
                        .allowed(SmallCluster.end("y/web"), SmallCluster.end("x/db"))
                        .toString());
    }
}
