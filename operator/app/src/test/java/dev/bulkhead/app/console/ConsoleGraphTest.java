package dev.bulkhead.app.console;

import static dev.bulkhead.app.browser.Browser.hook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.browser.Browser;
import dev.bulkhead.app.browser.InBrowser;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** The graph of the console, by eye, mouse and keyboard; and how pages keep up with the cluster. */
@InBrowser
@OnControlPlane(ControlPlaneKind.REAL)
class ConsoleGraphTest {

    private static final String CHECKOUT = "shop/Deployment/checkout";
    private static final String CATALOGUE = "shop/Deployment/catalogue";
    private static final String PAYMENTS = "pay/Deployment/payments";
    private static final String LEDGER = "pay/StatefulSet/ledger";

    /** One rule without its other end, and a connection within a namespace that somebody allows by hand. */
    private static final String ODD = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: AccessIntent
            metadata: {name: catalogue-asks, namespace: shop}
            spec:
              workload: {serviceAccount: catalogue}
              outbound:
              - to: {workload: {namespace: pay, serviceAccount: payments}}
                ports: [{port: 9443}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: by-hand, namespace: pay}
            spec:
              podSelector: {}
              policyTypes: [Ingress, Egress]
              ingress:
              - from: [{podSelector: {}}]
                ports: [{port: 9090}]
              egress:
              - to: [{podSelector: {}}]
                ports: [{port: 9090}]
            """;

    private static ConsoleShop shop;
    private static String platform;

    @BeforeAll
    static void open(ControlPlane controlPlane) throws IOException {
        shop = ConsoleShop.open(controlPlane);
        platform = shop.token("platform");
        shop.apply(ODD);
        shop.await("a rule waits and a connection is declared by nobody", () -> {
            String graph = shop.get("/api/v1/graph?by=workload", platform).body();
            return graph.contains("\"Waiting\"") && graph.contains("\"Undeclared\"");
        });
    }

    @AfterAll
    static void close() throws IOException {
        shop.close();
    }

    private static Visit visit(Browser browser, String route) {
        return new Visit(browser, shop.address(), platform).open(route);
    }

    @ParameterizedTest
    @ValueSource(strings = {"workload", "namespace", "segment"})
    void thePictureAndTheTableSayTheSame(String by, Browser browser) {
        visit(browser, "#/graph?by=" + by);
        browser.find(hook("graph-node"));
        Set<String> drawn = connections(browser, "graph-edge");
        // But for the titles of open boxes.
        List<String> nodes = browser.attributes(hook("graph-node") + ":not(.header)", "data-id");
        browser.screenshot("graph-by-" + by);
        browser.find(hook("graph-view") + " option[value='table']").click();
        browser.find(hook("graph-row"));
        assertEquals(drawn, connections(browser, "graph-row"));
        assertEquals(
                nodes.size(), browser.all(hook("graph-nodes") + " tbody tr").size());
        assertTrue(browser.route().contains("view=table"));
        browser.screenshot("graph-by-" + by + "-as-a-table");
    }

    private static Set<String> connections(Browser browser, String hook) {
        Object all = browser.run(
                "return [...document.querySelectorAll(arguments[0])]"
                        + ".map(({dataset}) => `${dataset.from} ${dataset.to} ${dataset.kind}`)",
                hook(hook));
        Set<String> connections = new TreeSet<>();
        ((List<?>) all).forEach(connection -> connections.add(String.valueOf(connection)));
        return connections;
    }

    @Test
    void whatIsOpenWhatWaitsAndWhatNobodyDeclaredLooksDifferentEvenWithoutColour(Browser browser) {
        visit(browser, "#/graph?by=workload");
        String declared = edge("Declared", CHECKOUT, PAYMENTS);
        String waiting = edge("Waiting", CATALOGUE, PAYMENTS);
        String undeclared = edge("Undeclared", LEDGER, PAYMENTS);
        Set<String> dashes = new TreeSet<>();
        for (String edge : List.of(declared, waiting, undeclared)) {
            browser.find(edge);
            dashes.add(String.valueOf(browser.run(
                    "return getComputedStyle(document.querySelector(arguments[0])).strokeDasharray", edge)));
        }
        assertEquals(3, dashes.size(), dashes.toString());
        browser.screenshot("graph-kinds");

        browser.click(hook("show-Declared"));
        browser.await("only the others", () -> !browser.has(declared) && browser.has(waiting));
        browser.click(hook("show-Waiting"));
        browser.click(hook("show-DeclaredByOneEnd"));
        browser.await("only the last", () -> !browser.has(waiting) && browser.has(undeclared));
        assertTrue(browser.route().contains("show=Undeclared"), browser.route());
    }

    private static String edge(String kind, String from, String to) {
        return hook("graph-edge", "data-kind", kind) + "[data-from='" + from + "'][data-to='" + to + "']";
    }

    @Test
    void theKeyboardReachesEveryNodeAndSelectsIt(Browser browser) {
        visit(browser, "#/graph?by=workload&namespaces=shop,pay");
        browser.find(hook("graph-node"));
        browser.run("document.querySelector(arguments[0]).focus()", hook("export-png"));
        browser.press(Keys.TAB);
        assertEquals("graph", browser.focused("data-test"));
        browser.press(Keys.TAB);
        String first = browser.focused("data-id");
        assertTrue(browser.attributes(hook("graph-node"), "data-id").contains(first), first);
        Set<String> reached = new TreeSet<>(Set.of(first));
        for (Keys way : List.of(Keys.ARROW_UP, Keys.ARROW_LEFT, Keys.ARROW_DOWN, Keys.ARROW_RIGHT)) {
            for (int step = 0; step < 4; step++) {
                browser.press(way);
                reached.add(browser.focused("data-id"));
            }
        }
        assertTrue(reached.size() >= 4, reached.toString());

        String source = CATALOGUE;
        browser.run("document.querySelector(arguments[0]).focus()", node(source));
        browser.press(Keys.ENTER);
        browser.find(hook("graph-panel", "data-id", source));
        assertEquals(source, browser.focused("data-id"), "the focus stays");
        browser.press(Keys.ARROW_UP);
        assertNotEquals(source, browser.focused("data-id"));
        String destination = CHECKOUT;
        browser.run("document.querySelector(arguments[0]).focus()", node(destination));
        browser.press(Keys.SHIFT, Keys.ENTER);
        browser.await(
                "both ends",
                () -> browser.has(hook("graph-ends"))
                        && browser.text(hook("graph-ends")).contains("From " + source + " to " + destination));
        browser.press(Keys.ESCAPE);
        browser.await("nothing is selected", () -> !browser.has(hook("graph-panel") + "[data-id]"));
    }

    @Test
    void twoNodesThatAreSelectedOneAfterTheOtherFillInTheQuestion(Browser browser) {
        visit(browser, "#/graph?by=workload");
        browser.click(node(CHECKOUT));
        browser.find(hook("graph-panel", "data-id", CHECKOUT));
        browser.screenshot("graph-selected");
        new Actions(browser.driver())
                .keyDown(Keys.SHIFT)
                .click(browser.find(node(PAYMENTS)))
                .keyUp(Keys.SHIFT)
                .perform();
        browser.click(hook("graph-explain"));
        browser.find(hook("explain-verdict", "data-allowed", "true"));
        assertEquals(CHECKOUT, browser.value(hook("explain-from")));
        assertEquals(PAYMENTS, browser.value(hook("explain-to")));
        assertEquals("8443/TCP", browser.value(hook("explain-port")));
    }

    private static String node(String id) {
        return hook("graph-node", "data-id", id);
    }

    @Test
    void aSearchMarksWhatItFindsAndALinkSelectsIt(Browser browser) {
        visit(browser, "#/graph?by=workload");
        browser.type(hook("graph-search"), "ledger");
        browser.find(node(LEDGER) + ".found");
        browser.find(node(CHECKOUT) + ".missed");
        browser.click(hook("graph-found") + " a");
        browser.find(hook("graph-panel", "data-id", LEDGER));
    }

    @Test
    void thePictureIsEnlargedAndFittedAgain(Browser browser) {
        visit(browser, "#/graph?by=workload");
        String whole = viewBox(browser);
        browser.click(hook("zoom-in"));
        browser.await("it is larger", () -> !viewBox(browser).equals(whole));
        browser.click(hook("zoom-out"));
        browser.click(hook("zoom-fit"));
        browser.await("it is as before", () -> viewBox(browser).equals(whole));
    }

    private static String viewBox(Browser browser) {
        return browser.attributes(hook("graph"), "viewBox").get(0);
    }

    @Test
    void aChangeInTheClusterShowsWithoutReloadingAndLeavesFocusAndScrollPositionAlone(Browser browser) {
        String later = """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: later, namespace: web}
                spec:
                  workload: {serviceAccount: storefront}
                  outbound:
                  - to: {workload: {namespace: pay, serviceAccount: payments}}
                    ports: [{port: 8443}]
                """;
        browser.size(Browser.WIDTH, 400);
        visit(browser, "#/namespaces/web");
        browser.find(hook("live", "data-state", "Live"));
        browser.run(
                "window.sameDocument = true;" + " document.querySelector(arguments[0]).focus(); scrollTo(0, 60)",
                hook("intent-row") + " th a");
        long scrolled = scroll(browser);
        assertNotEquals(0, scrolled);
        assertFalse(browser.has(hook("intent-row", "data-name", "later")));
        shop.apply(later);
        try {
            browser.find(hook("intent-row", "data-name", "later"));
            assertEquals(true, browser.run("return window.sameDocument"));
            assertEquals(scrolled, scroll(browser));
            assertEquals("#/namespaces/web/intents/storefront", browser.focused("href"));
        } finally {
            shop.delete(later);
        }
        browser.await("it is gone", () -> !browser.has(hook("intent-row", "data-name", "later")));
    }

    private static long scroll(Browser browser) {
        return ((Number) browser.run("return Math.round(scrollY)")).longValue();
    }
}
