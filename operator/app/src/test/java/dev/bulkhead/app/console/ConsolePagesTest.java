package dev.bulkhead.app.console;

import static dev.bulkhead.app.browser.Browser.hook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.browser.Browser;
import dev.bulkhead.app.browser.InBrowser;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The pages of the console, as people see and use them. */
@InBrowser
@OnControlPlane(ControlPlaneKind.REAL)
class ConsolePagesTest {

    private static ConsoleShop shop;
    private static String platform;

    @BeforeAll
    static void open(ControlPlane controlPlane) throws IOException {
        shop = ConsoleShop.open(controlPlane);
        platform = shop.token("platform");
    }

    @AfterAll
    static void close() throws IOException {
        shop.close();
    }

    private static Visit visit(Browser browser, String route) {
        return new Visit(browser, shop.address(), platform).open(route);
    }

    @Test
    void whoSignsInIsToldWhatIsWrongWithTheTokenAndComesToWhereTheLinkLeads(Browser browser) {
        browser.expectStatus(401);
        browser.get(shop.address() + "/#/namespaces/shop");
        assertEquals("Sign in to Bulkhead", browser.text("h1"));
        assertEquals("token", browser.focused("data-test"));
        browser.screenshot("sign-in");
        assertEquals("password", browser.attributes(hook("token"), "type").get(0));
        browser.click(hook("show-token"));
        browser.await(
                "the token is shown",
                () -> browser.attributes(hook("token"), "type").equals(List.of("text")));
        assertTrue(browser.text(hook("token-rights")).contains("view"), browser.text(hook("token-rights")));
        assertTrue(browser.has("figure.copyable " + hook("token-command")));
        browser.click(hook("show-token"));
        browser.find(hook("token") + "[type='password']");
        browser.type(hook("token"), "two words" + Keys.ENTER);
        browser.await(
                "what is no token is not sent",
                () -> browser.text(hook("sign-in-reason")).contains("no bearer token"));
        browser.type(hook("token"), platform + "x" + Keys.ENTER);
        browser.await(
                "a token that is not valid is refused",
                () -> browser.text(hook("sign-in-reason")).contains("token"));
        browser.type(hook("token"), platform);
        browser.click(hook("sign-in-submit"));
        browser.find(hook("intent-row", "data-name", "checkout"));
        assertEquals("#/namespaces/shop", browser.route());
        assertFalse(String.valueOf(browser.run("return JSON.stringify(localStorage) + location.href"))
                .contains(platform));
        browser.click(hook("sign-out"));
        browser.find(hook("sign-in"));
        assertEquals("{}", browser.run("return JSON.stringify(sessionStorage)"));
        assertEquals("#/namespaces/shop", browser.route());
    }

    @Test
    void theOverviewShowsSegmentsNamespacesAndCounts(Browser browser) {
        visit(browser, "#/");
        assertTrue(browser.text(hook("user")).contains("system:serviceaccount:people:platform"));
        assertEquals(List.of("pay", "shop", "web"), browser.attributes(hook("segment-row"), "data-name"));
        assertTrue(browser.attributes(hook("namespace-row"), "data-name").containsAll(List.of("pay", "shop", "web")));
        assertEquals(List.of("Open"), browser.attributes(hook("totals") + " " + hook("state"), "data-state"));
        assertTrue(browser.text(hook("exposed-outbound")).matches("\\d+ of \\d+"), browser.text(hook("totals")));
        browser.await(
                "it is live",
                () -> browser.attributes(hook("live"), "data-state").equals(List.of("Live")));
        browser.click(hook("segment-row", "data-name", "shop") + " a");
        browser.await("the segment's page", () -> browser.text("h1").equals("Segment shop"));
        assertEquals("#/segments/shop", browser.route());
    }

