package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What single policies mean. */
class PolicyMeaningTest {

    private static final String DENY = "{metadata: {name: deny, namespace: x}, spec: {podSelector: {}}}";
    private static final String NARROW = """
            metadata: {name: narrow, namespace: x}
            spec:
              podSelector: {matchLabels: {app: db}}
              ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}]
            """;
    private static final String WIDE = """
            metadata: {name: wide, namespace: x}
            spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {}}], ports: [{port: 79, endPort: 81}]}]}
            """;

    private static PolicyMeaning meaning(String... policies) {
        return new PolicyMeaning(SmallCluster.topology(), policies(policies), PluginSemantics.upstream());
    }

    private static List<NetworkPolicy> policies(String... policies) {
        return Stream.of(policies).map(SmallCluster::policy).toList();
    }

    private static ImmutableSet<String> needless(String... policies) {
        return meaning(policies).withoutEffect().stream()
                .map(NetworkPolicy.Key::name)
                .collect(ImmutableSet.toImmutableSet());
    }

    @Test
    void whatAPolicySelectsAndWhomItsPeersMeanIsToldByAPodForEachKind() {
        NetworkPolicy narrow = SmallCluster.policy(NARROW);
        PolicyMeaning meaning = meaning(NARROW);

        assertEquals(1, meaning.subjects(narrow).size());
        assertEquals("db", meaning.subjects(narrow).get(0).pods().labels().get("app"));
        assertEquals(
                List.of("x"),
                meaning.meant(narrow.ingress().get(0).peers().get().get(0), "x").stream()
                        .map(Endpoint.Pods::namespace)
                        .toList());
        assertEquals(
                List.of(), meaning.meant(narrow.ingress().get(0).peers().get().get(0), "nowhere"));
        assertEquals(
                List.of(narrow),
                meaning.isolating(Direction.INGRESS, meaning.subjects(narrow).get(0)));
        assertEquals(
                List.of(),
                meaning.isolating(Direction.EGRESS, meaning.subjects(narrow).get(0)));
    }

    @Test
    void aPolicyThatAllowsLessThanAnotherOnTheSamePodsChangesNothing() {
        assertEquals(ImmutableSet.of("narrow"), needless(NARROW, WIDE));
        assertEquals(ImmutableSet.of("narrow"), needless(WIDE, NARROW));
    }

    @Test
    void aPolicyThatIsolatesPodsThatNoOtherOneSelectsIsNeeded() {
        assertEquals(ImmutableSet.of(), needless(DENY, NARROW));
        assertEquals(ImmutableSet.of(), needless(NARROW));
    }

    @Test
    void ofTwoThatSayTheSameTheFirstStays() {
        assertEquals(ImmutableSet.of("again"), needless(WIDE, WIDE.replace("name: wide", "name: again")));
    }

    @Test
    void whatThreeSayTogetherIsNotTakenAwayTwice() {
        String first = WIDE.replace("name: wide", "name: first").replace("79, endPort: 81", "1, endPort: 5");
        String second = WIDE.replace("name: wide", "name: second").replace("79, endPort: 81", "4, endPort: 9");
        String both = WIDE.replace("name: wide", "name: both").replace("79, endPort: 81", "1, endPort: 9");

        assertEquals(ImmutableSet.of("both"), needless(first, second, both));
        assertEquals(ImmutableSet.of("first", "second"), needless(both, first, second));
    }

    @Test
    void aPolicyThatAloneAllowsAddressesIsNeeded() {
        String addresses = NARROW.replace("name: narrow", "name: addresses")
                .replace("podSelector: {matchLabels: {app: web}}", "ipBlock: {cidr: 192.0.2.0/24}");

        assertEquals(ImmutableSet.of(), needless(NARROW, addresses));
        assertEquals(ImmutableSet.of("narrow"), needless(NARROW, WIDE, addresses));
    }

    private static ImmutableSet<String> namespacesMeant(String peer) {
        NetworkPolicy policy = SmallCluster.policy(
                "{metadata: {name: p, namespace: x}, spec: {podSelector: {}, ingress: [{from: [" + peer + "]}]}}");
        return meaning(NARROW).meant(policy.ingress().get(0).peers().get().get(0), "x").stream()
                .map(Endpoint.Pods::namespace)
                .collect(ImmutableSet.toImmutableSet());
    }

    @Test
    void allPodsAreThoseOfAllNamespacesAndNotWhateverServesIngress() {
        assertEquals(ImmutableSet.of("x", "y", "unknown"), namespacesMeant("{namespaceSelector: {}}"));
    }

    @Test
    void namespacesAreMeantByTheirNameHoweverItIsAskedFor() {
        String name = "{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, ";

        assertEquals(ImmutableSet.of("y"), namespacesMeant(name + "operator: In, values: [y, z]}]}}"));
        assertEquals(ImmutableSet.of("y", "unknown"), namespacesMeant(name + "operator: NotIn, values: [x]}]}}"));
        assertEquals(
                ImmutableSet.of("y", "unknown"),
                namespacesMeant(name + "operator: Exists}, {key: kubernetes.io/metadata.name,"
                        + " operator: NotIn, values: [x]}]}}"));
        assertEquals(ImmutableSet.of(), namespacesMeant(name + "operator: DoesNotExist}]}}"));
    }
}
