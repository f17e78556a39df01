package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Whom a rule means: items 16 to 33 and 65 of the NetworkPolicy semantics. */
class PeersTest {

    private static final String ALL = "All Connections";
    private static final String NONE = "No Connections";

    /** One policy on every pod of namespace x with these ingress rules. */
    private static SmallCluster ingressOfX(String rules) {
        return SmallCluster.under(
                "{metadata: {name: p, namespace: x}, spec: {podSelector: {}, ingress: " + rules + "}}");
    }

    /** One policy with this selector of pods in namespace y, which closes their ingress. */
    private static SmallCluster closed(String podSelector) {
        return SmallCluster.under("{metadata: {name: p, namespace: y}, spec: {podSelector: " + podSelector + "}}");
    }

    @Test
    void item16AnEmptyRuleAllowsEverybodyEverything() {
        SmallCluster cluster = ingressOfX("[{}]");
        assertEquals(ALL, cluster.ports("y/db", "x/web"));
        assertEquals(ALL, cluster.ports("8.8.8.8", "x/web"));
    }

    @Test
    void item17AbsentAndEmptyPeersMeanAnybody() {
        for (String from : new String[] {"", "from: [], "}) {
            SmallCluster cluster = ingressOfX("[{" + from + "ports: [{port: 80}]}]");
            assertEquals("TCP 80", cluster.ports("y/db", "x/web"));
            assertEquals("TCP 80", cluster.ports("2001:db8::1", "x/web"));
        }
    }

    @Test
    void item18AbsentAndEmptyPortsMeanEveryPortOfEveryProtocol() {
        for (String ports : new String[] {"", ", ports: []"}) {
            SmallCluster cluster = ingressOfX("[{from: [{podSelector: {}}]" + ports + "}]");
            assertEquals(ALL, cluster.ports("x/db", "x/web"));
        }
    }

    @Test
    void item19PeersAndPortsMustBothMatchWithinARuleWhileRulesAddUp() {
        SmallCluster cluster = ingressOfX("""
                [{from: [{podSelector: {matchLabels: {app: db}}}, {namespaceSelector: {matchLabels: {team: blue}}}],
                  ports: [{port: 80}, {port: 81}]},
                 {from: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 90}]}]
                """);
        assertEquals("TCP 80-81,90", cluster.ports("x/db", "x/web"));
        assertEquals("TCP 80-81", cluster.ports("y/db", "x/web"));
        assertEquals(NONE, cluster.ports("x/web", "x/db"));
    }

    @Test
    void item20APodSelectorAloneMeansThePolicysOwnNamespace() {
        SmallCluster cluster = ingressOfX("[{from: [{podSelector: {matchLabels: {app: db}}}]}]");
        assertEquals(ALL, cluster.ports("x/db", "x/web"));
        assertEquals(NONE, cluster.ports("y/db", "x/web"));
    }

    @Test
    void item21ANamespaceSelectorAloneMeansAllPodsOfTheNamespacesItMatches() {
        SmallCluster other = ingressOfX("[{from: [{namespaceSelector: {matchLabels: {team: blue}}}]}]");
        assertEquals(ALL, other.ports("y/db", "x/web"));
        assertEquals(ALL, other.ports("y/web", "x/web"));
        assertEquals(NONE, other.ports("x/db", "x/web"));
        SmallCluster own = ingressOfX("[{from: [{namespaceSelector: {matchLabels: {team: red}}}]}]");
        assertEquals(ALL, own.ports("x/db", "x/web"));
    }

    @Test
    void item22BothSelectorsInOneItemMustMatchAndOfTwoItemsEither() {
        SmallCluster one = ingressOfX(
                "[{from: [{namespaceSelector: {matchLabels: {team: blue}}, podSelector: {matchLabels: {app: db}}}]}]");
        assertEquals(ALL, one.ports("y/db", "x/web"));
        assertEquals(NONE, one.ports("y/web", "x/web"));
        assertEquals(NONE, one.ports("x/db", "x/web"));
        SmallCluster two = ingressOfX(
                "[{from: [{namespaceSelector: {matchLabels: {team: blue}}}, {podSelector: {matchLabels: {app: db}}}]}]");
        assertEquals(ALL, two.ports("y/db", "x/web"));
        assertEquals(ALL, two.ports("y/web", "x/web"));
        assertEquals(ALL, two.ports("x/db", "x/web"));
    }

