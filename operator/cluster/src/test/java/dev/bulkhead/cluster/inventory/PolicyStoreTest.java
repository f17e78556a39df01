package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyStoreTest {

    private static final NetworkPolicy.Key KEY = new NetworkPolicy.Key("shop", "bulkhead-baseline");

    private final PolicyStore store = new PolicyStore(OperatorSettings.DEFAULT_NAMESPACE_MEMORY);

    @Test
    void whatWeWroteAndALaterListDoesNotContainIsGone() {
        LivePolicy ours = LivePolicies.baseline("uid", "9");
        store.written(ours);
        assertEquals(List.of(ours), listed("10", Map.of()));
        assertNull(store.get(KEY));
    }

    @Test
    void whatWeWroteAfterTheListStays() {
        store.written(LivePolicies.baseline("uid", "9"));
        assertEquals(List.of(), listed("8", Map.of()));
        assertNotNull(store.get(KEY));
    }

    @Test
    void whatTheListContainsStays() {
        store.written(LivePolicies.baseline("uid", "9"));
        assertEquals(List.of(), listed("10", Map.of(KEY, "uid")));
        assertNotNull(store.get(KEY));
    }

    @Test
    void anObjectOfAnotherUidDoesNotStandForOursWhenItsNamespaceWasMadeAnew() {
        LivePolicy ours = LivePolicies.baseline("uid", "9");
        store.written(ours);
        assertEquals(List.of(ours), listed("10", Map.of(KEY, "another uid")));
    }

    @Test
    void anAnswerThatComesAfterANewerListWithoutTheObjectPutsNothingIn() {
        store.writing(KEY, Optional.of(LivePolicies.policy("shop", "bulkhead-baseline")));
        listed("10", Map.of());
        store.written(LivePolicies.baseline("uid", "9"));
        store.answered(KEY);
        assertNull(store.get(KEY));
    }

    @Test
    void aLateEventOfAnEarlierObjectDoesNotReplaceTheOneThatCameAfterIt() {
        store.observed(LivePolicies.baseline("first", "5"));
        store.written(LivePolicies.baseline("second", "9"));
        assertFalse(store.observed(LivePolicies.baseline("first", "7")));
        assertEquals("second", store.get(KEY).uid());
    }

    @Test
    void whatAnAnswerShowsToBeGoneDoesNotComeBackWithALateEvent() {
        LivePolicy ours = LivePolicies.baseline("uid", "9");
        store.written(ours);
        assertTrue(store.observedGone(KEY, "uid"));
        assertFalse(store.observed(ours));
        assertNull(store.get(KEY));
    }

    @Test
    void whatIsGoneDoesNotComeBackWithAnAnswerThatComesTooLate() {
        store.observed(LivePolicies.baseline("uid", "9"));
        store.observedGone(KEY, "uid");
        store.writing(KEY, Optional.of(LivePolicies.policy("shop", "bulkhead-baseline")));
        store.written(LivePolicies.baseline("uid", "10"));
        store.answered(KEY);
        assertNull(store.get(KEY));
    }

    @Test
    void whatWeDeletedDoesNotComeBackWithALateEvent() {
        LivePolicy ours = LivePolicies.baseline("uid", "9");
        store.written(ours);
        store.deleted(KEY, "uid");
        assertFalse(store.observed(ours));
        assertFalse(store.observedGone(KEY, "uid"), "its echo is no news");
        assertFalse(store.observed(ours), "nor after the echo");
        assertNull(store.get(KEY));
    }

    @Test
    void ourDeletionOfAnEarlierObjectLeavesTheOneThatCameAfterIt() {
        store.observed(LivePolicies.baseline("second", "9"));
        store.deleted(KEY, "first");
        assertNotNull(store.get(KEY));
        store.deleted(new NetworkPolicy.Key("pay", "bulkhead-baseline"), "first");
        assertNotNull(store.get(KEY));
    }

    @Test
    void aDeletionOfOursThatTheWatchShowsBeforeTheAnswerIsNoNews() {
        store.observed(LivePolicies.baseline("uid", "9"));
        store.writing(KEY, Optional.empty());
        assertFalse(store.observedGone(KEY, "uid"));
        assertNull(store.get(KEY));
    }

    @Test
    void aPolicyThatIsGoneWhileWeMeantToChangeItIsNews() {
        store.observed(LivePolicies.baseline("uid", "9"));
        store.writing(KEY, Optional.of(LivePolicies.policy("shop", "bulkhead-baseline")));
        assertTrue(store.observedGone(KEY, "uid"));
    }

    @Test
    void theEndOfAnObjectThatIsNotKnownIsNoNews() {
        assertFalse(store.observedGone(KEY, "uid"));
        store.observed(LivePolicies.baseline("second", "9"));
        assertFalse(store.observedGone(KEY, "first"));
        assertNotNull(store.get(KEY));
    }

    @Test
    void anOlderVersionNeverReplacesANewerOne() {
        store.written(LivePolicies.baseline("uid", "10"));
        assertFalse(store.observed(LivePolicies.baseline("uid", "9")));
        store.written(LivePolicies.baseline("uid", "9"));
        assertEquals("10", store.get(KEY).resourceVersion());
        store.written(LivePolicies.baseline("uid", "11"));
        assertEquals("11", store.get(KEY).resourceVersion());
        store.observed(LivePolicies.baseline("uid", "100"));
        assertEquals("100", store.get(KEY).resourceVersion());
    }

    @Test
    void aVersionThatSaysTheSameIsNoNewsAndIsTakenInAllTheSame() {
        assertTrue(store.observed(LivePolicies.baseline("uid", "9")), "new");
        assertFalse(store.observed(LivePolicies.baseline("uid", "10")));
        assertEquals("10", store.get(KEY).resourceVersion());
        assertTrue(store.observed(LivePolicies.baseline("another", "11")), "another object");
    }

    @Test
    void whatMattersOfAPolicyIsNews() {
        LivePolicy theirs = LivePolicies.byOthers(LivePolicies.policy("shop", "theirs"), "kubectl", "uid", "9");
        assertTrue(store.observed(theirs));
        assertTrue(store.observed(copy(theirs, "10", true, Optional.empty())), "it is offered");
        assertTrue(store.observed(copy(theirs, "11", true, Optional.of("it is broken"))));
        assertFalse(store.observed(copy(theirs, "12", true, Optional.of("it is broken"))));
        assertTrue(store.observed(LivePolicies.of(LivePolicies.policy("shop", "theirs"), "uid", "13")));
    }

    private static LivePolicy copy(LivePolicy live, String version, boolean offered, Optional<String> problem) {
        return new LivePolicy(
                live.policy(),
                live.uid(),
                version,
                live.created(),
                live.annotated(),
                offered,
                live.writer(),
                live.attachments(),
                problem);
    }

    @Test
    void theEchoOfAWriteThatIsNotAnsweredYetIsNewsWhereSomebodyPutSomethingOnIt() {
        LivePolicy ours = LivePolicies.baseline("uid", "9");
        store.writing(KEY, Optional.of(ours.policy()));
        assertFalse(store.observed(ours));
        assertTrue(store.observed(
                LivePolicies.with(new DeletionBlockers(true, false, false), LivePolicies.baseline("uid", "10"))));
    }

    @Test
    void whatIsNotWhatWeMeantToWriteIsNews() {
        store.writing(KEY, Optional.empty());
        assertTrue(store.observed(LivePolicies.baseline("uid", "9")));
        store.answered(KEY);
        store.writing(KEY, Optional.of(LivePolicies.policy("shop", "bulkhead-other")));
        assertTrue(store.observed(LivePolicies.baseline("another", "10")));
    }

    @Test
    void aListOfOnePartSaysNothingOfTheOther() {
        store.observed(LivePolicies.baseline("uid", "9"));
        LivePolicy theirs = LivePolicies.byOthers(LivePolicies.policy("shop", "theirs"), "kubectl", "their uid", "9");
        store.observed(theirs);
        assertEquals(1, store.listed("10", ListScope.OURS, (key, uid) -> false).size());
        assertNotNull(store.get(theirs.policy().key()));

        store.observed(LivePolicies.baseline("another", "11"));
        assertEquals(List.of(), store.listedIn("pay", "12", (key, uid) -> false));
        assertNotNull(store.get(KEY));
        assertEquals(2, store.listedIn("shop", "12", (key, uid) -> false).size());
        assertNull(store.get(KEY));
    }

    /** As a create that is refused finds it where the watch is behind: without it the create would be tried for ever. */
    @Test
    void aPolicyByOthersThatAWriteFindsIsKnownThoughANewerListOfOursLacksIt() {
        store.listed("10", ListScope.OURS, (key, uid) -> false);
        LivePolicy theirs =
                LivePolicies.byOthers(LivePolicies.policy("shop", "bulkhead-x"), "kubectl", "their uid", "9");
        store.written(theirs);
        assertEquals(theirs, store.get(theirs.policy().key()));

        store.written(LivePolicies.baseline("uid", "9"));
        assertNull(store.get(KEY), "ours would be in that list");
    }

    @Test
    void whatAListLacksWhileWeDeleteItIsNoNews() {
        store.observed(LivePolicies.baseline("uid", "9"));
        store.writing(KEY, Optional.empty());
        assertEquals(List.of(), listed("10", Map.of()));
        assertNull(store.get(KEY));
    }

    @Test
    void anOlderListDoesNotMakeUsForgetANewerOne() {
        listed("10", Map.of());
        listed("8", Map.of());
        store.written(LivePolicies.baseline("uid", "9"));
        assertNull(store.get(KEY));
        store.written(LivePolicies.baseline("another", "11"));
        assertNotNull(store.get(KEY));
    }

    @Test
    void aListThatIsAsNewAsTheAnswerCountsAndLeavesAnObjectThatIsKnown() {
        store.observed(LivePolicies.baseline("uid", "9"));
        listed("12", Map.of(KEY, "uid"));
        store.written(LivePolicies.baseline("uid", "11"));
        assertEquals("11", store.get(KEY).resourceVersion());
        store.written(LivePolicies.baseline("another", "12"));
        assertEquals("uid", store.get(KEY).uid());
    }

    @Test
    void policiesAreListedByNamespaceForAsLongAsThereAreAny() {
        store.observed(LivePolicies.baseline("uid", "9"));
        store.observed(LivePolicies.of("shop", "bulkhead-other", "other", "9"));
        store.observed(LivePolicies.of("pay", "bulkhead-baseline", "elsewhere", "9"));
        Map<String, ?> before = store.copy();
        assertEquals(Set.of("shop", "pay"), before.keySet());
        assertEquals(
                Set.of("bulkhead-baseline", "bulkhead-other"),
                store.copy().get("shop").keySet());
        store.observedGone(KEY, "uid");
        assertEquals(Set.of("bulkhead-other"), store.copy().get("shop").keySet());
        assertSame(before.get("pay"), store.copy().get("pay"));
        assertTrue(store.hasAny("shop"));
        store.observedGone(new NetworkPolicy.Key("shop", "bulkhead-other"), "other");
        assertEquals(Set.of("pay"), store.copy().keySet());
        assertFalse(store.hasAny("shop"));
    }

    @Test
    void theLatestVersionIsTheHighestThatAnythingHad() {
        assertEquals("", store.known().latest());
        store.observed(LivePolicies.baseline("uid", "10"));
        store.observed(LivePolicies.of("pay", "bulkhead-baseline", "elsewhere", "9"));
        assertEquals("10", store.known().latest());
        store.observedGone(KEY, "uid");
        assertEquals("10", store.known().latest());
        store.versionsWentBack();
        assertEquals("", store.known().latest());
    }

    @Test
    void afterVersionsWentBackAnAnswerIsOlderThanNoList() {
        listed("900", Map.of());
        store.versionsWentBack();
        store.written(LivePolicies.baseline("uid", "50"));
        assertNotNull(store.get(KEY));
    }

    @Test
    void afterVersionsWentBackWhatIsListedIsTakenAsItIs() {
        store.observed(LivePolicies.baseline("uid", "900"));
        store.observed(LivePolicies.of("shop", "bulkhead-other", "lost", "901"));
        store.written(LivePolicies.of("shop", "bulkhead-deleted", "restored", "902"));
        store.deleted(new NetworkPolicy.Key("shop", "bulkhead-deleted"), "restored");
        store.versionsWentBack();

        assertTrue(store.observed(LivePolicies.of("shop", "bulkhead-deleted", "restored", "50")));
        store.observed(LivePolicies.baseline("uid", "60"));
        assertEquals("60", store.get(KEY).resourceVersion());
        assertEquals(
                List.of("bulkhead-other"),
                listed("70", Map.of(KEY, "uid", new NetworkPolicy.Key("shop", "bulkhead-deleted"), "restored")).stream()
                        .map(gone -> gone.policy().key().name())
                        .toList());
        store.written(LivePolicies.baseline("uid", "71"));
        assertFalse(store.observed(LivePolicies.baseline("uid", "60")), "versions count again");
    }

    @Test
    void aFinalizerOnAPolicyOfOursIsNews() {
        LivePolicy ours = LivePolicies.baseline("uid", "9");
        store.observed(ours);
        assertTrue(store.observed(
                LivePolicies.with(new DeletionBlockers(true, false, false), LivePolicies.baseline("uid", "10"))));
        assertFalse(store.get(KEY).isTidy());
    }

    private List<LivePolicy> listed(String version, Map<NetworkPolicy.Key, String> uids) {
        return store.listed(version, ListScope.EVERYBODY, (key, uid) -> uid.equals(uids.get(key)));
    }

    @Test
    void aPolicyByOthersForWhichThereIsNoRoomCannotBeRead() {
        NetworkPolicy theirs = LivePolicies.policy("shop", "theirs");
        LivePolicy first = LivePolicies.byOthers(theirs, "kubectl", "one", "1");
        PolicyStore small = new PolicyStore(MemoryWeights.policy(first.policy()));
        assertTrue(small.observed(first));
        LivePolicy second = LivePolicies.byOthers(LivePolicies.policy("shop", "others"), "kubectl", "two", "2");
        assertTrue(small.observed(second));
        LivePolicy kept = small.get(second.policy().key());
        assertEquals(Optional.of("there is no room for it in memory"), kept.problem());
        assertTrue(Marker.isUnreadable(kept.policy().annotations()));
        assertFalse(small.observed(LivePolicies.byOthers(second.policy(), "kubectl", "two", "3")), "no news");
        assertEquals(Set.of(), small.kindsWithRoom());

        small.observedGone(theirs.key(), "one");
        assertEquals(Set.of("NetworkPolicy"), small.kindsWithRoom());
        assertTrue(small.observed(LivePolicies.byOthers(second.policy(), "kubectl", "two", "4")));
        assertEquals(Optional.empty(), small.get(second.policy().key()).problem());
    }

    /** They are bounded by what they are for; and one that was held to be unreadable would be written again and again. */
    @Test
    void ourOwnPoliciesAlwaysHaveRoom() {
        PolicyStore small = new PolicyStore(1);
        small.written(LivePolicies.baseline("uid", "9"));
        assertEquals(Optional.empty(), small.get(KEY).problem());
    }
}
