package dev.bulkhead.app.console;

import static dev.bulkhead.app.browser.Browser.hook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.browser.Browser;
import dev.bulkhead.app.browser.InBrowser;
import dev.bulkhead.cluster.inventory.LiveView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the overview shows before anything is enforced. */
@InBrowser
class DayZeroTest {

    private static ReviewingServer api;

    private final Browser browser;

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

    @AfterAll
    static void close() {
        api.close();
    }

    private ConsoleServer show(LiveView view, String token) {
        ConsoleServer console = new ConsoleServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                SignIn.BY_FORM_OR_LINK,
                new UnchangingCluster(view),
                api.client());
        browser.get("http://127.0.0.1:" + console.port() + "/#/sign-in?token=" + token);
        browser.find(hook("totals"));
        return console;
    }

    @Test
    void withoutASegmentItSaysThatNothingIsEnforcedAndWhatToBeginWith() {
        try (ConsoleServer console = show(LargeClusterTest.withoutSegments(2), "platform")) {
            String said = browser.text(hook("unprotected"));
            assertTrue(said.contains("0 of 2 namespaces with workloads"), said);
            assertTrue(said.contains("80 workloads can reach"), said);
            String yaml = browser.text(hook("first-segment"));
            assertTrue(yaml.contains("kind: Segment"), yaml);
            assertTrue(yaml.contains("namespaces: [ns-0]"), yaml);
            assertEquals(List.of("ns-0", "ns-1"), browser.attributes(hook("namespace-row"), "data-name"));
            browser.screenshot("day-zero");
        }
    }

    @Test
    void whereSegmentsObserveItSaysHowToEnforce() {
        try (ConsoleServer console = show(LargeClusterTest.everybodyReachesEverybody(2), "platform")) {
            String said = browser.text(hook("unprotected"));
            assertTrue(said.contains("All segments observe only"), said);
            assertFalse(browser.has(hook("first-segment")));
            assertTrue(browser.text(hook("totals")).contains("0 of 2"));
        }
    }

    @Test
    void whoeverMayNotEnforceIsToldWhomToAsk() {
        try (ConsoleServer console = show(LargeClusterTest.withoutSegments(2), "app-team")) {
            String said = browser.text(hook("unprotected"));
            assertTrue(said.contains("0 of 1 namespace with workloads"), said);
            assertTrue(said.contains("platform team"), said);
            assertFalse(browser.has(hook("first-segment")));
        }
    }
}
