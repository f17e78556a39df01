package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.inventory.LivePolicies;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Ports;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The gates that hold what depends on declarations which nobody understands. */
class DeclarationGatesTest {

    private static final Optional<String> CLAIMED = Optional.of("segments a and b claim it alike");
    private static final NetworkPolicy POLICY = carrying("checkout,web/storefront");

    private final TestCluster cluster = new TestCluster().namespace("shop", "web");

    @Test
    void aNamespaceThatTwoSegmentsClaimAndNothingClosesIsClosedAndStaysAsItIsOtherwise() {
        NetworkPolicy baseline = TestCluster.baseline("shop", Direction.INGRESS, Direction.EGRESS);
        cluster.live(POLICY);
        ProposedWrites proposal = cluster.proposal("shop", CLAIMED, baseline);

        Hold hold = new ConflictingSegments().check(proposal).orElseThrow();
        assertEquals(Hold.Scope.ALL_BUT_BASELINE, hold.scope());
        assertEquals(
                List.of(new Write.Create(baseline)),
                proposal.without(hold).plan().writes());
    }

    @Test
    void noPolicyByOthersIsTakenOverThere() {
        NetworkPolicy baseline = TestCluster.baseline("shop", Direction.INGRESS, Direction.EGRESS);
        NetworkPolicy same = new NetworkPolicy(
                new NetworkPolicy.Key("shop", "default-deny"),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(Marker.ADOPT, "true"),
                baseline.subject(),
                baseline.directions(),
                ImmutableList.of(),
                ImmutableList.of());
        cluster.live(same);
        ProposedWrites proposal = TestCluster.offered(cluster.proposal("shop", CLAIMED, baseline), Set.of(same.key()));

        Hold hold = new ConflictingSegments().check(proposal).orElseThrow();
        assertEquals(
                List.of(new Write.Create(baseline)),
                proposal.without(hold).plan().writes());
    }

    @Test
    void onceTheBaselineIsThereNothingIsLeftToWrite() {
        cluster.live(TestCluster.baseline("shop", Direction.INGRESS), POLICY);
        ProposedWrites proposal =
                cluster.proposal("shop", CLAIMED, TestCluster.baseline("shop", Direction.INGRESS, Direction.EGRESS));

        assertEquals(
                Optional.of(Hold.Scope.NAMESPACE),
                new ConflictingSegments().check(proposal).map(Hold::scope));
    }

    @Test
    void aNamespaceThatTwoSegmentsClaimStaysAsItIs() {
        Hold hold = new ConflictingSegments()
                .check(cluster.proposal("shop", CLAIMED))
                .orElseThrow();
        assertEquals(Hold.Scope.NAMESPACE, hold.scope());
        assertEquals(Optional.empty(), new ConflictingSegments().check(cluster.proposal("shop")));
    }

    @Test
    void whileItIsNotKnownWhereWellKnownPeersAreNothingChanges() {
        assertEquals(Optional.empty(), new UnknownWellKnownPeers().check(cluster.proposal("shop")));
        cluster.unreadablePlaces();
        assertTrue(new UnknownWellKnownPeers()
                .check(cluster.proposal("shop"))
                .orElseThrow()
                .stopsAll());
    }

    @Test
    void whileASegmentIsNotUnderstoodANamespaceWithPoliciesLosesNoneAlsoIfAnotherSegmentHasIt() {
        cluster.unreadableSegment("town")
                .segment("other", Set.of(), observing(), "shop", "web")
                .live(POLICY);
        assertTrue(new UnknownSegments()
                .check(cluster.proposal("shop"))
                .orElseThrow()
                .stopsAll());
        assertEquals(Optional.empty(), new UnknownSegments().check(cluster.proposal("web")));
    }

    @Test
    void whatCarriesAnIntentThatIsNotUnderstoodStaysAsItIs() {
        cluster.live(POLICY, carrying("other", "cart")).unreadableIntent("web", "storefront");
        Hold hold = new UnknownIntents().check(cluster.proposal("shop")).orElseThrow();
        assertEquals(Set.of(POLICY.key()), hold.policies().keySet());
        assertEquals(1, cluster.proposal("shop").without(hold).plan().writes().size());
        cluster.unreadableIntent("shop", "storefront");
        assertEquals(
                Set.of(POLICY.key()),
                new UnknownIntents()
                        .check(cluster.proposal("shop"))
                        .orElseThrow()
                        .policies()
                        .keySet());
    }

    @Test
    void whileAGuardrailIsNotUnderstoodNothingOpens() {
        cluster.unreadableGuardrail("rail");
        Hold hold = new UnknownGuardrails().check(cluster.proposal("shop")).orElseThrow();
        assertEquals(Hold.Scope.GROWTH, hold.scope());
        assertEquals(
                "Nothing opens in this namespace for now: guardrail rail is not understood, and may forbid what would"
                        + " open",
                hold.sentence());
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        cluster.onceUnderstood("shop", "a")
                .unreadablePlaces()
                .unreadableSegment("b")
                .unreadableGuardrail("c")
                .live(POLICY);
        ProposedWrites proposal = cluster.proposal("shop");
        assertEquals(
                Optional.of("WellKnownPeers cluster is not understood"),
                new UnknownWellKnownPeers().check(proposal).map(Hold::reason));
        assertEquals(
                Optional.of("segment b is not understood"),
                new UnknownSegments().check(proposal).map(Hold::reason));
        assertEquals(
                Optional.of("guardrail c is not understood, and may forbid what would open"),
                new UnknownGuardrails().check(proposal).map(Hold::reason));
        assertEquals(
                Optional.of("segments a and b claim it alike"),
                new ConflictingSegments()
                        .check(cluster.proposal("shop", CLAIMED))
                        .map(Hold::reason));
    }

