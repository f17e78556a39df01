package dev.bulkhead.app.console;

import static dev.bulkhead.app.browser.Browser.hook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.browser.Browser;
import dev.bulkhead.app.browser.InBrowser;
import dev.bulkhead.cluster.inventory.LiveView;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the overview shows before anything is enforced. */
@InBrowser
class DayZeroTest {

    private static ReviewingServer api;

    private final Browser browser;
    private ConsoleServer console;

    DayZeroTest(Browser browser) {
        this.browser = browser;
    }

    @BeforeAll
    static void open() throws IOException {
        api = new ReviewingServer();
        api.tokens.put("platform", "team");
        api.rights.add("team get networkpolicies ");
        api.tokens.put("app-team", "others");
        api.rights.add("others get networkpolicies ns-1");
    }

    @AfterEach
    void closeConsole() {
        // Not the page of a server that goes away.
        browser.get("about:blank");
        console.close();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private void show(LiveView view, String token) {
        console = new UnchangingCluster(view).console(SignIn.BY_FORM_OR_LINK, api);
        browser.get("http://127.0.0.1:" + console.port() + "/#/sign-in?token=" + token);
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
