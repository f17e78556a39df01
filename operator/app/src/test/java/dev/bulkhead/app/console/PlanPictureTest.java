package dev.bulkhead.app.console;

import static dev.bulkhead.app.browser.Browser.hook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.browser.Browser;
import dev.bulkhead.app.browser.InBrowser;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The picture of what a draft would change. */
@InBrowser
class PlanPictureTest {

    private static final String DRAFT = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: AccessIntent
            metadata: {name: checkout, namespace: shop}
            spec:
              workload: {serviceAccount: checkout}
              outbound:
              - to: {workload: {namespace: shop, serviceAccount: catalogue}}
                ports: [{port: 9090}]
              - to: {network: {cidr: 0.0.0.0/0}}
                ports: [{port: 443}]
              inbound:
              - from: {workload: {namespace: web, serviceAccount: storefront}}
                ports: [{port: 8080}]
            """;

    private final Browser browser;
    private final ShownCluster shown;

    PlanPictureTest(Browser browser) {
        this.browser = browser;
        this.shown = new ShownCluster(browser);
    }

    @AfterEach
    void close() {
        shown.close();
    }

    private void plan(GraphTown town, String yaml) {
        shown.serve(town.view(), SignIn.BY_FORM);
        shown.open("platform", "#/what-if?namespace=shop");
        browser.run(
                "const editor = document.querySelector(arguments[0]); editor.value = arguments[1];"
                        + "editor.dispatchEvent(new Event('input', {bubbles: true}))",
                hook("what-if-editor"),
                yaml);
        browser.find(hook("what-if-result"));
    }

    private Set<String> drawn() {
        Object all = browser.run(
                "return [...document.querySelectorAll(arguments[0])]"
                        + ".map(({dataset}) => `${dataset.kind} ${dataset.from} ${dataset.to}`)",
                hook("plan-picture") + " " + hook("graph-edge"));
        Set<String> drawn = new TreeSet<>();
        ((List<?>) all).forEach(line -> drawn.add(String.valueOf(line)));
        return drawn;
    }

    @Test
    void whatIsGainedLostAndStaysIsDrawn() {
        plan(GraphTown.ofSeven(), DRAFT);
        browser.find(hook("plan-picture"));
        assertEquals(
                Set.of(
                        "Gained shop/Deployment/checkout outside:out",
                        "Gained shop/Deployment/checkout shop/Deployment/catalogue",
                        "Kept pay/Deployment/payments pay/Deployment/ledger",
                        "Kept shop/Deployment/checkout shop/Deployment/catalogue",
                        "Kept web/Deployment/storefront shop/Deployment/checkout",
                        "Lost shop/Deployment/checkout pay/Deployment/payments"),
                drawn());
        browser.screenshot("plan-picture");
        browser.prefer("dark");
        browser.screenshot("plan-picture-dark");
        browser.size(390, 800);
        browser.run("document.querySelector('.changes').scrollIntoView()");
        browser.screenshot("plan-picture-390");
        assertEquals(true, browser.run("return document.documentElement.scrollWidth <= innerWidth"));
    }

    @Test
    void theThreeAreToldApartByColourAndByDashesOrWidth() {
        plan(GraphTown.ofSeven(), DRAFT);
        browser.find(hook("plan-picture"));
        Set<Object> colours = new TreeSet<>();
        Set<Object> shapes = new TreeSet<>();
        for (String kind : List.of("Gained", "Lost", "Kept")) {
            String line = hook("plan-picture") + " " + hook("graph-edge", "data-kind", kind);
            colours.add(browser.run("return getComputedStyle(document.querySelector(arguments[0])).stroke", line));
            shapes.add(browser.run(
                    "const {strokeDasharray, strokeWidth} = getComputedStyle(document.querySelector(arguments[0]));"
                            + "return `${strokeDasharray} ${strokeWidth}`",
                    line));
        }
        assertEquals(3, colours.size(), colours.toString());
        assertEquals(3, shapes.size(), shapes.toString());
        String signs = browser.text(hook("plan-picture"));
        assertTrue(signs.contains("+ 443") && signs.contains("− 8443"), signs);
    }

    @Test
    void itIsToldToWhoDoesNotSeeIt() {
        plan(GraphTown.ofSeven(), DRAFT);
        browser.find(hook("plan-picture") + "[role='img']");
        String told = browser.attributes(hook("plan-picture"), "aria-label").get(0);
        assertTrue(told.contains("Picture of 5 workloads: 2 connections gained, 1 lost"), told);
        assertTrue(told.contains("tables below"), told);
        assertFalse(browser.has(hook("plan-picture") + " [tabindex]"));
    }

    @Test
    void nothingIsDrawnWhereNothingChanges() {
        plan(GraphTown.ofSeven(), """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: ledger, namespace: pay}
                spec:
                  workload: {serviceAccount: ledger}
                  inbound:
                  - from: {workload: {namespace: pay, serviceAccount: payments}}
                    ports: [{port: 5432}]
                """);
        assertTrue(browser.text(hook("what-if-summary")).contains("0 connections gained, 0 lost"));
        assertFalse(browser.has(hook("plan-picture")));
    }

    /** Somebody who opens a database to everybody. */
    @ParameterizedTest
    @ValueSource(ints = {30, 60})
    void manyWorkloadsAreDrawnAsTheirNamespaces(int workloads) {
        GraphTown town = new GraphTown().workload("shop/db");
        List<String> clients = IntStream.range(0, workloads)
                .mapToObj(i -> "team-" + i % 5 + "/app-" + i)
                .toList();
        clients.forEach(client -> town.workload(client).asks(client, "shop/db", 5432));
        String rules = clients.stream()
                .map(client -> client.split("/", -1))
                .map(client -> """
                          - from: {workload: {namespace: %s, serviceAccount: %s}}
                            ports: [{port: 5432}]
                        """.formatted(client[0], client[1]))
                .collect(Collectors.joining());
        town.segment("all", GraphTown.BOTH, "shop", "team-*");
        plan(town, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: db, namespace: shop}
                spec:
                  workload: {serviceAccount: db}
                  inbound:
                """ + rules);
        browser.find(hook("plan-picture"));
        browser.screenshot("plan-picture-" + workloads);
        if (workloads <= 40) {
            assertEquals(5, drawn().size(), "lines of a namespace are drawn together");
            browser.find(hook("graph-node", "data-id", GraphTown.id("team-0/app-0")));
        } else {
            assertTrue(drawn().contains("Gained namespace:team-0 namespace:shop"), drawn().toString());
            assertTrue(browser.text(".changes").contains("drawn as their namespaces"), browser.text(".changes"));
        }
    }

    @Test
    void ofTooManyItSaysSo() {
        plan(GraphTown.ofSeven(), DRAFT);
        Object told = browser.run(
                "return import('./assets/plan-graph.js').then(({planGraph}) => {"
                        + "const edge = (i) => ({src: `ns-${i}/app[Deployment]`, dst: 'shop/db[Deployment]', conn: 'TCP 1'});"
                        + "const workloads = [...Array(50).keys()].map((i) => ({workload: `ns-${i}/app[Deployment]`, kept: 0, keeps: []}));"
                        + "return planGraph({summary: {workloads}, connections: {gained: workloads.map((_, i) => edge(i)), lost: []}}).tooMany; })");
        assertEquals(50L, told);
    }
}
