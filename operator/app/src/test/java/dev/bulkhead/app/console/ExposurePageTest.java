package dev.bulkhead.app.console;

import static dev.bulkhead.app.browser.Browser.hook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.browser.Browser;
import dev.bulkhead.app.browser.InBrowser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the overview says of the outside. */
@InBrowser
class ExposurePageTest {

    private final Browser browser;
    private final ShownCluster shown;

    ExposurePageTest(Browser browser) {
        this.browser = browser;
        this.shown = new ShownCluster(browser);
        shown.admit("shop-team", "shop");
    }

    @AfterEach
    void close() {
        shown.close();
    }

    private void show(GraphTown town, String token) {
        shown.serve(town.view(), SignIn.BY_FORM);
        shown.open(token, "#/");
    }

    private static GraphTown shop() {
        return new GraphTown()
                .segment("shop", GraphTown.BOTH, "shop")
                .workload("shop/web")
                .workload("shop/db")
                .connects("shop/web", "shop/db", 5432)
                .servesInternet("shop/web", 443);
    }

    @Test
    void theFigureLeadsToTheGraphOfThoseThatAreReached() {
        show(shop().workload("kube-system/coredns"), "platform");
        assertEquals("1 of 2", browser.text(hook("exposed-inbound")));
        assertEquals("0 of 2", browser.text(hook("exposed-outbound")));
        String note = browser.text(hook("exposure-note"));
        assertTrue(note.contains("counted apart: 1 reached from outside, 1 that reach outside"), note);
        assertFalse(note.contains("not known"), note);
        assertEquals(
                2,
                browser.all(hook("exposure-note") + " a[href*='focus=outside']").size());
        assertFalse(browser.has("a" + hook("exposed-outbound")), "there is nothing to lead to");
        browser.screenshot("overview-exposure");
        browser.click(hook("exposed-inbound"));
        browser.find(hook("graph-node", "data-id", GraphTown.id("shop/web")));
        browser.find(hook("graph-unfocus"));
        assertFalse(browser.has(hook("graph-node", "data-id", GraphTown.id("shop/db"))));
    }

    @Test
    void whoeverSeesSomeNamespacesIsToldThatNothingIsKnownOfTheOthers() {
        show(shop().workload("free/one"), "shop-team");
        assertEquals("1 of 2", browser.text(hook("exposed-inbound")));
        String note = browser.text(hook("exposure-note"));
        assertTrue(note.contains("of the others nothing is known"), note);
    }

    @Test
    void whatCannotBeWorkedOutIsNotShownAsNone() {
        show(shop(), "platform");
        browser.run("return import('./assets/exposure.js').then(({ExposureFigures, ExposureNote}) => {"
                + "const {h, render} = preact; const place = document.createElement('div'); place.id = 'place';"
                + "document.body.append(place); const resource = {problem: {message: 'it takes too long'}};"
                + "render([h(ExposureFigures, {resource}), h(ExposureNote, {resource})], place); })");
        String said = browser.text("#place");
        assertTrue(said.contains("Reached from outsideNot known"), said);
        assertTrue(said.contains("is not known: it takes too long"), said);
        assertFalse(said.contains("0"), said);
    }
}
