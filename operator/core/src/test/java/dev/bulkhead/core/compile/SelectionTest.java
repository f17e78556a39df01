package dev.bulkhead.core.compile;

import static dev.bulkhead.core.compile.Selection.Match.BY_PODS;
import static dev.bulkhead.core.compile.Selection.Match.BY_SELECTORS;
import static dev.bulkhead.core.compile.Selection.Match.NONE;
import static dev.bulkhead.core.compile.SmallTown.pod;
import static dev.bulkhead.core.compile.SmallTown.stamped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PodClass;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When two references are taken to mean the same pods. */
class SelectionTest {

    private static final Selection ACCOUNT = new Selection(Identity.selector("checkout"), Selection.Basis.STAMP);
    private static final Selection APP = labels("app", "checkout");
    private static final Selection FRONT = labels("tier", "front");

    private static final PodClass CHECKOUT = stamped("checkout");
    private static final PodClass BATCH = pod("checkout", Map.of("app", "batch", Identity.LABEL, "checkout"));
    private static final PodClass IMPOSTOR = pod("other", Map.of("app", "checkout", Identity.LABEL, "other"));

    private static Selection labels(String key, String value) {
        return new Selection(LabelSelector.label(key, value), Selection.Basis.LABELS);
    }

    private static SelectedPods there(PodClass... pods) {
        return new SelectedPods(
                new SmallTown().with("shop", pods).world().namespaces().get("shop"));
    }

    @Test
    void whatASelectorImpliesLiesWithinItWhateverPodsThereAre() {
        Selection both = new Selection(APP.selector().and(FRONT.selector()), Selection.Basis.LABELS);

        assertEquals(BY_SELECTORS, both.within(APP, there()));
        assertEquals(BY_SELECTORS, ACCOUNT.within(Selection.all(), there(CHECKOUT, IMPOSTOR)));
        assertEquals(BY_SELECTORS, ACCOUNT.within(ACCOUNT, there()));
        assertEquals(NONE, APP.within(both, there()));
    }

    @Test
    void podsDecideNothingBetweenTwoReferencesOfOneKind() {
        PodClass front = pod("checkout", Map.of("app", "checkout", "tier", "front"));

        assertEquals(NONE, APP.within(FRONT, there(front)));
        assertEquals(NONE, Selection.all().within(APP, there(CHECKOUT)));
        assertEquals(NONE, Selection.all().within(ACCOUNT, there(CHECKOUT)));
    }

    @Test
    void aServiceAccountLiesWithinLabelsWhereAllItsPodsHaveThem() {
        assertEquals(BY_PODS, ACCOUNT.within(APP, there(CHECKOUT)));
        assertEquals(BY_PODS, ACCOUNT.within(APP, there(CHECKOUT, IMPOSTOR)));
        assertEquals(BY_PODS, APP.within(ACCOUNT, there(CHECKOUT, BATCH)));
    }

    @Test
    void onePodThatDoesNotMatchOrNoPodsAtAllAreNoConsent() {
        assertEquals(NONE, ACCOUNT.within(APP, there(CHECKOUT, BATCH)));
        assertEquals(NONE, APP.within(ACCOUNT, there(CHECKOUT, IMPOSTOR)));
        assertEquals(NONE, ACCOUNT.within(APP, there()));
        assertEquals(NONE, ACCOUNT.within(APP, there(IMPOSTOR)));
    }

    @Test
    void ofTwoThatAreComparedEitherMayBeTheNarrower() {
        assertEquals(BY_PODS, ACCOUNT.comparedWith(APP, there(CHECKOUT, BATCH)));
        assertEquals(BY_PODS, ACCOUNT.comparedWith(APP, there(CHECKOUT, IMPOSTOR)));
        assertEquals(BY_SELECTORS, Selection.all().comparedWith(APP, there()));
        assertEquals(NONE, ACCOUNT.comparedWith(APP, there(CHECKOUT, BATCH, IMPOSTOR)));
        assertEquals(NONE, ACCOUNT.comparedWith(APP, there()));
    }

    @Test
    void twoMeetInAPodThatBothSelect() {
        assertTrue(ACCOUNT.meets(APP, there(CHECKOUT, BATCH, IMPOSTOR)));
        assertFalse(ACCOUNT.meets(APP, there(BATCH, IMPOSTOR)));
        assertFalse(ACCOUNT.meets(APP, there()));
    }

    @Test
    void theWeakerGroundCountsWhereBothAreNeededAndTheStrongerWhereOneIs() {
        assertEquals(BY_PODS, BY_SELECTORS.and(BY_PODS));
        assertEquals(NONE, NONE.and(BY_SELECTORS));
        assertEquals(BY_SELECTORS, BY_PODS.or(BY_SELECTORS));
        assertEquals(BY_PODS, BY_PODS.or(NONE));
    }
}
