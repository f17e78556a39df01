package dev.bulkhead.app.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.faults.Fault;
import dev.bulkhead.testkit.faults.FaultProxy;
import dev.bulkhead.testkit.faults.Injection;
import dev.bulkhead.testkit.faults.Match;
import dev.bulkhead.testkit.faults.Times;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** What the API server refuses, forgets to answer or answers in vain. Numbers are those of docs/reliability.md. */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false)
@TestInstance(Lifecycle.PER_CLASS)
class ApiErrorsTest {

    /** In full it lasts a minute and more: {@code -Dbulkhead.faults.outage=60}. */
    private static final int OUTAGE_SECONDS = Integer.getInteger("bulkhead.faults.outage", 4);

    private static final int CROWD = 20;
    private static final Match POLICY_WRITES = Match.writes().of("networkpolicies");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @RegisterExtension
    final QuietLibraries libraries = new QuietLibraries();

    private final FaultyTown town;
    private final FaultProxy proxy;

    ApiErrorsTest(ControlPlane controlPlane) {
        town = new FaultyTown(controlPlane);
        proxy = town.proxy();
    }

    @BeforeAll
    void start(ControlPlane controlPlane) {
        FaultyTown.prepare(controlPlane);
        town.startOperator();
    }

    @AfterAll
    void close() {
        town.close();
    }

    @Test
    void f07_aRestartWithoutAChangeWritesNothing() {
        String shop = enforced("restart");
        town.stopOperator();
        int before = proxy.calls().size();
        town.startOperator();
        town.await(
                "the restarted operator works", () -> town.operator().unready().isEmpty());
        // Namespaces are looked at in any order: once a new one is done, the old one has been.
        enforced("after-the-restart");
        assertEquals(
                0,
                proxy.calls(POLICY_WRITES.in(shop))
                        .filter(call -> call.number() >= before)
                        .count());
    }

    @Test
    void f08_whatChangedWhileTheOperatorWasAwayIsFollowed() {
        String shop = enforced("away");
        town.stopOperator();
        town.judged(
                () -> {
                    town.webReaches(shop, "db");
                    town.deletePolicy(shop, "bulkhead-dns");
                    town.startOperator();
                },
                () -> {
                    town.awaitWebReaches(shop, "db");
                    town.await(
                            "the deleted policy is back",
                            () -> town.find(shop, "bulkhead-dns").isPresent());
                });
    }

    @Test
    void f09_aConflictOnEverySecondWriteLeadsToANewPlan() {
        recoversFrom(Times.every(2), Fault.answer(409));
    }

    @Test
    void f10_aPolicyThatIsThereAlreadyAsWantedIsAdopted() {
        String shop = unenforced("adopted");
        Match creates = Match.verbs("create").of("networkpolicies").in(shop);
        try (Injection lost = proxy.inject(creates, Times.nth(1), Fault.lostAnswer())) {
            town.enrol(shop, shop);
            town.awaitWebReaches(shop, "api");
            assertEquals(1, lost.hits());
        }
        assertEquals(
                0,
                proxy.calls(Match.verbs("patch", "update", "delete")
                                .of("networkpolicies")
                                .in(shop)
                                .named("bulkhead-dns"))
                        .count());
    }

    @Test
    void f11_aPolicyBySomebodyElseWithOurNameIsNotOverwrittenAndHoldsUpNoOther() {
        String other = enforced("beside-it");
        String shop = unenforced("foreign");
        town.client()
                .resource(new NetworkPolicyBuilder()
                        .withNewMetadata()
                        .withNamespace(shop)
                        .withName("bulkhead-dns")
                        .endMetadata()
                        .withNewSpec()
                        .withNewPodSelector()
                        .addToMatchLabels("app", "nobody")
                        .endPodSelector()
                        .withPolicyTypes("Egress")
                        .endSpec()
                        .build())
                .create();
        String version =
                town.find(shop, "bulkhead-dns").orElseThrow().getMetadata().getResourceVersion();
        town.enrol(shop, shop);
        town.webReaches(other, "api", "db");
        town.awaitWebReaches(other, "api", "db");
        assertEquals(
                version,
                town.find(shop, "bulkhead-dns").orElseThrow().getMetadata().getResourceVersion());
        town.deletePolicy(shop, "bulkhead-dns");
        town.awaitConverged();
    }