    @Test
    void aStateOnTheOverviewLeadsToItsRules(Browser browser) {
        visit(browser, "#/");
        browser.click(hook("totals") + " a.of-state");
        browser.await("the rules", () -> browser.text("h1").equals("Rules"));
        assertEquals("#/rules?state=Open", browser.route());
        browser.find(hook("rule", "data-namespace", "pay"));
        assertEquals(
                List.of("Open"),
                browser.attributes(hook("rule"), "data-state").stream()
                        .distinct()
                        .toList());
        browser.screenshot("rules");
        browser.find(hook("rules-state") + " option[value='Forbidden']").click();
        browser.await("there is none", () -> browser.text("main").contains("There is no such rule"));
    }

    @Test
    void connectionsAreSavedForASpreadsheet(Browser browser) {
        visit(browser, "#/graph?view=table");
        browser.find(hook("export-csv"));
        Object csv =
                browser.run("return import('./assets/api.js').then(({connectionsAsCsv}) => connectionsAsCsv('shop'))"
                        + ".then((file) => file.text())");
        assertTrue(String.valueOf(csv).contains("shop/checkout[Deployment]"), String.valueOf(csv));
    }

    @Test
    void aNamespaceLeadsToItsIntentsAndTheseToThePoliciesThatCarryThem(Browser browser) {
        visit(browser, "#/namespaces/shop");
        assertEquals(
                List.of("shop/Deployment/catalogue", "shop/Deployment/checkout"),
                browser.attributes(hook("workload-row"), "data-id"));
        assertEquals(List.of("catalogue", "checkout"), browser.attributes(hook("intent-row"), "data-name"));
        assertTrue(browser.attributes(hook("policy-row"), "data-name").contains("bulkhead-baseline"));

        browser.click(hook("intent-row", "data-name", "checkout") + " th a");
        browser.await("the intent's page", () -> browser.text("h1").equals("Intent shop/checkout"));
        browser.find(hook("rule"));
        assertEquals(
                List.of("outbound[0]", "outbound[1]", "inbound[0]").stream()
                        .sorted()
                        .toList(),
                browser.attributes(hook("rule"), "data-rule").stream().sorted().toList());
        assertEquals(List.of("Open", "Open", "Open"), browser.attributes(hook("rule"), "data-state"));

        browser.click("a[href*='/policies/bulkhead-egress-checkout']");
        browser.find(hook("yaml"));
        assertTrue(browser.text(hook("yaml")).contains("kind: NetworkPolicy"), browser.text(hook("yaml")));
        assertTrue(browser.text(hook("rules")).contains("checkout"));
        browser.screenshot("policy");
    }

    @Test
    void anAllowedConnectionIsExplainedByPoliciesAndIntents(Browser browser) {
        visit(browser, "#/explain");
        browser.type(hook("explain-from"), "shop/Deployment/checkout");
        browser.type(hook("explain-to"), "pay/Deployment/payments");
        browser.type(hook("explain-port"), "8443");
        browser.click(hook("explain-submit"));
        browser.find(hook("explain-verdict", "data-allowed", "true"));
        assertEquals("#/explain?from=shop/Deployment/checkout&to=pay/Deployment/payments&port=8443", browser.route());
        browser.find(hook("explain-egress", "data-decision", "AllowedBy"));
        assertTrue(browser.text(hook("explain-ingress")).contains("pay/payments"));
        assertFalse(browser.has(hook("try-change")));
        assertFalse(browser.has(hook("explain-way") + ".shut"));
        assertTrue(browser.text(hook("explain-way")).contains("Leaving"), browser.text(hook("explain-way")));
        browser.screenshot("explain-allowed");
    }

    @Test
    void aDeniedConnectionIsExplainedByWhatWouldOpenItAndThatCanBeTried(Browser browser) {
        visit(browser, "#/explain?from=web/Deployment/storefront&to=pay/Deployment/payments&port=8443");
        browser.find(hook("explain-verdict", "data-allowed", "false"));
        String change = browser.text(hook("explain-change"));
        assertTrue(change.contains("kind: AccessIntent"), change);
        browser.find(hook("explain-way") + ".shut");
        browser.screenshot("explain-denied");
        browser.click(hook("try-change"));
        browser.find(hook("what-if-result"));
        assertEquals(change, browser.value(hook("what-if-editor")));
        assertTrue(browser.text(hook("what-if-gained")).contains("pay/payments"));
        assertTrue(browser.text(hook("what-if-summary")).contains("1 connection gained, 0 lost"));
        assertEquals(
                List.of("Open", "Open"), browser.attributes(hook("what-if-rules") + " " + hook("rule"), "data-state"));
        browser.find(hook("what-if-unchanged"));
        browser.screenshot("what-if");
    }

