package dev.bulkhead.app.console;

import static dev.bulkhead.app.browser.Browser.hook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.browser.Browser;
import dev.bulkhead.app.browser.InBrowser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The picture of who can reach whom, by hops. */
@InBrowser
class ReachPictureTest {

    /** The names of boxes in the order of their columns, from left to right and from top to bottom. */
    private static final String COLUMNS = """
            const boxes = [...document.querySelectorAll("[data-test='hop']")].map((box) => ({
              name: box.dataset.name.replace('[Deployment]', ''), at: box.getBoundingClientRect(),
            }));
            boxes.sort((a, b) => a.at.x - b.at.x || a.at.y - b.at.y);
            return boxes.map(({name}) => name);
            """;

    private static final String OVERLAPPING = """
            const boxes = [...document.querySelectorAll("[data-test='hop'] rect")].map((box) => box.getBoundingClientRect());
            const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
            return boxes.filter((one, index) => boxes.some((other, at) => at > index && overlap(one, other))).length;
            """;

    private final Browser browser;
    private final ShownCluster shown;

    ReachPictureTest(Browser browser) {
        this.browser = browser;
        this.shown = new ShownCluster(browser);
    }

    @AfterEach
    void close() {
        shown.close();
    }

    private void show(GraphTown town, String workload, String direction) {
        shown.serve(town.view(), SignIn.BY_FORM);
        shown.open(
                "platform", "#/who-can-reach?workload=" + GraphTown.id(workload) + "&hops=all&direction=" + direction);
    }

    @Test
    void whoCanReachStandsOnTheLeftTheFartherTheMoreHopsWithTheOutsideInItsOwnPlace() {
        show(GraphTown.ofSeven(), "pay/ledger", "who-can-reach");
        browser.find(hook("reach-picture"));
        assertEquals(
                List.of("outside", "web/storefront", "shop/checkout", "pay/payments", "pay/ledger"),
                browser.run(COLUMNS));
        browser.screenshot("reach-7");
    }

    @Test
    void whomItCanReachStandsOnTheRight() {
        show(GraphTown.ofSeven(), "web/storefront", "reachable-from");
        browser.find(hook("reach-picture"));
        Object columns = browser.run(COLUMNS);
        assertEquals("web/storefront", ((List<?>) columns).get(0));
        assertEquals("pay/ledger", ((List<?>) columns).get(((List<?>) columns).size() - 1), columns.toString());
        browser.screenshot("reach-7-from");
    }

    @ParameterizedTest
    @CsvSource({
        "ledger/ledger-db, who-can-reach",
        "web/web-api, reachable-from",
        "media/media-db, who-can-reach",
    })
    void boxesOfManyStandBesideEachOther(String workload, String direction) {
        show(GraphTown.ofSixty(), workload, direction);
        browser.find(hook("reach-picture"));
        assertEquals(0L, browser.run(OVERLAPPING));
        for (String scheme : List.of("light", "dark")) {
            browser.prefer(scheme);
            if (workload.equals("ledger/ledger-db")) {
                DocumentationPicture.take(browser, "who-can-reach-" + scheme);
            } else {
                browser.screenshot("reach-60-" + workload.replace('/', '-') + "-" + scheme);
            }
        }
    }

    @Test
    void beyondWhatCanBeReadTheRestIsInTheTable() {
        GraphTown town = new GraphTown().segment("shop", GraphTown.BOTH, "shop").workload("shop/db");
        for (int i = 0; i < 40; i++) {
            town.workload("shop/app-" + i).connects("shop/app-" + i, "shop/db", 5432);
        }
        show(town, "shop/db", "who-can-reach");
        browser.find(hook("reach-picture"));
        assertEquals(13, browser.all(hook("hop")).size(), "eleven, one box for the rest, and the database");
        assertTrue(browser.text(hook("reach-picture")).contains("29 more"), browser.text(hook("reach-picture")));
        assertEquals(40, browser.all(hook("reach-workloads") + " tbody tr").size());
    }

    @Test
    void itIsHiddenFromAssistiveTechnologySinceTheTablesSayTheSame() {
        show(GraphTown.ofSeven(), "pay/ledger", "who-can-reach");
        browser.find(hook("reach-picture") + " svg[aria-hidden='true']");
        assertFalse(browser.has(hook("reach-picture") + " svg [tabindex]"));
        browser.find(hook("reach-picture") + " [role='group'][tabindex='0']");
        assertTrue(browser.text(hook("reach-workloads")).contains("web/storefront"));
    }
}