    @Test
    void f12_whoeverIsAskedToWaitWaits() {
        String shop = enforced("patient");
        Match writes = POLICY_WRITES.in(shop);
        try (Injection busy = proxy.inject(writes, Times.first(2), Fault.tooManyRequests(Duration.ofSeconds(1)))) {
            change(shop);
            assertEquals(2, busy.hits());
        }
        assertTrue(proxy.calls(writes).count() < 20, "it does not ask all the time");
    }

    @Test
    void f13_serverErrorsEndAndTheOperatorGoesOn() throws InterruptedException {
        String shop = enforced("errors");
        try (Injection errors = proxy.inject(Match.all().by("bulkhead.*"), Fault.answer(503))) {
            town.webReaches(shop, "db");
            TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
            assertTrue(errors.hits() > 0);
        }
        town.awaitWebReaches(shop, "db");
    }

    @Test
    void f13_anApiServerThatIsAwayComesBackAndTheOperatorGoesOn() throws InterruptedException {
        String shop = enforced("outage");
        try (FaultProxy.Refusal refusal = proxy.refuseConnections()) {
            town.webReaches(shop, "db");
            TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
            assertFalse(town.operator().unready().isEmpty(), () -> "it is ready in spite of " + refusal);
            assertEquals(List.of(), town.operator().stuck());
        }
        town.awaitWebReaches(shop, "db");
        town.await("it is ready again", () -> town.operator().unready().isEmpty());
    }

    @Test
    void f14_aWriteThatIsNeverAnsweredHoldsUpNoOtherNamespaceAndEnds() {
        String shop = enforced("unanswered");
        String other = enforced("beside-the-unanswered");
        try (Injection silence = proxy.inject(POLICY_WRITES.in(shop), Times.nth(1), Fault.unanswered())) {
            town.webReaches(shop, "db");
            town.await("a write waits for its answer", () -> silence.hits() == 1);
            change(other);
            assertEquals(List.of(), town.operator().stuck());
            town.awaitWebReaches(shop, "db");
        }
    }

    @Test
    void f15_aWriteWhoseAnswerIsLostCounts() {
        recoversFrom(Times.every(2), Fault.lostAnswer());
    }

    @Test
    void aNamespaceThatFailsAgainAndAgainIsToldOnceAndByBulkheadAlone() {
        String shop = enforced("failing");
        try (Injection errors = proxy.inject(POLICY_WRITES.in(shop), Fault.answer(500))) {
            town.webReaches(shop, "db");
            town.await("it is tried again and again", () -> errors.hits() >= 4);
        }
        town.awaitWebReaches(shop, "db");
        assertEquals(
                1, libraries.written("Namespace failed", LogKey.NAMESPACE, shop).size());
        assertTrue(libraries.heldBack("Uncaught error during event processing"), "no attempt failed");
    }

    @Test
    void f16_oneNamespaceThatRefusesItsPoliciesHoldsUpNoOther() {
        String shop = enforced("refused");
        String other = enforced("beside-the-refused");
        try (Injection refused = proxy.inject(Match.all().of("networkpolicies").in(shop), Fault.answer(403))) {
            town.webReaches(shop, "db");
            town.await("it is refused", () -> refused.hits() > 0);
            change(other);
            assertTrue(town.allows(shop, "web", "api"), "what was open stays open");
        }
        town.awaitWebReaches(shop, "db");
    }

