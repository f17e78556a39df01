package dev.bulkhead.app.console;

import static dev.bulkhead.app.browser.Browser.hook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.browser.Browser;
import dev.bulkhead.app.browser.InBrowser;
import dev.bulkhead.cluster.inventory.LiveView;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the overview shows before anything is enforced. */
@InBrowser
class DayZeroTest {

    private final Browser browser;
    private final ShownCluster shown;

    DayZeroTest(Browser browser) {
        this.browser = browser;
        this.shown = new ShownCluster(browser);
        shown.admit("app-team", "ns-1");
    }

    @AfterEach
    void close() {
        shown.close();
    }

    private void show(LiveView view, String token) {
        shown.serve(view, SignIn.BY_FORM_OR_LINK);
        browser.get(shown.address() + "/#/sign-in?token=" + token);
        browser.find(hook("totals"));
    }

    @Test
    void withoutASegmentItSaysThatNothingIsEnforcedAndWhatToBeginWith() {
        show(LargeClusterTest.withoutSegments(2), "platform");
        String said = browser.text(hook("unprotected"));
        assertTrue(said.contains("0 of 2 namespaces with workloads"), said);
        assertTrue(said.contains("80 workloads can reach"), said);
        String yaml = browser.text(hook("first-segment"));
        assertTrue(yaml.contains("kind: Segment"), yaml);
        assertTrue(yaml.contains("namespaces: [ns-0]"), yaml);
        assertEquals(List.of("ns-0", "ns-1"), browser.attributes(hook("namespace-row"), "data-name"));
        browser.screenshot("day-zero");
    }

    @Test
    void whereSegmentsObserveItSaysHowToEnforce() {
        show(LargeClusterTest.everybodyReachesEverybody(2), "platform");
        String said = browser.text(hook("unprotected"));
        assertTrue(said.contains("All segments observe only"), said);
        assertFalse(browser.has(hook("first-segment")));
        assertTrue(browser.text(hook("totals")).contains("0 of 2"));
    }

    @Test
    void whoeverMayNotEnforceIsToldWhomToAsk() {
        show(LargeClusterTest.withoutSegments(2), "app-team");
        String said = browser.text(hook("unprotected"));
        assertTrue(said.contains("0 of 1 namespace with workloads"), said);
        assertTrue(said.contains("platform team"), said);
        assertFalse(browser.has(hook("first-segment")));
    }
}
