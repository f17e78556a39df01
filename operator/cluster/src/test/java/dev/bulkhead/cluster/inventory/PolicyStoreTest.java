package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyStoreTest {

    private static final NetworkPolicy.Key KEY = new NetworkPolicy.Key("shop", "bulkhead-baseline");

    private final PolicyStore store = new PolicyStore();

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
        assertTrue(store.foundGone(KEY, "uid"));
        assertFalse(store.observed(ours));
        assertNull(store.get(KEY));
    }

    @Test
    void whatIsDeletedWhileAListIsReadDoesNotComeBackWithTheList() {
        LivePolicy ours = LivePolicies.baseline("uid", "9");
        store.written(ours);
        store.observedGone(KEY, "uid");
        assertFalse(store.observed(ours));
        assertNull(store.get(KEY));
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
                LivePolicies.with(new Attachments(true, false, false), LivePolicies.baseline("uid", "10"))));
        assertFalse(store.get(KEY).isTidy());
    }

    private List<LivePolicy> listed(String version, Map<NetworkPolicy.Key, String> uids) {
        return store.listed(version, policy -> true, (key, uid) -> uid.equals(uids.get(key)));
    }
}
