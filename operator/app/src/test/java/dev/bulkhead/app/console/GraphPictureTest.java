package dev.bulkhead.app.console;

import static dev.bulkhead.app.browser.Browser.hook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.browser.Browser;
import dev.bulkhead.app.browser.InBrowser;
import dev.bulkhead.cluster.inventory.LiveView;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The picture of connections, of seven, sixty and five hundred workloads. */
@InBrowser
class GraphPictureTest {

    /** What is drawn as text: how large it is on the screen, and what lies on what. */
    private static final String MEASURE = """
            const svg = document.querySelector('svg.canvas');
            const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
            const texts = [...svg.querySelectorAll('text')].map((text) => ({
              text: text.textContent, box: text.getBoundingClientRect(), size: parseFloat(getComputedStyle(text).fontSize) * scale,
            }));
            const overlaps = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
            return {
              texts: texts.length,
              smallest: Math.min(...texts.map(({size}) => size)),
              overlapping: texts.flatMap((one, index) => texts.slice(index + 1)
                .filter((other) => overlaps(one.box, other.box)).map((other) => `${one.text} and ${other.text}`)),
            };
            """;

    /** What is wrong with the legend of a saved picture, for pictures of some widths. */
    private static final String LEGEND = """
            return import('./assets/graph-legend-drawing.js').then(({legendOf}) => [420, 900, 1500].flatMap((width) => {
              const {legend, height} = legendOf(width);
              const place = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
              place.setAttribute('class', 'canvas');
              document.body.append(place);
              preact.render(legend, place);
              const at = place.getBoundingClientRect();
              const texts = [...place.querySelectorAll('text')].map((one) => one.getBoundingClientRect());
              const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2;
              const wrong = texts.filter((one, i) => texts.some((other, j) => j > i && overlap(one, other))).map(() => `overlap in ${width}`);
              texts.filter((one) => one.right - at.left > width || one.bottom - at.top > height).forEach(() => wrong.push(`cut off in ${width}`));
              return texts.length ? wrong : ['nothing'];
            }));
            """;

    /** What is wrong with where things lie, for the graph that is shown in canvases of many sizes. */
    private static final String MISPLACED = """
            const load = (name) => import(`./assets/${name}.js`);
            return Promise.all(['api', 'graph-model', 'graph-risk', 'graph-scene'].map(load)).then(async ([api, model, risk, scene]) => {
              const data = await api.graph({by: 'workload'}, {});
              const wrong = [];
              const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
              for (const [width, height] of [[360, 560], [700, 500], [940, 465], [1500, 900], [900, 1500]]) {
                for (const level of ['', 'segment', 'namespace', 'workload']) {
                  const {drawing} = scene.scene({model: model.hierarchy(data.nodes), edges: data.edges, risks: risk.risksOf(data), level,
                    opened: new Set(), closed: new Set(), size: {width, height}});
                  const items = [...drawing.items.values()];
                  for (const one of items) {
                    const {x, y} = one;
                    const around = one.parent?.id ? one.parent : {x: 0, y: 0, ...drawing};
                    if (x < around.x || y < around.y || x + one.width > around.x + around.width || y + one.height > around.y + around.height) {
                      wrong.push(`${one.id} is not within ${around.id || 'the drawing'} (${width} x ${height} ${level})`);
                    }
                    items.filter((other) => other.parent === one.parent && other.id < one.id && overlap(one, other))
                      .forEach((other) => wrong.push(`${one.id} lies on ${other.id} (${width} x ${height} ${level})`));
                  }
                }
              }
              return wrong;
            });
            """;

    private final Browser browser;
    private final ShownCluster shown;

    GraphPictureTest(Browser browser) {
        this.browser = browser;
        this.shown = new ShownCluster(browser);
    }

    @AfterEach
    void close() {
        shown.close();
    }

    private void show(LiveView view, String route) {
        shown.serve(view, SignIn.BY_FORM);
        visit(route);
    }

    private void visit(String route) {
        shown.open("platform", route);
    }

    private Map<?, ?> measured() {
        return (Map<?, ?>) browser.run(MEASURE);
    }

    private static String node(String id) {
        return hook("graph-node", "data-id", id);
    }