    @Test
    void item23AnEmptyNamespaceSelectorMeansAllPodsAndNoAddressOutside() {
        SmallCluster cluster = ingressOfX("[{from: [{namespaceSelector: {}}]}]");
        assertEquals(ALL, cluster.ports("x/db", "x/web"));
        assertEquals(ALL, cluster.ports("y/db", "x/web"));
        assertEquals(NONE, cluster.ports("8.8.8.8", "x/web"));
    }

    @Test
    void item24AnEmptyPodSelectorAloneMeansAllPodsOfThePolicysOwnNamespace() {
        SmallCluster cluster = ingressOfX("[{from: [{podSelector: {}}]}]");
        assertEquals(ALL, cluster.ports("x/db", "x/web"));
        assertEquals(NONE, cluster.ports("y/db", "x/web"));
        assertEquals(NONE, cluster.ports("8.8.8.8", "x/web"));
    }

    @Test
    void item26EveryRequirementOfASelectorMustHold() {
        SmallCluster cluster = closed("{matchLabels: {app: web}, matchExpressions: [{key: tier, operator: Exists}]}");
        assertEquals(NONE, cluster.ports("x/db", "y/web"));
        assertEquals(ALL, cluster.ports("x/db", "y/db"));
        SmallCluster contradiction =
                closed("{matchLabels: {app: web}, matchExpressions: [{key: app, operator: In, values: [db]}]}");
        assertEquals(ALL, contradiction.ports("x/db", "y/web"));
    }

    @Test
    void item27InNeedsTheKeyWithAListedValue() {
        SmallCluster cluster = closed("{matchExpressions: [{key: tier, operator: In, values: [front, back]}]}");
        assertEquals(NONE, cluster.ports("x/db", "y/web"));
        assertEquals(ALL, cluster.ports("x/db", "y/db"));
    }

    @Test
    void item28NotInMatchesWhereTheKeyIsAbsent() {
        SmallCluster cluster = closed("{matchExpressions: [{key: tier, operator: NotIn, values: [front]}]}");
        assertEquals(ALL, cluster.ports("x/db", "y/web"));
        assertEquals(NONE, cluster.ports("x/db", "y/db"));
    }

    @Test
    void item29ExistsAndDoesNotExistLookAtThePresenceOfTheKeyAlone() {
        SmallCluster exists = closed("{matchExpressions: [{key: zone, operator: Exists}]}");
        assertEquals(NONE, exists.ports("x/db", "y/web"));
        assertEquals(ALL, exists.ports("x/db", "y/db"));
        SmallCluster absent = closed("{matchExpressions: [{key: zone, operator: DoesNotExist}]}");
        assertEquals(ALL, absent.ports("x/db", "y/web"));
        assertEquals(NONE, absent.ports("x/db", "y/db"));
    }

    @Test
    void item30AnEmptyValueIsNotAnAbsentKey() {
        SmallCluster cluster = closed("{matchLabels: {zone: ''}}");
        assertEquals(NONE, cluster.ports("x/db", "y/web"));
        assertEquals(ALL, cluster.ports("x/db", "y/db"));
    }

    @Test
    void item31AnUnknownOperatorIsRefusedAndInWithoutValuesMatchesNothing() {
        assertThrows(IllegalArgumentException.class, () -> closed("{matchExpressions: [{key: app, operator: Like}]}"));
        SmallCluster cluster = ingressOfX("[{from: [{podSelector: {matchExpressions: [{key: app, operator: In}]}}]}]");
        assertEquals(NONE, cluster.ports("x/db", "x/web"));
    }

    @Test
    void items32And65ANamespaceNobodyDescribedHasItsNameForALabel() {
        SmallCluster cluster =
                ingressOfX("[{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: unknown}}}]}]");
        assertEquals(ALL, cluster.ports("unknown/web", "x/web"));
        assertEquals(NONE, cluster.ports("y/web", "x/web"));
        assertEquals(
                NONE,
                ingressOfX("[{from: [{namespaceSelector: {matchLabels: {team: red}}}]}]")
                        .ports("unknown/web", "x/web"));
    }
}
