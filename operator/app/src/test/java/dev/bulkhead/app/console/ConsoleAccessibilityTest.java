package dev.bulkhead.app.console;

import static dev.bulkhead.app.browser.Browser.hook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.bulkhead.app.browser.Browser;
import dev.bulkhead.app.browser.InBrowser;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each page in light and dark, on a laptop and on a telephone: nothing that axe objects to, nothing that is cut off. */
@InBrowser
@OnControlPlane(ControlPlaneKind.REAL)
class ConsoleAccessibilityTest {

    /** What the documentation shows, and how it is called there. */
    private static final Map<String, String> SHOWN =
            Map.of("overview", "console", "denied", "explain", "change", "what-if");

    /** It takes payments from checkout, and gives it a port of the catalogue and addresses outside. */
    private static final String CHANGE = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: AccessIntent
            metadata: {name: checkout, namespace: shop}
            spec:
              workload: {serviceAccount: checkout}
              outbound:
              - to: {workload: {serviceAccount: catalogue}}
                ports: [{port: 8080}, {port: 9090}]
              - to: {network: {cidr: 198.51.100.0/24}}
                ports: [{port: 443}]
                reason: the fraud check
              inbound:
              - from: {workload: {namespace: web, serviceAccount: storefront}}
                ports: [{port: 8080}]
            """;

    private static ConsoleShop shop;
    private static Map<String, String> tokens;

    @BeforeAll
    static void open(ControlPlane controlPlane) throws IOException {
        shop = ConsoleShop.open(controlPlane);
        tokens = List.of("platform", "shop-team", "stranger").stream()
                .collect(Collectors.toMap(person -> person, shop::token));
    }

    @AfterAll
    static void close() throws IOException {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "overview platform #/",
                "segment platform #/segments/shop",
                "rules platform #/rules?state=Open",
                "namespace platform #/namespaces/shop",
                "intent platform #/namespaces/shop/intents/checkout",
                "policy platform #/namespaces/shop/policies/bulkhead-baseline",
                "graph platform #/graph?by=workload",
                "graph-selected platform #/graph?by=workload&focus=shop/Deployment/checkout",
                "graph-table platform #/graph?by=workload&view=table",
                "explain platform #/explain",
                "allowed platform #/explain?from=shop/Deployment/checkout&to=pay/Deployment/payments&port=8443",
                "denied platform #/explain?from=web/Deployment/storefront&to=pay/Deployment/payments&port=8443",
                "reach platform #/who-can-reach?workload=pay/StatefulSet/ledger&hops=all",
                "what-if platform #/what-if?namespace=shop",
                "not-found shop-team #/namespaces/pay",
                "nothing stranger #/",
                "no-page platform #/nowhere/at/all",
            })
    void aPageHasNoFlaw(String name, String person, String route, Browser browser) {
        browser.expectStatus(403);
        browser.expectStatus(404);
        Visit visit = new Visit(browser, shop.address(), tokens.get(person));
        if (name.equals("no-page")) {
            visit.open("#/").go(route, "No such page");
        } else {
            visit.open(route);
        }
        if (name.equals("overview")) {
            browser.find(hook("exposed-outbound"));
        }
        checkBothWays(name, browser);
    }

    @Test
    void signingInHasNoFlaw(Browser browser) {
        browser.get(shop.address() + "/");
        browser.find(hook("sign-in"));
        checkBothWays("sign-in", browser);
    }

    @Test
    void aPlanAndTheFindingsInABrokenOneHaveNoFlaw(Browser browser) {
        browser.expectStatus(422);
        new Visit(browser, shop.address(), tokens.get("platform")).open("#/what-if?namespace=shop");
        browser.click(hook("what-if-example"));
        browser.find(hook("what-if-result"));
        checkBothWays("what-if-result", browser);
        browser.type(hook("what-if-editor"), "kind: AccessIntent\nmetadata: {name: [}\n");
        browser.find(hook("what-if-finding"));
        checkBothWays("what-if-findings", browser);
    }

    @Test
    void aPlanThatOpensAndClosesSomethingHasNoFlaw(Browser browser) {
        browser.expectStatus(422);
        new Visit(browser, shop.address(), tokens.get("platform")).open("#/what-if?namespace=shop");
        browser.type(hook("what-if-editor"), CHANGE);
        browser.await(
                "the plan of all of it",
                () -> browser.text(hook("what-if-summary")).contains("2 connections gained, 1 lost"));
        assertTrue(
                browser.text(hook("what-if-gained")).contains("198.51.100.0/24"),
                "a range of addresses that is a block");
        browser.find(hook("plan-picture"));
        browser.run("document.activeElement.blur()");
        checkBothWays("change", browser);
    }

    private static void checkBothWays(String name, Browser browser) {
        for (String scheme : List.of("light", "dark")) {
            browser.prefer(scheme);
            browser.await(
                    "it is " + scheme,
                    () -> Boolean.TRUE.equals(browser.run(
                            "return matchMedia('(prefers-color-scheme: ' + arguments[0] + ')').matches", scheme)));
            if (SHOWN.containsKey(name)) {
                DocumentationPicture.take(browser, SHOWN.get(name) + "-" + scheme);
            } else {
                browser.screenshot(name + "-" + scheme);
            }
            assertEquals(List.of(), flaws(browser), name + " in " + scheme);
        }
        browser.prefer("light");
        browser.size(390, 800);
        browser.screenshot(name + "-narrow");
        assertEquals(
                true,
                browser.run("return document.documentElement.scrollWidth <= innerWidth"),
                name + " is wider than the window");
        browser.size(Browser.WIDTH, Browser.HEIGHT);
    }

    /** In the page itself: the pages have no frames, and the window that would be opened for these does not always come up. */
    @SuppressWarnings("deprecation") // The other way is that window.
    private static List<String> flaws(Browser browser) {
        return new AxeBuilder()
                .setLegacyMode(true).analyze(browser.driver()).getViolations().stream()
                        .map(ConsoleAccessibilityTest::describe)
                        .toList();
    }

    private static String describe(Rule rule) {
        return rule.getImpact() + " " + rule.getId() + ": " + rule.getHelp()
                + rule.getNodes().stream()
                        .map(node -> "\n    " + node.getHtml() + "\n    " + node.getFailureSummary())
                        .collect(Collectors.joining());
    }
}
