package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeclarationStoreTest {

    private final DeclarationStore<String, String> store = new DeclarationStore<>();

    @Test
    void anObjectThatDecodesMeansWhatItSays() {
        assertTrue(store.isEmpty());
        assertTrue(store.seen("a", Sightings.of("first", 1)));
        assertFalse(store.isEmpty());
        assertEquals(Optional.of("first"), store.meaning("a"));
        assertEquals(Map.of("a", "first"), store.meanings());
        assertEquals(Map.of("a", Sightings.revision(1)), store.revisions());
        assertEquals(Map.of(), store.rejections());
    }

    @Test
    void anotherGenerationOrAnotherObjectIsNewsAndTheSameOneIsNone() {
        store.seen("a", Sightings.of("first", 1));
        assertFalse(store.seen("a", Sightings.of("first", 1)));
        assertTrue(store.seen("a", Sightings.of("second", 2)));
        assertEquals(Optional.of("second"), store.meaning("a"));
        assertTrue(store.seen(
                "a",
                new DecodedObject<>(
                        Optional.of("third"),
                        "",
                        new LiveStatus<>(new Revision("another uid", 2), Optional.empty(), "9"),
                        /* weight= */ 0)));
        assertEquals(Optional.of("third"), store.meaning("a"));
    }

    @Test
    void oneThatDecodesNoMoreKeepsItsMeaning() {
        store.seen("a", Sightings.of("first", 1));
        assertTrue(store.seen("a", Sightings.broken("it is broken", 2)));
        assertEquals(Optional.of("first"), store.meaning("a"));
        assertEquals(Map.of(), store.revisions(), "it is not the meaning of this state");
        assertEquals(
                Map.of("a", new Rejection(Optional.of(Sightings.revision(2)), "it is broken", true)),
                store.rejections());
        assertFalse(store.seen("a", Sightings.broken("it is broken", 2)), "known");
        assertTrue(store.seen("a", Sightings.broken("it is broken elsewhere", 3)));

        assertTrue(store.seen("a", Sightings.of("mended", 4)));
        assertEquals(Optional.of("mended"), store.meaning("a"));
        assertEquals(Map.of(), store.rejections());
        assertEquals(Map.of("a", Sightings.revision(4)), store.revisions());
    }

    @Test
    void oneThatIsBeingDeletedMeansNothingAnyMore() {
        store.seen("a", Sightings.of("first", 1, Optional.of("said"), "9"));
        LiveStatus<String> ending = Sightings.live(2, Optional.of("said"), "10");
        assertTrue(store.withdrawnSeen("a", ending));
        assertEquals(Map.of(), store.meanings());
        assertEquals(Map.of(), store.revisions());
        assertEquals(Map.of("a", Sightings.revision(2)), store.withdrawn());
        assertEquals(Optional.of(ending), store.status("a"), "there is somewhere to say so");
        assertFalse(store.isEmpty(), "it is there");
        assertFalse(store.isLost("a"));

        assertFalse(store.withdrawnSeen("a", ending), "known");
        store.gone("a");
        assertEquals(Map.of(), store.withdrawn());
        assertTrue(store.isEmpty());
    }

    @Test
    void oneThatIsBeingDeletedNeedsNotDecode() {
        store.seen("a", Sightings.broken("it is broken", 1));
        assertTrue(store.withdrawnSeen("a", Sightings.live(2, Optional.empty(), "10")));
        assertEquals(Map.of(), store.rejections());
    }

    @Test
    void anotherObjectInPlaceOfOneThatWasBeingDeletedMeansWhatItSays() {
        store.withdrawnSeen("a", Sightings.live(2, Optional.empty(), "10"));
        assertTrue(store.seen("a", Sightings.of("second", 1)));
        assertEquals(Map.of("a", "second"), store.meanings());
        assertEquals(Map.of(), store.withdrawn());
    }

    @Test
    void ofOneThatNeverDecodedNobodyKnowsWhatItMeans() {
        assertTrue(store.seen("a", Sightings.broken("it is broken", 1)));
        assertEquals(Optional.empty(), store.meaning("a"));
        assertFalse(store.rejections().get("a").meaningKept());
        assertFalse(store.isEmpty(), "it is there");
    }

    @Test
    void oneThatComesToDecodeWithoutAChangeIsNews() {
        store.seen("a", Sightings.broken("nobody knows this field", 1));
        assertTrue(store.seen("a", Sightings.of("known by now", 1)));
        assertEquals(Optional.of("known by now"), store.meaning("a"));
    }

    @Test
    void ofOneThatIsGoneNothingIsKept() {
        store.seen("a", Sightings.of("first", 1, Optional.of("said"), "9"));
        store.seen("b", Sightings.broken("it is broken", 1));
        store.gone("a");
        store.gone("b");
        assertTrue(store.isEmpty());
        assertEquals(Map.of(), store.meanings());
        assertEquals(Map.of(), store.revisions());
        assertEquals(Map.of(), store.rejections());
        assertEquals(Optional.empty(), store.status("a"));
        assertFalse(store.isLost("a"));
        assertTrue(store.seen("a", Sightings.of("first", 1)), "it is there again");
    }

    @Test
    void oneThatIsLostStaysInForceWithoutBeingThere() {
        store.seen("a", Sightings.of("first", 1, Optional.of("said"), "9"));
        assertFalse(store.isLost("a"));
        store.lost("a");
        assertTrue(store.isLost("a"));
        assertEquals(Map.of("a", "first"), store.meanings());
        assertEquals(Map.of(), store.revisions());
        assertEquals(Optional.empty(), store.status("a"));

        assertTrue(store.seen("a", Sightings.of("second", 1)), "it is there again");
        assertFalse(store.isLost("a"));
        assertEquals(Map.of("a", "second"), store.meanings());
    }

    @Test
    void oneThatIsLostWhileItDoesNotDecodeKeepsItsMeaningAndIsNoLongerRejected() {
        store.seen("a", Sightings.of("first", 1));
        store.seen("a", Sightings.broken("it is broken", 2));
        store.lost("a");
        assertTrue(store.isLost("a"));
        assertEquals(Map.of("a", "first"), store.meanings());
        assertEquals(Map.of(), store.rejections());
    }

    @Test
    void oneThatIsLostAndNeverDecodedStaysRejected() {
        store.seen("a", Sightings.broken("it is broken", 1));
        store.lost("a");
        assertTrue(store.isLost("a"));
        assertEquals(Map.of("a", new Rejection(Optional.empty(), "it is broken", false)), store.rejections());
    }

    @Test
    void whatWasNeverThereIsNotLost() {
        store.lost("a");
        assertFalse(store.isLost("a"));
        assertEquals(Map.of(), store.rejections());
    }

    @Test
    void statusesAreListedWhereThereAreAny() {
        store.seen("a", Sightings.of("first", 1, Optional.of("said"), "9"));
        store.seen("b", Sightings.of("first", 1));
        assertEquals(List.of("said"), store.statuses());
        assertEquals(Map.of("a", "said"), store.statusesByName());
        assertEquals(
                Sightings.live(1, Optional.of("said"), "9"), store.status("a").orElseThrow());
    }

    @Test
    void aStatusThatSomebodyElseWritesIsNews() {
        weWrote("ours", "10");
        assertFalse(store.seen("a", Sightings.of("first", 1, Optional.of("ours"), "10")));
        assertTrue(store.seen("a", Sightings.of("first", 1, Optional.of("theirs"), "11")));
        assertEquals("theirs", said());
    }

    @Test
    void aStatusOfWhichWeNeverSaidAnythingIsNoNews() {
        store.seen("a", Sightings.of("first", 1, Optional.of("theirs"), "9"));
        assertFalse(store.seen("a", Sightings.of("first", 1, Optional.of("another's"), "10")));
        assertEquals("another's", said());
    }

    /** An object that does not decode has a status, too, and it is the only place where its owner reads why. */
    @Test
    void aStatusThatSomebodyElseWritesIsNewsWhereTheObjectIsRejectedAsWell() {
        store.seen("a", Sightings.broken("it is broken", 1));
        store.statusMeant("a", "rejected");
        store.statusWritten("a", Sightings.live(1, Optional.of("rejected"), "10"));
        assertFalse(store.seen("a", Sightings.broken("it is broken", 1, Optional.of("rejected"), "10")));
        assertTrue(store.seen("a", Sightings.broken("it is broken", 1, Optional.of("accepted"), "11")));
    }

    @Test
    void theEchoOfAnEarlierWriteDoesNotReplaceALaterOne() {
        weWrote("one", "10");
        weWrote("two", "11");
        assertFalse(store.seen("a", Sightings.of("first", 1, Optional.of("one"), "10")));
        assertEquals("two", said());
        assertFalse(store.seen("a", Sightings.of("first", 1, Optional.of("two"), "11")));
        assertEquals("two", said());
    }

    /** What was listed at first may be old: then we write on, and only the events that follow show what was there already. */
    @Test
    void aWriteOfOursThatReplacedWhatTheObjectIsToSayIsNews() {
        weWrote("of an old spec", "20");
        store.seen("a", Sightings.of("second", 2, Optional.of("of the new spec"), "19"));
        store.statusMeant("a", "of the new spec");
        assertTrue(store.seen("a", Sightings.of("second", 2, Optional.of("of an old spec"), "20")));
        assertEquals("of an old spec", said());
    }

    /** Else a backup would leave it as it was then: it is a write of ours, and yet what is there now. */
    @Test
    void anEarlierStatusOfOursThatIsBackAfterALaterOneWasSeenIsNews() {
        weWrote("one", "10");
        weWrote("two", "11");
        assertFalse(store.seen("a", Sightings.of("first", 1, Optional.of("two"), "11")));
        assertTrue(store.seen("a", Sightings.of("first", 1, Optional.of("one"), "10")));
        assertEquals("one", said());
    }

    @Test
    void soIsOneThatIsBackAfterTheEchoOfALaterOneCameBeforeItsAnswer() {
        weWrote("one", "10");
        store.statusMeant("a", "two");
        assertFalse(store.seen("a", Sightings.of("first", 1, Optional.of("two"), "11")));
        store.statusWritten("a", Sightings.live(1, Optional.of("two"), "11"));
        assertTrue(store.seen("a", Sightings.of("first", 1, Optional.of("one"), "10")));
        assertEquals("one", said());
    }

    @Test
    void anyStatusOfOursIsNewsOnceVersionsWentBackUnlessItSaysWhatItIsToSay() {
        weWrote("one", "10");
        weWrote("two", "11");
        store.versionsWentBack();
        assertTrue(store.seen("a", Sightings.of("first", 1, Optional.of("one"), "10")));
        assertFalse(store.seen("a", Sightings.of("first", 1, Optional.of("two"), "8")));
        assertEquals("two", said());
    }

    /** Though it is a write of ours, and though nobody has shown the later one. */
    @Test
    void anEchoThatNoLaterOneFollowsForMinutesIsNone() {
        weWrote("one", "10");
        weWrote("two", "11");
        store.seen("a", Sightings.of("first", 1, Optional.of("one"), "10"));
        assertEquals(Set.of(), store.settleEchoes());
        assertEquals("two", said());
        assertEquals(Set.of("a"), store.settleEchoes());
        assertEquals("one", said());
        weWrote("two", "13");
        assertFalse(store.seen("a", Sightings.of("first", 1, Optional.of("two"), "13")));
        assertEquals(Set.of(), store.settleEchoes());
        assertEquals("two", said());
    }

    @Test
    void anEchoThatALaterOneFollowsIsOne() {
        weWrote("one", "10");
        weWrote("two", "11");
        store.seen("a", Sightings.of("first", 1, Optional.of("one"), "10"));
        assertEquals(Set.of(), store.settleEchoes());
        store.seen("a", Sightings.of("first", 1, Optional.of("two"), "11"));
        assertEquals(Set.of(), store.settleEchoes());
        assertEquals("two", said());
    }

    /** The backup that is restored may be from before any write of ours, so that the watch shows no echo at all. */
    @Test
    void aWriteOfOursThatIsNotShownForMinutesIsGone() {
        store.seen("a", Sightings.of("first", 1, Optional.of("before"), "9"));
        store.settleEchoes();
        store.statusMeant("a", "ours");
        store.statusWritten("a", Sightings.live(1, Optional.of("ours"), "10"));
        assertEquals(Set.of(), store.settleEchoes());
        assertEquals("ours", said());
        assertEquals(Set.of("a"), store.settleEchoes());
        assertEquals("before", said());
    }

    @Test
    void aWriteOfOursThatIsShownBeforeOrAfterItsAnswerStays() {
        weWrote("ours", "10");
        assertFalse(store.seen("a", Sightings.of("first", 1, Optional.of("ours"), "10")));
        store.statusMeant("a", "ours too");
        assertFalse(store.seen("a", Sightings.of("first", 1, Optional.of("ours too"), "11")));
        store.statusWritten("a", Sightings.live(1, Optional.of("ours too"), "11"));
        for (int i = 0; i < 3; i++) {
            assertEquals(Set.of(), store.settleEchoes());
        }
        assertEquals("ours too", said());
    }

    @Test
    void ofAnObjectThatIsGoneMeanwhileNothingComesBack() {
        weWrote("one", "10");
        weWrote("two", "11");
        store.seen("a", Sightings.of("first", 1, Optional.of("one"), "10"));
        store.settleEchoes();
        store.gone("a");
        assertEquals(Set.of(), store.settleEchoes());
        assertTrue(store.isEmpty());
    }

    /** A write that changes nothing is answered with the version that is there. */
    @Test
    void anAnswerThatIsOlderThanTheOneBeforeShowsThatVersionsWentBack() {
        weWrote("one", "10");
        weWrote("two", "11");
        weWrote("one", "10");
        assertEquals("one", said());
        assertFalse(store.seen("a", Sightings.of("first", 1, Optional.of("one"), "10")));
        assertEquals("one", said());
    }

    @Test
    void theEchoMayComeBeforeTheAnswer() {
        store.seen("a", Sightings.of("first", 1));
        store.statusMeant("a", "ours");
        assertFalse(store.seen("a", Sightings.of("first", 1, Optional.of("ours"), "10")));
        store.statusWritten("a", Sightings.live(1, Optional.of("ours"), "10"));
        assertEquals("ours", said());
    }

    @Test
    void anAnswerDoesNotReplaceWhatIsNewer() {
        store.seen("a", Sightings.of("first", 1));
        store.statusMeant("a", "ours");
        store.seen("a", Sightings.of("first", 1, Optional.of("theirs"), "12"));
        store.statusWritten("a", Sightings.live(1, Optional.of("ours"), "11"));
        assertEquals("theirs", said());
    }

    @Test
    void anAnswerThatIsOfAnotherStateOfTheObjectChangesNothing() {
        store.seen("a", Sightings.of("first", 1));
        store.seen("a", Sightings.of("second", 2, Optional.of("theirs"), "12"));
        store.statusWritten("a", Sightings.live(1, Optional.of("ours"), "13"));
        assertEquals("theirs", said());
    }

    private void weWrote(String status, String version) {
        if (store.isEmpty()) {
            store.seen("a", Sightings.of("first", 1));
        }
        store.statusMeant("a", status);
        store.statusWritten("a", Sightings.live(1, Optional.of(status), version));
    }

    private String said() {
        return store.status("a").orElseThrow().status().orElseThrow();
    }
}