    @Test
    void aFindingInWhatIfLeadsToItsPlaceInTheText(Browser browser) {
        visit(browser, "#/what-if?namespace=shop");
        browser.expectStatus(422);
        browser.type(hook("what-if-editor"), """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: broken}
                spec:
                  workload: {serviceAccount: catalogue}
                  outbond: []
                """);
        browser.find(hook("what-if-finding"));
        assertEquals(
                "6", browser.attributes(hook("what-if-finding"), "data-line").get(0));
        browser.screenshot("what-if-findings");
        browser.click(hook("what-if-finding"));
        assertEquals("what-if-editor", browser.focused("data-test"));
        assertEquals(
                6L,
                browser.run("const e = document.activeElement;"
                        + " return e.value.slice(0, e.selectionStart).split('\\n').length"));
    }

    @Test
    void theLineOfAFindingIsMarkedAndNothingToPlanIsSaid(Browser browser) {
        visit(browser, "#/what-if");
        browser.expectStatus(422);
        browser.click(hook("what-if-run"));
        assertTrue(
                browser.text(hook("what-if-findings")).contains("nothing to plan yet"),
                browser.text(hook("what-if-findings")));
        browser.type(hook("what-if-editor"), """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: broken, namespace: shop}
                spec:
                  outbond: []
                  workload: {serviceAccount: catalogue}
                """);
        browser.await(
                "the line is marked",
                () -> String.valueOf(
                                browser.run(
                                        "return [...document.querySelectorAll('[data-test=wrong-line]')].map(e => e.textContent).join()"))
                        .contains("5"));
    }

    @Test
    void whoHasNoQuestionYetIsShownOneAndThePortsThatThereAre(Browser browser) {
        visit(browser, "#/explain");
        browser.type(hook("explain-to"), "pay/Deployment/payments");
        browser.await(
                "the port of payments is offered",
                () -> browser.attributes("#ports option", "value").equals(List.of("8443/TCP")));
        browser.screenshot("explain-empty");
        browser.click(hook("explain-examples") + " a");
        browser.find(hook("explain-verdict"));
    }

    @Test
    void onATelephoneTheNavigationShowsWhichPageItIs(Browser browser) {
        browser.size(390, 800);
        visit(browser, "#/what-if");
        assertEquals(
                true,
                browser.run("const at = document.querySelector('nav a[aria-current]').getBoundingClientRect();"
                        + "return at.left >= 0 && at.right <= innerWidth - 36"));
    }

    @Test
    void anUnknownWorkloadIsSaidAtTheField(Browser browser) {
        browser.expectStatus(422);
        visit(browser, "#/explain?from=shop/Deployment/checkout&to=pay/Deployment/ledgr&port=8443");
        browser.find(hook("wrong", "data-parameter", "to"));
        assertTrue(browser.text(hook("wrong")).contains("did you mean"), browser.text(hook("wrong")));
        assertEquals(
                "true", browser.attributes(hook("explain-to"), "aria-invalid").get(0));
        assertFalse(browser.has(hook("problem")));
    }

    @Test
    void searchFindsWorkloadsByKeyboard(Browser browser) {
        visit(browser, "#/");
        browser.find(hook("segment-row", "data-name", "shop"));
        browser.press(Keys.CONTROL, "k");
        browser.type(hook("search-text"), "pay ledger");
        browser.await(
                "the ledger is found",
                () -> browser.has(hook("search-result"))
                        && browser.text(hook("search-result")).contains("pay/StatefulSet/ledger"));
        browser.screenshot("search");
        browser.press(Keys.ENTER);
        browser.await("its graph is shown", () -> browser.route().contains("focus=pay/StatefulSet/ledger"));
    }

