package dev.bulkhead.cluster.inventory;

import static dev.bulkhead.cluster.inventory.Contents.namespace;
import static dev.bulkhead.cluster.inventory.Contents.terminating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.compile.Dependency;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.ClusterFacts;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever sees in a snapshot that somebody changed a policy also sees that its namespace may have something to withdraw, however
 * the change became known.
 */
class PolicyTouchTest {

    private static final NetworkPolicy.Key BASELINE = new NetworkPolicy.Key("shop", "bulkhead-baseline");
    private static final NetworkPolicy.Key OTHER = new NetworkPolicy.Key("shop", "bulkhead-other");

    private final InventoryState state = new InventoryState(Set.of(), ClusterFacts.unknown(false));

    /** The policy {@code bulkhead-other} stays throughout, so that there is always something to look at. */
    @BeforeEach
    void begin() {
        state.namespace("shop", Optional.of(namespace("shop")));
        state.namespace("pay", Optional.of(namespace("pay")));
        state.policy(LivePolicies.of("shop", "bulkhead-other", "other", "20"));
        state.policy(LivePolicies.baseline("uid", "9"));
        state.complete();
        settle();
    }

    @Test
    void byAnEventThatShowsItChanged() {
        assertTrue(state.policy(LivePolicies.baseline("another", "10")));
        assertExpected();
    }

    @Test
    void byAnEventThatShowsItGone() {
        assertFalse(state.policyGone(BASELINE, "another"));
        assertFalse(state.pending().isExpected("shop"));
        assertTrue(state.policyGone(BASELINE, "uid"));
        assertExpected();
    }

    @Test
    void byAListThatLacksIt() {
        assertEquals(
                1,
                state.policiesListed("10", ListScope.EVERYBODY, (key, uid) -> false)
                        .size());
        assertExpected();
    }

    @Test
    void byAListOfItsNamespaceThatLacksIt() {
        assertEquals(1, state.policiesListed("shop", "10", (key, uid) -> false).size());
        assertExpected();
    }

    @Test
    void byAWriteThatIsRefusedBecauseItIsGone() {
        assertTrue(state.foundGone(BASELINE, "uid").drifted());
        assertExpected();
    }

    @Test
    void whatARefusedWriteShowsToBeGoneIsDriftWhereItWasOurs() {
        assertFalse(state.foundGone(BASELINE, "another").drifted());
        assertTrue(state.livePolicy(BASELINE).isPresent());
        LivePolicy theirs = LivePolicies.byOthers(LivePolicies.policy("shop", "theirs"), "kubectl", "theirs", "9");
        state.policy(theirs);
        assertFalse(state.foundGone(theirs.policy().key(), "theirs").drifted());
        assertEquals(Optional.empty(), state.livePolicy(theirs.policy().key()));
        assertFalse(state.foundGone(new NetworkPolicy.Key("shop", "never-heard-of"), "uid")
                .drifted());
    }

    @Test
    void whatWeWriteOurselvesIsNothingToWithdraw() {
        state.writing(BASELINE, Optional.of(LivePolicies.policy("shop", "bulkhead-baseline")));
        state.written(LivePolicies.baseline("uid", "10"));
        state.answered(BASELINE);
        assertFalse(state.policy(LivePolicies.baseline("uid", "10")));
        state.deleted(BASELINE, "uid");
        assertFalse(state.policyGone(BASELINE, "uid"));
        assertFalse(state.pending().isExpected("shop"));
    }

    @Test
    void anotherPolicyTouchesItsNamespaceAlone() {
        AffectedNamespaces touch = state.policyTouch("shop");
        assertEquals(Set.of("shop"), touch.namespaces());
        assertExpected();
        assertFalse(touch.enrolment());
        assertEquals(Set.of(), state.policyTouch("pay").namespaces(), "there is none");
        assertEquals(Set.of(), state.policyTouch("not-there").namespaces());
    }

    /** The watch shows nothing new of it any more, and those that rest on it are elsewhere. */
    @Test
    void whoDependsOnPoliciesByOthersIsWokenByWhatOurWritesFindOutOfThem() {
        LivePolicy theirs = LivePolicies.byOthers(LivePolicies.policy("shop", "theirs"), "kubectl", "theirs", "21");
        NetworkPolicy.Key key = theirs.policy().key();
        state.snapshotFor("pay");
        state.compiled(
                "pay",
                Optional.of(new Dependencies(
                        ImmutableSet.of(new Dependency.Contents("shop", Dependency.Kind.POLICIES_BY_OTHERS)),
                        ImmutableSet.of())));
        state.policy(LivePolicies.of("pay", "bulkhead-baseline", "pays", "20"));
        assertEquals(Set.of("pay"), state.written(theirs).namespaces());
        assertEquals(Set.of(), state.written(theirs).namespaces());
        assertEquals(Set.of("pay"), state.deleted(key, "theirs").namespaces());
        assertEquals(Set.of(), state.deleted(key, "theirs").namespaces());
        LivePolicy again = LivePolicies.byOthers(LivePolicies.policy("shop", "theirs"), "kubectl", "again", "22");
        state.written(again);
        assertEquals(Set.of("pay"), state.foundGone(key, "again").touch().namespaces());
        assertEquals(Set.of(), state.foundGone(key, "again").touch().namespaces());
        assertEquals(Set.of("pay", "shop"), state.policyTouch("shop").namespaces());
        assertEquals(
                Set.of(),
                state.written(LivePolicies.of("shop", "bulkhead-new", "new", "23"))
                        .namespaces(),
                "ours");
    }

    @Test
    void theLastPolicyOfANamespaceWithoutAnythingElseLeavesNothingToDo() {
        state.policyGone(BASELINE, "uid");
        state.policyGone(OTHER, "other");
        assertEquals(Set.of(), state.policyTouch("shop").namespaces());
    }

    @Test
    void inANamespaceThatIsBeingDeletedNothingIsWithdrawn() {
        assertTrue(state.lives("shop"));
        state.namespace("shop", Optional.of(terminating("shop")));
        assertFalse(state.lives("shop"));
        state.policyGone(BASELINE, "uid");
        assertFalse(state.pending().isExpected("shop"));
    }

    private void assertExpected() {
        assertTrue(state.pending().isExpected("shop"));
        assertFalse(state.pending().isExpected("pay"));
    }

    private void settle() {
        state.pending().settle("shop", state.pending().latestWake("shop"));
        assertFalse(state.pending().isExpected("shop"));
    }
}
