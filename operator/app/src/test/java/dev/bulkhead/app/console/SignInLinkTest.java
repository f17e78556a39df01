package dev.bulkhead.app.console;

import static dev.bulkhead.app.browser.Browser.hook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.browser.Browser;
import dev.bulkhead.app.browser.InBrowser;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Links that carry a token: where they work, and what stays of them. */
@InBrowser
class SignInLinkTest {

    private static final String TOKEN = "secret-of.the-team~1";
    private static final String LINK = "#/sign-in?token=" + TOKEN;

    private static final UnchangingCluster CLUSTER =
            new UnchangingCluster(LargeClusterTest.everybodyReachesEverybody(2));

    private static ReviewingServer api;
    private static ConsoleServer takingLinks;
    private static ConsoleServer takingNone;

    private final Browser browser;

    SignInLinkTest(Browser browser) {
        this.browser = browser;
    }

    @BeforeAll
    static void open() throws IOException {
        api = new ReviewingServer();
        api.tokens.put(TOKEN, "team");
        api.tokens.put("another", "others");
        api.rights.add("team get networkpolicies ");
        api.rights.add("others get networkpolicies ");
        takingLinks = CLUSTER.console(SignIn.BY_FORM_OR_LINK, api);
        takingNone = CLUSTER.console(SignIn.BY_FORM, api);
    }

    @AfterAll
    static void close() {
        takingLinks.close();
        takingNone.close();
        api.close();
    }

    private static String address(ConsoleServer server) {
        return "http://127.0.0.1:" + server.port() + "/";
    }

    @Test
    void aLinkSignsInAndLeavesTheTokenNeitherInTheAddressNorInTheHistoryNorInARequest() {
        browser.get(address(takingLinks) + LINK);

        awaitSignedInAs("team");
        assertEquals(address(takingLinks) + "#/", browser.run("return location.href"));
        assertFalse((Boolean) browser.run(
                "return performance.getEntries().some((entry) => entry.name.includes(arguments[0])"
                        + " && !entry.name.includes('#'))",
                TOKEN));
        browser.run("location.hash = '#/graph'");
        browser.run("history.back()");
        browser.await(
                "one is back", () -> address(takingLinks).concat("#/").equals(browser.run("return location.href")));
    }

    @Test
    void aLinkOnAPageThatIsOpenSignsInToo() {
        browser.get(address(takingLinks));
        browser.await("the form is shown", () -> browser.has(hook("sign-in")));

        browser.run("location.hash = arguments[0]", LINK);

        awaitSignedInAs("team");
        assertEquals(address(takingLinks) + "#/", browser.run("return location.href"));
    }

    @Test
    void whoIsSignedInStaysWhoTheyAre() {
        browser.get(address(takingLinks) + "#/sign-in?token=another");
        awaitSignedInAs("others");

        browser.run("location.hash = arguments[0]", LINK);
        browser.await(
                "the token is off the address",
                () -> address(takingLinks).concat("#/").equals(browser.run("return location.href")));

        assertEquals("another", browser.run("return sessionStorage.getItem('bulkhead.token')"));
    }

    @Test
    void whereLinksAreNotTakenTheFormIsShownAndTheTokenIsGone() {
        browser.get(address(takingNone) + LINK);

        browser.await("the form is shown", () -> browser.has(hook("sign-in")));
        assertEquals(address(takingNone) + "#/", browser.run("return location.href"));
        assertEquals(null, browser.run("return sessionStorage.getItem('bulkhead.token')"));
    }

    @Test
    void aTokenThatNobodyKnowsIsRefusedAsInTheForm() {
        browser.expectStatus(401);
        browser.get(address(takingLinks) + "#/sign-in?token=unknown");

        browser.await("the form says why", () -> browser.has(hook("sign-in-reason")));
        assertTrue(browser.has(hook("sign-in")));
    }

    private void awaitSignedInAs(String user) {
        browser.await(
                "signed in as " + user,
                () -> Boolean.TRUE.equals(browser.run(
                        "return document.body.textContent.includes('Signed in as ' + arguments[0])", user)));
    }
}