    @Test
    void tablesAreSortedByTheirHeadings(Browser browser) {
        visit(browser, "#/");
        assertEquals(List.of("pay", "shop", "web"), browser.attributes(hook("segment-row"), "data-name"));
        browser.click(hook("segments") + " " + hook("sort"));
        browser.click(hook("segments") + " " + hook("sort"));
        browser.await(
                "they are turned round",
                () -> browser.attributes(hook("segment-row"), "data-name").equals(List.of("web", "shop", "pay")));
        assertEquals(
                "descending",
                browser.attributes(hook("segments") + " thead th", "aria-sort").get(0));
    }

    @Test
    void thePlatformsGuardrailsAndWellKnownPeersHaveAPage(Browser browser) {
        visit(browser, "#/platform");
        browser.find(hook("well-known"));
        assertTrue(browser.text(hook("well-known")).contains("KubeDNS"));
        assertTrue(browser.text(hook("guardrails")).contains("no Guardrail"), browser.text(hook("guardrails")));
    }

    @Test
    void whoCanReachAWorkloadIsShownWithThePath(Browser browser) {
        visit(browser, "#/who-can-reach");
        browser.type(hook("reach-workload"), "pay/StatefulSet/ledger");
        browser.find(hook("reach-hops") + " option[value='all']").click();
        browser.click(hook("reach-submit"));
        browser.find(hook("reach-summary"));
        assertEquals(
                "#/who-can-reach?workload=pay/StatefulSet/ledger&direction=who-can-reach&hops=all", browser.route());
        String rows = browser.text(hook("reach-workloads"));
        assertTrue(rows.contains("web/storefront[Deployment]"), rows);
        assertTrue(rows.contains("pay/payments[Deployment]"), rows);
        browser.screenshot("who-can-reach");
    }

    @Test
    void belowTheApiServersProxyEverythingWorksAsWell(Browser browser) throws IOException {
        try (StrippingProxy proxy = new StrippingProxy(shop.address())) {
            browser.get(proxy.address() + "/#/namespaces/shop");
            browser.type(hook("token"), platform + Keys.ENTER);
            browser.find(hook("intent-row", "data-name", "checkout"));
            browser.find(hook("live", "data-state", "Live"));
            browser.click("nav a[href='#/what-if']");
            browser.click(hook("what-if-example"));
            browser.find(hook("what-if-result"));
            browser.click("nav a[href='#/graph']");
            browser.find(hook("graph-node"));
            // Before the proxy goes, which would be an error.
            browser.get("about:blank");
        }
    }

    @Test
    void whoMayNotSeeANamespaceCannotTellItFromOneThatIsNotThere(Browser browser) {
        browser.expectStatus(404);
        Visit team = new Visit(browser, shop.address(), shop.token("shop-team")).open("#/");
        assertEquals(List.of("shop"), browser.attributes(hook("namespace-row"), "data-name"));
        team.open("#/namespaces/pay");
        browser.find(hook("problem", "data-status", "404"));
        String hidden = browser.text("main");
        browser.screenshot("not-found");
        team.open("#/namespaces/nowhere");
        browser.find(hook("problem", "data-status", "404"));
        assertEquals(hidden.replace("pay", "nowhere"), browser.text("main"));
    }

    @Test
    void whoMaySeeNothingIsToldWhatToAskFor(Browser browser) {
        browser.expectStatus(403);
        new Visit(browser, shop.address(), shop.token("stranger")).open("#/");
        browser.find(hook("problem", "data-status", "403"));
        assertTrue(browser.text(hook("problem")).contains("networkpolicies"), browser.text(hook("problem")));
        browser.screenshot("access-denied");
    }

    @Test
    void lightAndDarkFollowTheSystemUntilTheButtonSaysOtherwise(Browser browser) {
        visit(browser, "#/");
        String light = background(browser);
        browser.prefer("dark");
        browser.await("it is dark", () -> !background(browser).equals(light));
        browser.click(hook("theme"));
        browser.find(hook("theme", "data-theme", "light"));
        browser.await("it is light again", () -> background(browser).equals(light));
    }

    private static String background(Browser browser) {
        return String.valueOf(browser.run("return getComputedStyle(document.documentElement).backgroundColor"));
    }
}
