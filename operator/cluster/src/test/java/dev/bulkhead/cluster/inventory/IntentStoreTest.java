package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.NamespaceIntents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntentStoreTest {

    private static final DeclaredIntent CHECKOUT = Sightings.intent("shop", "checkout", "pay");
    private static final DeclaredIntent.Key KEY = CHECKOUT.key();

    private final IntentStore store = new IntentStore(OperatorSettings.DEFAULT_NAMESPACE_MEMORY);

    @Test
    void anIntentIsDeclaredInItsNamespace() {
        assertTrue(store.seen(KEY, Sightings.of(CHECKOUT, 1)));
        assertFalse(store.seen(KEY, Sightings.of(CHECKOUT, 1)));
        assertEquals(Optional.of(CHECKOUT), store.meaning(KEY));
        assertTrue(store.hasAny("shop"));
        assertEquals(Map.of("shop", NamespaceIntents.of(List.of(CHECKOUT))), store.intents());
        assertEquals(
                Map.of("checkout", Sightings.revision(1)),
                store.declared().get("shop").revisions());
    }

    @Test
    void ofAnotherNamespaceItSaysNothing() {
        store.seen(KEY, Sightings.of(CHECKOUT, 1));
        DeclaredIntent.Key elsewhere = new DeclaredIntent.Key("pay", "checkout");
        assertEquals(Optional.empty(), store.meaning(elsewhere));
        assertEquals(Optional.empty(), store.status(elsewhere));
        assertFalse(store.isUnknown(elsewhere));
        assertFalse(store.hasAny("pay"));
        store.gone(elsewhere);
        store.statusMeant(elsewhere, Sightings.status("1/1"));
        store.statusWritten(elsewhere, Sightings.live(1, Optional.of(Sightings.status("1/1")), "10"));
        assertFalse(store.hasAny("pay"));
        assertEquals(Set.of("shop"), store.declared().keySet());
    }

    @Test
    void oneThatNeverDecodedIsUnknownAndOneThatOnceDidIsNot() {
        store.seen(KEY, Sightings.broken("it is broken", 1));
        assertTrue(store.isUnknown(KEY));
        assertTrue(store.hasAny("shop"));
        assertEquals(
                Set.of("checkout"), store.declared().get("shop").rejections().keySet());
        store.seen(KEY, Sightings.of(CHECKOUT, 2));
        assertFalse(store.isUnknown(KEY));
        store.seen(KEY, Sightings.broken("it is broken", 3));
        assertFalse(store.isUnknown(KEY));
        assertEquals(Optional.of(CHECKOUT), store.meaning(KEY));
    }

    @Test
    void aNamespaceIsListedUntilItsLastIntentGoes() {
        DeclaredIntent other = Sightings.intent("shop", "other", "cache");
        store.seen(KEY, Sightings.of(CHECKOUT, 1));
        store.seen(other.key(), Sightings.of(other, 1));
        store.gone(KEY);
        assertTrue(store.hasAny("shop"));
        assertEquals(Map.of("shop", NamespaceIntents.of(List.of(other))), store.intents());
        assertEquals(Set.of("other"), store.declared().get("shop").revisions().keySet());
        store.gone(other.key());
        assertFalse(store.hasAny("shop"));
        assertEquals(Map.of(), store.intents());
        assertEquals(Map.of(), store.declared());
    }

    @Test
    void whatDidNotChangeIsSharedWithTheAnswerBefore() {
        store.seen(KEY, Sightings.of(CHECKOUT, 1));
        Map<String, NamespaceDeclarations> before = store.declared();
        store.seen(KEY, Sightings.of(CHECKOUT, 1, Optional.of(Sightings.status("1/1")), "10"));
        assertSame(before, store.declared());
        DeclaredIntent elsewhere = Sightings.intent("pay", "any", "cache");
        store.seen(elsewhere.key(), Sightings.of(elsewhere, 1));
        assertSame(before.get("shop"), store.declared().get("shop"));
    }

    @Test
    void statusesAreListedByNamespace() {
        DeclaredIntent elsewhere = Sightings.intent("pay", "any", "cache");
        store.seen(KEY, Sightings.of(CHECKOUT, 1, Optional.of(Sightings.status("1/1")), "10"));
        store.seen(elsewhere.key(), Sightings.of(elsewhere, 1));
        assertEquals(
                Map.of("shop", List.of(Sightings.status("1/1"))),
                store.statuses().asMap());
        assertEquals(
                Map.of("shop", Map.of("checkout", Sightings.status("1/1")), "pay", Map.of()), store.statusesByName());
    }

    @Test
    void aStatusThatWasWrittenIsKnownBeforeTheWatchShowsIt() {
        store.seen(KEY, Sightings.of(CHECKOUT, 1));
        store.statusMeant(KEY, Sightings.status("1/1"));
        store.statusWritten(KEY, Sightings.live(1, Optional.of(Sightings.status("1/1")), "10"));
        assertEquals(
                Optional.of(Sightings.status("1/1")),
                store.status(KEY).orElseThrow().status());
        assertTrue(
                store.seen(KEY, Sightings.of(CHECKOUT, 1, Optional.of(Sightings.status("9/9")), "11")),
                "somebody else's");
    }

    @Test
    void oneForWhichThereIsNoRoomIsRejectedUntilOthersAreGone() {
        IntentStore small = new IntentStore(100);
        DeclaredIntent other = Sightings.intent("shop", "cart", "pay");
        assertTrue(small.seen(KEY, heavy(CHECKOUT, 60)));
        assertTrue(small.seen(other.key(), heavy(other, 60)));
        assertTrue(small.isUnknown(other.key()));
        assertTrue(
                small.declared().get("shop").rejections().get("cart").message().contains("memory"));
        assertEquals(Set.of(), small.kindsWithRoom());

        small.gone(KEY);
        assertEquals(Set.of("AccessIntent"), small.kindsWithRoom());
        assertTrue(small.seen(other.key(), heavy(other, 60)), "shown again, it is understood");
        assertEquals(Optional.of(other), small.meaning(other.key()));
    }

    @Test
    void oneThatIsBeingDeletedLeavesItsRoomToOthers() {
        IntentStore small = new IntentStore(100);
        DeclaredIntent other = Sightings.intent("shop", "cart", "pay");
        small.seen(KEY, heavy(CHECKOUT, 60));
        small.seen(other.key(), heavy(other, 60));
        assertTrue(small.withdrawnSeen(KEY, Sightings.live(2, Optional.empty(), "10")));
        assertEquals(Optional.empty(), small.meaning(KEY));
        assertEquals(
                Set.of("checkout"), small.declared().get("shop").withdrawn().keySet());
        assertEquals(Set.of("AccessIntent"), small.kindsWithRoom());
        assertTrue(small.seen(other.key(), heavy(other, 60)), "shown again, it is understood");
    }

    @Test
    void oneThatGrowsTooLargeKeepsItsMeaningWhichGoesOnToTakeItsRoom() {
        IntentStore small = new IntentStore(100);
        small.seen(KEY, heavy(CHECKOUT, 60));
        small.seen(KEY, new DecodedObject<>(Optional.of(CHECKOUT), "", Sightings.live(2, Optional.empty(), "10"), 101));
        assertFalse(small.isUnknown(KEY));
        assertEquals(Optional.of(CHECKOUT), small.meaning(KEY));
        assertEquals(
                Set.of("checkout"), small.declared().get("shop").rejections().keySet());
        DeclaredIntent other = Sightings.intent("shop", "cart", "pay");
        small.seen(other.key(), heavy(other, 41));
        assertTrue(small.isUnknown(other.key()));
        small.seen(other.key(), heavy(other, 40));
        assertEquals(Optional.of(other), small.meaning(other.key()));
    }

    @Test
    void whatOneNamespaceTakesIsNotTakenFromAnother() {
        IntentStore small = new IntentStore(100);
        DeclaredIntent elsewhere = Sightings.intent("pay", "checkout", "shop");
        small.seen(KEY, heavy(CHECKOUT, 100));
        assertTrue(small.seen(elsewhere.key(), heavy(elsewhere, 100)));
        assertEquals(Optional.of(elsewhere), small.meaning(elsewhere.key()));
    }

    private static DecodedObject<DeclaredIntent, AccessIntentStatus> heavy(DeclaredIntent intent, long weight) {
        return new DecodedObject<>(Optional.of(intent), "", Sightings.live(1, Optional.empty(), "9"), weight);
    }
}