    @Test
    void whatWasUnderstoodBeforeStaysInForceAndHoldsNothing() {
        cluster.onceUnderstood("web", "storefront").live(POLICY);
        ProposedWrites proposal = cluster.proposal("shop");
        assertEquals(Optional.empty(), new UnknownWellKnownPeers().check(proposal));
        assertEquals(Optional.empty(), new UnknownSegments().check(proposal));
        assertEquals(Optional.empty(), new UnknownIntents().check(proposal));
        assertEquals(Optional.empty(), new UnknownGuardrails().check(proposal));
    }

    @Test
    void aNamespaceWithoutPoliciesOfOursHasNothingToLoseToASegmentThatIsNotUnderstood() {
        cluster.unreadableSegment("town")
                .live(LivePolicies.byOthers(POLICY, "kubectl", "uid", "1").policy());
        assertEquals(Optional.empty(), new UnknownSegments().check(cluster.proposal("shop")));
    }

    @Test
    void whatIsToStayAnywayIsNotHeldForAnIntentThatIsNotUnderstood() {
        cluster.live(POLICY).unreadableIntent("web", "storefront");
        assertEquals(Optional.empty(), new UnknownIntents().check(cluster.proposal("shop", POLICY)));
    }

    @Test
    void policiesByOthersThatNameAnIntentAreNotKeptForIt() {
        NetworkPolicy theirs = new NetworkPolicy(
                POLICY.key(),
                ImmutableSortedMap.of("team", "shop"),
                POLICY.annotations(),
                POLICY.subject(),
                POLICY.directions(),
                POLICY.ingress(),
                POLICY.egress());
        cluster.live(theirs).unreadableIntent("web", "storefront");
        assertEquals(Optional.empty(), new UnknownIntents().check(cluster.proposal("shop")));
    }

    @Test
    void whileNobodyCanTellWhereAPeerOfAGuardrailIsNothingOpens() {
        DeclaredGuardrail.Ends nodes = new DeclaredGuardrail.Ends(
                ImmutableSet.of(), ImmutableList.of(), ImmutableList.of(), ImmutableSet.of(WellKnown.NODES));
        cluster.guardrail(new DeclaredGuardrail(
                "no-nodes",
                "",
                ImmutableList.of(
                        new DeclaredGuardrail.Connections(DeclaredGuardrail.Ends.anything(), nodes, Ports.all())),
                ImmutableList.of()));
        Hold hold = new UnlocatedGuardrails().check(cluster.proposal("shop")).orElseThrow();
        assertEquals(Hold.Scope.GROWTH, hold.scope());
        assertTrue(
                hold.reason().startsWith("guardrail no-nodes may forbid what would open: " + WellKnown.NODES.label()),
                hold.reason());
    }

    @Test
    void aGuardrailWhosePeersAreKnownHoldsNothing() {
        cluster.guardrail(new DeclaredGuardrail(
                "nothing",
                "",
                ImmutableList.of(new DeclaredGuardrail.Connections(
                        DeclaredGuardrail.Ends.anything(), DeclaredGuardrail.Ends.anything(), Ports.all())),
                ImmutableList.of()));
        assertEquals(Optional.empty(), new UnlocatedGuardrails().check(cluster.proposal("shop")));
    }

    @Test
    void guardrailsThatAreAllUnderstoodHoldNothing() {
        assertEquals(Optional.empty(), new UnknownGuardrails().check(cluster.proposal("shop")));
        assertEquals(Optional.empty(), new UnlocatedGuardrails().check(cluster.proposal("shop")));
    }

    private static dev.bulkhead.core.intent.DeclaredSegment.TrustBoundary observing() {
        return dev.bulkhead.core.intent.DeclaredSegment.TrustBoundary.NAMESPACE;
    }

    private static NetworkPolicy carrying(String intents) {
        return carrying("checkout", intents);
    }

    private static NetworkPolicy carrying(String name, String intents) {
        NetworkPolicy policy = TestCluster.allow("shop", name, Direction.EGRESS, "web");
        return new NetworkPolicy(
                policy.key(),
                policy.labels(),
                ImmutableSortedMap.of(Marker.INTENTS, intents, Marker.PROVENANCE, "egress[0]=" + intents),
                policy.subject(),
                policy.directions(),
                policy.ingress(),
                policy.egress());
    }

    @Test
    void whileNotEverythingInANamespaceIsKnownNothingOpensThere() {
        Hold hold = new UnknownContents(
                        namespace -> Optional.of("Pod web-1 and 3 more").filter(pods -> namespace.equals("shop")))
                .check(cluster.proposal("shop"))
                .orElseThrow();
        assertEquals(Hold.Scope.GROWTH, hold.scope());
        assertEquals(
                "Nothing opens in this namespace for now: there is more in it than there is room for in memory, and nobody"
                        + " knows what is in Pod web-1 and 3 more; delete what is not needed",
                hold.sentence());
        assertEquals(
                Optional.empty(), new UnknownContents(namespace -> Optional.empty()).check(cluster.proposal("shop")));
    }
}