    @Test
    void f17_declarationsThatCannotBeListedTakeNothingAway() {
        String shop = enforced("unlisted");
        Match lists = Match.verbs("list", "watch").of("accessintents", "namespaces", "segments");
        for (int code : new int[] {403, 404}) {
            Map<String, String> before = town.policies(shop);
            try (Injection refused = proxy.inject(lists, Fault.answer(code))) {
                proxy.expireWatches(lists);
                town.await("they are asked for", () -> refused.hits() > 3);
                // Something that lets it look at the namespace.
                town.deletePolicy(shop, FaultyTown.BASELINE);
                town.await("it is repaired", () -> town.policies(shop).equals(before));
            }
            town.await("they are watched again", () -> town.operator().unready().isEmpty());
        }
        change(shop);
    }

    /** A fact that cannot be read is not known, which is something else than that there is nothing. */
    @Test
    void f17_factsThatMayNotBeReadHoldUpNobodyAndWhatRestsOnThemStays() {
        String shop = enforced("without-facts");
        town.apply(
                "AccessIntent",
                shop,
                "robot",
                Map.of(
                        "workload", Map.of("podSelector", Map.of("matchLabels", Map.of("app", "db"))),
                        "outbound", List.of(Map.of("to", Map.of("wellKnown", "KubeAPIServer")))));
        town.awaitConverged();
        town.await(
                "the segment says where the API server is",
                () -> town.segmentStatus(shop).contains("/32 on TCP "));
        Map<String, String> before = town.policies(shop);
        assertTrue(before.toString().contains("/32"), before::toString);
        Match facts = Match.verbs("list", "watch").of("endpointslices", "ingressclasses");
        int starts = 0;
        for (int code : new int[] {403, 404}) {
            town.stopOperator();
            try (Injection refused = proxy.inject(facts, Fault.answer(code))) {
                town.startOperator();
                starts++;
                assertTrue(refused.hits() >= 2);
                assertEquals(List.of(), town.operator().unready());
                // Namespaces are looked at in any order: once a new one is done, the old one has been.
                change(enforced("beside-the-one-without-facts"));
                assertEquals(before, town.policies(shop));
                assertEquals(starts, toldOfRefusal("EndpointSlice").size());
                assertEquals(starts, toldOfRefusal("IngressClass").size());
            }
        }
    }

    private List<?> toldOfRefusal(String kind) {
        return libraries.written("Kind refused, done without until it is not", LogKey.KIND, kind);
    }

    @Test
    void f18_whatAdmissionRefusesIsTriedAgainAndHoldsUpNoOther() {
        String shop = enforced("inadmissible");
        String other = enforced("beside-the-inadmissible");
        Fault quota = Fault.answer(422, "Invalid", "NetworkPolicy is invalid: spec: injected");
        try (Injection refused = proxy.inject(POLICY_WRITES.in(shop), quota)) {
            town.webReaches(shop, "db");
            town.await("it is refused", () -> refused.hits() > 0);
            change(other);
        }
        town.awaitWebReaches(shop, "db");
    }

    @Test
    void f19_whatIsTooLargeForTheApiServerLeavesThePolicyAsItIsAndHoldsUpNoOther() {
        String shop = enforced("too-large");
        String other = enforced("beside-the-too-large");
        Fault tooLarge = Fault.answer(413, "RequestEntityTooLarge", "limit is 3145728");
        try (Injection refused = proxy.inject(POLICY_WRITES.in(shop), tooLarge)) {
            Map<String, String> before = town.policies(shop);
            town.webReaches(shop, "api", "db");
            town.await("it is refused often enough to be told", () -> refused.hits() >= 3);
            town.await("the segment says why", () -> town.segmentStatus(shop).contains("limit is 3145728"));
            change(other);
            assertEquals(before, town.policies(shop));
        }
        town.awaitWebReaches(shop, "api", "db");
    }

    @Test
    void f20_aTokenThatIsRefusedForAWhileEndsNothing() {
        String shop = enforced("unauthorized");
        try (Injection refused = proxy.inject(Match.all().by("bulkhead.*"), Fault.answer(401))) {
            town.webReaches(shop, "db");
            town.await("it is refused", () -> refused.hits() > 0);
        }
        town.awaitWebReaches(shop, "db");
    }

