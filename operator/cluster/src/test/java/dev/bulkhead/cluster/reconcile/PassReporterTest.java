package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.inventory.LivePolicies;
import dev.bulkhead.cluster.inventory.Rejection;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.cluster.metrics.ReconcileWork;
import dev.bulkhead.cluster.status.IntentFindings;
import dev.bulkhead.cluster.status.IntentReporter;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.cluster.status.SegmentReporter;
import dev.bulkhead.core.compile.Assurance;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.compile.IntentOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.plan.Planner;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PassReporterTest {

    private static final NetworkPolicy BASELINE = LivePolicies.policy("shop", "bulkhead-baseline");
    private static final NetworkPolicy CHECKOUTS = TestCluster.allow("shop", "checkouts", Direction.EGRESS, "pay");
    private static final NetworkPolicy CARTS = TestCluster.allow("shop", "carts", Direction.EGRESS, "pay");
    private static final DeclaredIntent.Key CHECKOUT = new DeclaredIntent.Key("shop", "checkout");
    private static final DeclaredIntent.Key CART = new DeclaredIntent.Key("shop", "cart");

    private final SegmentReporter segments = mock();
    private final IntentReporter intents = mock();
    private final HoldLog log = mock();
    private final ReconcileWork work = mock();
    private final PassReporter reporter = new PassReporter(
            new Reporters(intents, segments, mock(), mock(), mock()), new ConflictBackoff(new SetTicker()), log, work);

    private final TestCluster cluster =
            new TestCluster().namespace("shop").intent(intent(CHECKOUT)).intent(intent(CART));

    @Test
    void whatIsWrittenIsToldOfEachIntent() {
        reporter.settled(proposal(), List.of());
        verifyReported(CHECKOUT, CHECKOUTS, Optional.empty());
        verifyReported(CART, CARTS, Optional.empty());
        verify(segments).held("shop", Optional.empty());
        verify(segments).taken("shop", ImmutableSortedSet.of());
        verify(work).settled("shop");
        verify(log).free("shop");
    }

    @Test
    void whyNothingOpensIsToldOnTheIntentsAndWithTheOtherNamespacesOnTheSegment() {
        Hold hold = Hold.growth("others withdraw first").dependingOn("pay");
        reporter.settled(proposal(), List.of(hold));
        verifyReported(CHECKOUT, CHECKOUTS, Optional.of(hold.sentence()));
        verify(segments).held("shop", Optional.of(hold.sentence() + " (pay)"));
        verify(log).held("shop", hold);
        verify(log, never()).free(any());
    }

    @Test
    void singlePoliciesThatAreHeldAreToldOnTheSegmentAlone() {
        Hold first = new Hold(Hold.Scope.POLICIES, "one", "", ImmutableMap.of(), Optional.empty(), true);
        Hold second = new Hold(Hold.Scope.POLICIES, "two", "", ImmutableMap.of(), Optional.empty(), true);
        reporter.settled(proposal(), List.of(first, second));
        verifyReported(CHECKOUT, CHECKOUTS, Optional.empty());
        verify(segments).held("shop", Optional.of(first.sentence() + "; " + second.sentence()));
        verify(log).free("shop");
    }

    @Test
    void whatHasNotLastedIsNotTold() {
        reporter.settled(proposal(), List.of(Hold.growth("a moment").notShown()));
        reporter.stopped(
                proposal(), Hold.shrink("a moment").again(Duration.ofMillis(1)).notShown());
        verify(segments, never()).held(any(), any());
        verifyNoInteractions(intents, log);
        verify(work, never()).settled(any());
        verify(work).held("shop");
    }

    @Test
    void whyNothingIsWrittenIsToldOfEverything() {
        Hold hold = Hold.shrink("the definition is not found");
        reporter.stopped(proposal(), hold);
        verifyReported(CHECKOUT, CHECKOUTS, Optional.of(hold.sentence()));
        verify(segments).held("shop", Optional.of(hold.sentence()));
        verify(log).held("shop", hold);
        verify(work).held("shop");
        verify(work, never()).settled(any());
    }

    @Test
    void anIntentThatIsBeingDeletedIsToldOfItsWithdrawalOrWhyThatWaits() {
        cluster.withdrawnIntent("shop", "ending");
        DeclaredIntent.Key ending = new DeclaredIntent.Key("shop", "ending");
        Revision revision = new Revision("uid", 2);
        Hold hold = Hold.shrink("the definition is not found");
        reporter.stopped(proposal(), hold);
        verify(intents).withdraw(ending, revision, Optional.of(hold.sentence()));
        reporter.settled(proposal(), List.of());
        verify(intents).withdraw(ending, revision, Optional.empty());
    }

    @Test
    void aNamespaceInWhichNothingMayChangeIsDoneWith() {
        Hold hold = Hold.namespace("two segments claim it");
        reporter.stopped(proposal(), hold);
        verify(work).settled("shop");
        verify(work, never()).held(any());
        verify(log).held("shop", hold);
        verify(segments).held("shop", Optional.of(hold.sentence()));
    }

    @Test
    void ofANamespaceThatIsOnlyClosedIsToldWhatIsToldOfOneThatMayNotChange() {
        Hold hold = Hold.allButBaseline("two segments claim it", Map.of());
        reporter.settled(proposal(), List.of(hold));
        assertEquals(Hold.namespace("two segments claim it").sentence(), hold.sentence());
        verifyReported(CHECKOUT, CHECKOUTS, Optional.of(hold.sentence()));
        verify(segments).held("shop", Optional.of(hold.sentence()));
        verify(log).held("shop", hold);
        verify(work).settled("shop");
    }

    @Test
    void ofAnIntentWhosePoliciesAreNotThereYetNothingIsSaid() {
        reporter.cut(proposal(), List.of(new Write.Create(CARTS)));
        verifyReported(CHECKOUT, CHECKOUTS, Optional.empty());
        verify(intents, never()).report(eq(CART), any(), any());
    }

    @Test
    void whileSomethingIsWithdrawnStillNothingIsSaid() {
        reporter.cut(proposal(), List.of(new Write.Delete(CARTS.key()), new Write.Create(CHECKOUTS)));
        verifyNoInteractions(intents);
    }

    @Test
    void whatIsTakenOfOneWorkloadConcernsItsIntents() {
        cluster.live(LivePolicies.byOthers(CARTS, "somebody", "1", "1").policy());
        reporter.settled(proposal(), List.of());
        verifyReported(CHECKOUT, CHECKOUTS, Optional.empty());
        verify(intents)
                .report(
                        CART,
                        new Revision("uid", 1),
                        new IntentFindings(outcome(CARTS), Optional.empty(), ImmutableSortedSet.of(CARTS.key())));
        verify(segments).taken("shop", ImmutableSortedSet.of());
    }

    @Test
    void anIntentThatCannotBeReadIsToldSo() {
        cluster.unreadableIntent("shop", "broken");
        reporter.settled(proposal(), List.of());
        verify(intents).reject(eq(new DeclaredIntent.Key("shop", "broken")), any(Rejection.class));
    }

    @Test
    void aNamespaceThatIsGoneHoldsNothingAndIsHeldByNothing() {
        reporter.gone("shop");
        verify(work).gone("shop");
        verify(segments).taken("shop", ImmutableSortedSet.of());
        verify(segments).held("shop", Optional.empty());
    }

    private void verifyReported(DeclaredIntent.Key key, NetworkPolicy carrier, Optional<String> held) {
        verify(intents)
                .report(
                        key,
                        new Revision("uid", 1),
                        new IntentFindings(outcome(carrier), held, ImmutableSortedSet.of()));
    }

    private ProposedWrites proposal() {
        ProposedWrites proposal = new ProposedWrites(
                new Planner(),
                cluster.snapshot(),
                new Compilation(
                        "shop",
                        Optional.empty(),
                        ImmutableSortedMap.of(BASELINE.key(), BASELINE, CHECKOUTS.key(), CHECKOUTS, CARTS.key(), CARTS),
                        ImmutableSortedMap.of(CHECKOUT, outcome(CHECKOUTS), CART, outcome(CARTS)),
                        Dependencies.none()),
                ImmutableSet.of());
        assertEquals("shop", proposal.namespace());
        return proposal;
    }

    private static IntentOutcome outcome(NetworkPolicy carrier) {
        return new IntentOutcome(Assurance.VERIFIED, ImmutableList.of(), ImmutableSortedSet.of(carrier.key()));
    }

    private static DeclaredIntent intent(DeclaredIntent.Key key) {
        return new DeclaredIntent(key, new WorkloadSelector.All(), ImmutableList.of());
    }
}