    @ParameterizedTest
    @CsvSource({
        "1280, 800, ''",
        "1440, 900, ''",
        "1600, 1000, ''",
        "1920, 1080, ''",
        "390, 800, ''",
        "1280, 800, segment",
        "1280, 800, namespace",
        "1280, 800, workload",
        "390, 800, workload",
    })
    void namesOfSixtyWorkloadsCanBeReadAndNoneLiesOnAnother(int width, int height, String by) {
        browser.size(width, height);
        show(GraphTown.ofSixty().view(), "#/graph" + (by.isEmpty() ? "" : "?by=" + by));
        Map<?, ?> measured = measured();
        String name = "graph-60-" + width + (by.isEmpty() ? "" : "-by-" + by);
        browser.screenshot(name);
        assertTrue(((Number) measured.get("texts")).intValue() >= 6, measured.toString());
        assertEquals(List.of(), measured.get("overlapping"));
        double smallest = ((Number) measured.get("smallest")).doubleValue();
        assertTrue(smallest >= 11, "the smallest is drawn with " + smallest + " pixels");
        assertEquals(true, browser.run("return document.documentElement.scrollWidth <= innerWidth"));
        browser.prefer("dark");
        browser.screenshot(name + "-dark");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void thePictureOfTheDocumentationShowsSegmentsAndTheOutside(String scheme) {
        browser.size(1440, 900);
        browser.prefer(scheme);
        show(GraphTown.ofSixty().view(), "#/graph");
        DocumentationPicture.take(browser, "graph-" + scheme);
        assertEquals(6, browser.all("svg.canvas rect.region.Segment").size());
        assertTrue(browser.has(node("outside:in")) && browser.has(node("outside:out")));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 60, 500})
    void boxesLieWithinTheirBoxesAndBesideEachOtherInACanvasOfAnyShape(int workloads) {
        GraphTown town = switch (workloads) {
            case 7 -> GraphTown.ofSeven();
            case 60 -> GraphTown.ofSixty();
            default -> GraphTown.ofFiveHundred();
        };
        show(town.view(), "#/graph");
        assertEquals(List.of(), browser.run(MISPLACED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void sevenFillTheCanvasWithAllWorkloadsShown(String scheme) {
        browser.prefer(scheme);
        show(GraphTown.ofSeven().view(), "#/graph");
        Map<?, ?> measured = measured();
        browser.screenshot("graph-7-" + scheme);
        assertEquals(List.of(), measured.get("overlapping"));
        assertTrue(((Number) measured.get("smallest")).doubleValue() >= 12, measured.toString());
        assertTrue(browser.has(node(GraphTown.id("pay/ledger"))));
        Number filled = (Number) browser.run("const svg = document.querySelector('svg.canvas');"
                + "return svg.getBBox().width / svg.viewBox.baseVal.width");
        assertTrue(filled.doubleValue() > 0.7, "it is " + filled + " of the canvas wide");
    }

    @Test
    void fiveHundredAreShownByNamespacesAndCanBeUsedSoon() {
        show(GraphTown.ofFiveHundred().view(), "#/graph");
        visit("#/graph");
        Number interactive = (Number)
                browser.run("return Math.round(performance.getEntriesByName('bulkhead:interactive')[0].startTime)");
        browser.screenshot("graph-500");
        System.out.printf(
                "graph of 500 workloads and 2,000 connections: %d ms to a page that can be used%n",
                interactive.intValue());
        assertEquals(
                "500 nodes, 2000 connections.",
                browser.text(hook("graph-count")).strip());
        assertEquals(
                "namespace", browser.attributes(hook("graph"), "data-level").get(0));
        assertEquals(25, browser.all("g.closed").size());
        Map<?, ?> measured = measured();
        assertEquals(List.of(), measured.get("overlapping"));
        assertTrue(((Number) measured.get("smallest")).doubleValue() >= 11, measured.toString());
    }

    @Test
    void aBoxOpensAndClosesByAClick() {
        show(GraphTown.ofSixty().view(), "#/graph?by=namespace");
        String pay = node("namespace:pay");
        String gateway = node(GraphTown.id("pay/pay-gateway"));
        browser.find(pay + "[aria-expanded='false']");
        assertFalse(browser.has(gateway));
        browser.click(pay);
        browser.find(gateway);
        browser.find(pay + "[aria-expanded='true']");
        assertTrue(browser.route().contains("open=namespace%3Apay"), browser.route());
        browser.find(hook("graph-panel", "data-id", "namespace:pay"));
        browser.click(pay);
        browser.find(pay + "[aria-expanded='false']");
        assertFalse(browser.has(gateway));
        browser.click(node("segment:money"));
        browser.find(node("segment:money") + "[aria-expanded='false']");
        assertFalse(browser.has(pay));
    }

    @Test
    void theKeyboardEntersThePictureOpensABoxAndKeepsTheFocus() {
        show(GraphTown.ofSixty().view(), "#/graph?by=namespace");
        browser.run("document.querySelector('svg.canvas').focus()");
        browser.press(Keys.ARROW_RIGHT);
        String first = browser.focused("data-id");
        assertTrue(browser.attributes(hook("graph-node"), "data-id").contains(first), first);
        browser.run("document.querySelector(arguments[0]).focus()", node("namespace:pay"));
        browser.press(Keys.ENTER);
        browser.find(node("namespace:pay") + "[aria-expanded='true']");
        assertEquals("namespace:pay", browser.focused("data-id"));
        browser.press(Keys.ARROW_DOWN);
        assertNotEquals("namespace:pay", browser.focused("data-id"));
    }

    @Test
    void theKeyboardGoesThroughTheConnectionsOfANode() {
        show(GraphTown.ofSeven().view(), "#/graph");
        String checkout = GraphTown.id("shop/checkout");
        browser.run("document.querySelector(arguments[0]).focus()", node(checkout));
        browser.press("e");
        String edge = browser.focused("data-edge");
        assertTrue(edge.contains(checkout), edge);
        browser.press("e");
        assertNotEquals(edge, browser.focused("data-edge"));
        browser.press(Keys.ENTER);
        browser.find(hook("graph-panel") + "[data-from]");
        browser.press(Keys.ARROW_RIGHT);
        assertNotEquals("null", browser.focused("data-id"));
    }

    @Test
    void aLineIsSelectedByAClickAndLeadsToItsExplanation() {
        show(GraphTown.ofSeven().view(), "#/graph");
        browser.run(
                "document.querySelector(arguments[0]).dispatchEvent(new MouseEvent('click', {bubbles: true}))",
                hook("graph-edge", "data-to", GraphTown.id("pay/payments")));
        browser.find(hook("graph-panel", "data-from", GraphTown.id("shop/checkout")));
        assertTrue(browser.text(hook("graph-panel")).contains("TCP 8443"), browser.text(hook("graph-panel")));
        assertTrue(browser.route().contains("kind=Declared"), browser.route());
        browser.screenshot("graph-line");
        browser.click(hook("graph-explain-line"));
        browser.find(hook("explain-verdict", "data-allowed", "true"));
        assertEquals("8443/TCP", browser.value(hook("explain-port")));
    }

    @Test
    void aLineWithTheOutsideLeadsToTheExplanationForOneOfTheAddresses() {
        String storefront = GraphTown.id("web/storefront");
        show(GraphTown.ofSeven().view(), "#/graph?from=outside:in&to=" + storefront + "&kind=Declared");
        browser.find(hook("graph-panel", "data-from", "outside:in"));
        assertTrue(browser.text(hook("graph-panel")).contains("one of the addresses outside"));
        browser.click(hook("graph-explain-line"));
        browser.find(hook("explain-verdict", "data-allowed", "true"));
        assertEquals("203.0.113.1", browser.value(hook("explain-from")));
        assertEquals(storefront, browser.value(hook("explain-to")));
        assertEquals("8080/TCP", browser.value(hook("explain-port")));
    }

    @Test
    void theTableHasTheExplanationOfAConnectionWithTheOutside() {
        show(GraphTown.ofSixty().view(), "#/graph?view=table&namespaces=pay");
        String row = hook("graph-row", "data-from", GraphTown.id("pay/pay-worker")) + "[data-to='outside:out']";
        browser.click(row + " a[aria-label^='Explain']");
        browser.find(hook("explain-verdict", "data-allowed", "true"));
        assertEquals("203.0.113.1", browser.value(hook("explain-to")));
    }

    @Test
    void linesBetweenClosedBoxesTellHowManyConnectionsTheyStandForAndListThem() {
        show(
                GraphTown.ofSixty().view(),
                "#/graph?by=namespace&from=namespace:shop&to=namespace:notify&kind=DeclaredByOneEnd");
        String line = "[data-from='namespace:edge'][data-to='namespace:web'][data-kind='Declared']";
        assertTrue(browser.has(hook("graph-edge") + line));
        assertTrue(String.valueOf(browser.run(
                        "return document.querySelector(arguments[0]).closest('g').getAttribute('aria-label')",
                        hook("graph-edge") + line))
                .contains("2 connections"));
        String panel = browser.text(hook("graph-panel", "data-from", "namespace:shop"));
        assertTrue(panel.contains("declared by one end"), panel);
        assertTrue(panel.contains("TCP 5672"), panel);
    }

    @Test
    void whatOneEndDeclaredIsNotDrawnAsDeclaredByNobody() {
        show(GraphTown.ofSixty().view(), "#/graph?by=namespace");
        String pair = "[data-from='namespace:shop'][data-to='namespace:notify']";
        assertTrue(browser.has(hook("graph-edge", "data-kind", "DeclaredByOneEnd") + pair));
        assertFalse(browser.has(hook("graph-edge", "data-kind", "Undeclared") + pair));
    }

    @Test
    void focusShowsTheNeighboursAlone() {
        String pay = GraphTown.id("pay/pay-gateway");
        show(GraphTown.ofSixty().view(), "#/graph?focus=" + pay);
        browser.find(node(pay) + ".selected");
        browser.screenshot("graph-60-focus");
        assertFalse(browser.has(node("namespace:media")));
        assertFalse(browser.has(node("segment:ops")));
        assertTrue(browser.text(hook("graph-count")).contains("Only the neighbours of"));
        browser.click(hook("graph-unfocus"));
        browser.await("all are shown", () -> browser.has(node("segment:ops")));
    }

    @Test
    void aSearchDimsEverythingElseLinesIncluded() {
        show(GraphTown.ofSixty().view(), "#/graph?by=namespace");
        browser.type(hook("graph-search"), "ledger-db");
        browser.find(node("namespace:ledger") + ".found");
        browser.find(node("namespace:web") + ".missed");
        String missed = ".line.missed [data-from='namespace:edge'][data-to='namespace:web']";
        browser.find(missed);
        assertEquals(
                true,
                browser.run(
                        "return Number(getComputedStyle(document.querySelector(arguments[0]).closest('g')).opacity) < 0.2",
                        missed));
    }

    @Test
    void risksAreCountedMarkedAndFound() {
        show(GraphTown.ofSixty().view(), "#/graph?by=namespace");
        String unenforced = browser.text(hook("risk-unenforced"));
        assertTrue(unenforced.endsWith(": 10"), unenforced);
        assertTrue(browser.attributes(node("namespace:notify"), "aria-label")
                .get(0)
                .contains("Not enforced"));
        browser.click(hook("risk-unheld"));
        browser.find(node("namespace:media") + ".found");
        browser.find(node("namespace:web") + ".missed");
    }

    @Test
    void thePictureIsSavedAsAFileOfItsOwn() throws Exception {
        show(GraphTown.ofSixty().view(), "#/graph");
        browser.run("document.querySelector('svg.canvas .name, svg.canvas .title').textContent = '<script>&\"x\"'");
        String text = String.valueOf(browser.run("return import('./assets/graph-export.js').then(({fileOf}) => {"
                + "const svg = document.querySelector('svg.canvas');"
                + "return fileOf('svg', svg, svg.getBBox()).then((file) => file.text()); })"));
        Document picture = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        Element root = picture.getDocumentElement();
        assertEquals("svg", root.getLocalName() == null ? root.getNodeName() : root.getLocalName());
        assertTrue(root.getTextContent().contains("<script>&\"x\""));
        assertEquals(0, picture.getElementsByTagName("script").getLength());
        assertFalse(text.contains("var(--"), "it needs no style sheet");
        assertFalse(text.contains("class="), "it needs no style sheet");
        assertTrue(text.contains("marker-end=\"url(#arrow-Declared)\""), "arrows are part of it");
        assertTrue(text.contains("paint-order=\"stroke"), "no line hides a title");
        for (String sign :
                List.of("Declared by nobody", "Enforced in both directions", "Reached from outside", "Segment")) {
            assertTrue(text.contains(">" + sign + "</text>"), sign + " is in the legend");
        }

        Object png = browser.run(
                "return import('./assets/graph-export.js').then(({fileOf}) => {"
                        + "const svg = document.querySelector('svg.canvas');"
                        + "return fileOf('png', svg, svg.getBBox()).then((file) => file.arrayBuffer())"
                        + ".then((bytes) => [...new Uint8Array(bytes.slice(1, 4))].map((b) => String.fromCharCode(b)).join('')); })");
        assertEquals("PNG", png);
    }

    @Test
    void theTableListsWhatThePictureShows() {
        show(GraphTown.ofSixty().view(), "#/graph?by=namespace");
        Object drawn = connections("graph-edge");
        browser.find(hook("graph-view") + " option[value='table']").click();
        browser.find(hook("graph-row"));
        assertEquals(drawn, connections("graph-row"));
    }

    private Object connections(String hook) {
        return browser.run(
                "return [...document.querySelectorAll(arguments[0])]"
                        + ".map(({dataset}) => `${dataset.from} ${dataset.to} ${dataset.kind}`).sort()",
                hook(hook));
    }

    @Test
    void theLegendOfASavedPictureIsAsWideAsThePicture() {
        show(GraphTown.ofSixty().view(), "#/graph");
        assertEquals(List.of(), browser.run(LEGEND));
    }

    @Test
    void manyConnectionsToTheClustersDnsAreDrawnWhenTheyAreAskedFor() {
        show(GraphTown.ofSixtyWithDns().view(), "#/graph?by=namespace");
        String line = "[data-from='namespace:shop'][data-to='namespace:kube-system'][data-kind='Declared']";
        assertTrue(browser.text(hook("graph-count")).contains("to the cluster’s DNS are not drawn"));
        assertFalse(browser.has(hook("graph-edge") + line));
        browser.screenshot("graph-dns-hidden");
        browser.click(hook("show-dns"));
        browser.find(hook("graph-edge") + line);
        assertTrue(browser.route().contains("dns=show"), browser.route());
        assertFalse(browser.text(hook("graph-count")).contains("DNS"));
        browser.screenshot("graph-dns-shown");
        visit("#/graph?by=namespace&dns=hide&view=table");
        browser.find(hook("graph-row") + line);
    }

    @Test
    void fewConnectionsToTheClustersDnsAreDrawn() {
        GraphTown town =
                new GraphTown().dns().segment("shop", GraphTown.BOTH, "shop").workload("shop/web");
        show(town.view(), "#/graph");
        browser.find(hook("graph-edge", "data-to", GraphTown.id("kube-system/coredns")) + "[data-kind='Declared']");
        assertTrue(browser.text("g.labels").contains("DNS"), browser.text("g.labels"));
        browser.click(hook("show-dns"));
        browser.await(
                "they are not drawn", () -> browser.text(hook("graph-count")).contains("1 to the cluster’s DNS"));
    }

    @Test
    void onATelephoneManyLinesAreQuietUntilABoxIsTouchedAndOneNamespaceIsOpenAtATime() {
        browser.size(390, 800);
        show(GraphTown.ofSixty().view(), "#/graph?by=namespace");
        browser.find(hook("graph-quiet"));
        assertTrue(opacity(".lines") < 0.5, "lines are faint");
        browser.screenshot("graph-390-quiet");
        touch("namespace:pay");
        browser.find(node(GraphTown.id("pay/pay-gateway")));
        assertEquals(1.0, opacity(".lit"));
        assertFalse(browser.all("g.lit path").isEmpty(), "its connections are shown");
        browser.screenshot("graph-390-pay");
        touch("namespace:ledger");
        browser.find(node(GraphTown.id("ledger/ledger-db")));
        assertFalse(browser.has(node(GraphTown.id("pay/pay-gateway"))));
    }

    /** As a finger does, wherever it lies in the picture. */
    private void touch(String box) {
        browser.run(
                "document.querySelector(arguments[0]).dispatchEvent(new MouseEvent('click', {bubbles: true}))",
                node(box));
    }

    private double opacity(String part) {
        return ((Number) browser.run(
                        "return Number(getComputedStyle(document.querySelector('svg.canvas ' + arguments[0])).opacity)",
                        part))
                .doubleValue();
    }

    @Test
    void bothEndsOfAQuestionAreLitWithWhatIsBetweenThemAndNothingElse() {
        String checkout = GraphTown.id("shop/checkout");
        String payments = GraphTown.id("pay/payments");
        show(GraphTown.ofSeven().view(), "#/graph");
        browser.click(node(checkout));
        browser.find(node(checkout) + ".selected");
        new Actions(browser.driver())
                .keyDown(Keys.SHIFT)
                .click(browser.find(node(payments)))
                .keyUp(Keys.SHIFT)
                .perform();
        browser.find(hook("graph-ends"));
        browser.find(node(payments) + ".destination.near");
        assertTrue(browser.has(node(checkout) + ".source.near"));
        assertFalse(browser.has(node(GraphTown.id("pay/ledger")) + ".near"), "the pointer is on payments");
        assertEquals(1, browser.all("g.lit path").size());
        browser.screenshot("graph-pair");
    }

    @Test
    void anEmptyGraphSaysWhatToDoNext() {
        show(new GraphTown().empty("idle").view(), "#/graph");
        assertTrue(browser.text(hook("graph-empty")).contains("no workload to draw"));
        assertTrue(browser.has(hook("graph-empty") + " a"));
    }
}