    @Test
    void f42_manyIntentsForOneWorkloadAtOnceAreWrittenTogether() {
        String shop = enforced("crowd");
        int before = proxy.calls().size();
        List<Runnable> held = new CopyOnWriteArrayList<>();
        town.judged(
                () -> {
                    try (Injection writes = proxy.inject(POLICY_WRITES.in(shop), Fault.held(held::add))) {
                        declare(shop, 0, 1);
                        town.await("the first one is about to be written", () -> writes.hits() > 0);
                        declare(shop, 1, CROWD);
                    }
                    held.forEach(Runnable::run);
                },
                town::awaitConverged);
        town.awaitWebReaches(shop, "api", "db");
        long writes = proxy.calls(POLICY_WRITES.in(shop))
                .filter(call -> call.number() >= before)
                .count();
        assertTrue(writes <= CROWD / 2, writes + " writes for " + CROWD + " intents");
    }

    /** That web may reach db, again and again. */
    private void declare(String shop, int from, int to) {
        for (int intent = from; intent < to; intent++) {
            town.intent(shop, "more-" + intent, Map.of("app", "web"), "outbound", "to", shop, List.of("db"));
        }
    }

    @Test
    void f67_whatMayBeManyIsReadInPages() {
        town.stopOperator();
        int before = proxy.calls().size();
        town.startOperator();
        for (String kind : List.of("pods", "networkpolicies", "accessintents", "deployments")) {
            List<String> lists = proxy.calls(Match.verbs("list").of(kind).in(""))
                    .filter(call -> call.number() >= before)
                    .map(call -> call.request().uri())
                    .toList();
            assertFalse(lists.isEmpty(), kind);
            lists.forEach(list -> assertTrue(list.matches(".*[?&]limit=[1-9]\\d{1,2}(&.*)?"), list));
        }
    }

    @Test
    void f17_whyAKindCannotBeWatchedIsToldOnceHoweverOftenItIsTried() {
        // One that has told nothing lately.
        town.stopOperator();
        town.startOperator();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger log = (Logger) LoggerFactory.getLogger("dev.bulkhead.cluster.inventory.WatchedKind");
        log.addAppender(lines);
        Match lists = Match.verbs("list", "watch").of("accessintents");
        try (Injection refused = proxy.inject(lists, Fault.answer(503))) {
            proxy.expireWatches(lists);
            town.await("it is tried often", () -> refused.hits() > 5);
        }
        town.await("it is watched again", () -> town.operator().unready().isEmpty());
        log.detachAppender(lines);
        long told = lines.list.stream()
                .filter(line -> line.getMessage().equals("Watch interrupted, tried again"))
                .count();
        assertEquals(1, told);
    }

    /** Enrols, widens, narrows and releases, under a fault, and ends in the same states as without it. */
    private void recoversFrom(Times times, Fault fault) {
        String shop = unenforced("f");
        try (Injection injection = proxy.inject(POLICY_WRITES.in(shop), times, fault)) {
            town.judged(() -> town.enrol(shop, shop), () -> town.awaitWebReaches(shop, "api"));
            change(shop);
            town.judged(
                    () -> town.release(shop),
                    () -> town.await(
                            "everything is open", () -> town.policies(shop).isEmpty()));
            assertTrue(injection.hits() > 1, "hits: " + injection.hits());
        }
    }

    /** Widens and narrows what web reaches. */
    private void change(String namespace) {
        town.judged(() -> town.webReaches(namespace, "api", "db"), () -> town.awaitWebReaches(namespace, "api", "db"));
        town.judged(() -> town.webReaches(namespace, "db"), () -> town.awaitWebReaches(namespace, "db"));
    }

    private String unenforced(String name) {
        String namespace = name + "-" + NUMBER.incrementAndGet();
        town.namespace(namespace);
        town.webReaches(namespace, "api");
        return namespace;
    }

    private String enforced(String name) {
        String namespace = unenforced(name);
        town.enrol(namespace, namespace);
        town.awaitConverged();
        return namespace;
    }
}
