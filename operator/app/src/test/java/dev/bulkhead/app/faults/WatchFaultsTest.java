package dev.bulkhead.app.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.faults.Call;
import dev.bulkhead.testkit.faults.Disturbance;
import dev.bulkhead.testkit.faults.Fault;
import dev.bulkhead.testkit.faults.FaultProxy;
import dev.bulkhead.testkit.faults.Injection;
import dev.bulkhead.testkit.faults.Match;
import dev.bulkhead.testkit.faults.Times;
import dev.bulkhead.testkit.faults.WatchFault;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Watches that end, lie, repeat themselves or say nothing. Numbers are those of docs/reliability.md. */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false)
class WatchFaultsTest {

    private static final Match INTENTS = Match.watches().of("accessintents");
    private static final Match POLICIES = Match.watches().of("networkpolicies");
    private static int number;

    @RegisterExtension
    final QuietLibraries libraries = new QuietLibraries();

    private final FaultyTown town;
    private final FaultProxy proxy;
    private final String shop = "shop-" + ++number;

    WatchFaultsTest(ControlPlane controlPlane) {
        town = new FaultyTown(controlPlane);
        proxy = town.proxy();
    }

    @BeforeAll
    static void prepare(ControlPlane controlPlane) {
        FaultyTown.prepare(controlPlane);
    }

    @BeforeEach
    void start() {
        town.namespace(shop);
        town.webReaches(shop, "api");
        town.startOperator();
        town.judged(() -> town.enrol(shop, shop), town::awaitConverged);
        awaitWatching();
    }

    @AfterEach
    void close() {
        town.close();
    }

    private void awaitWatching() {
        town.await("everything is watched", () -> town.operator().unready().isEmpty());
    }

    @Test
    void f22_watchesThatEndAfterEachEventMissNothing() {
        for (String[] apps : new String[][] {{"api", "db"}, {"db"}, {"api"}, {"api", "db"}}) {
            town.judged(
                    () -> {
                        proxy.cutWatches(Match.all());
                        town.webReaches(shop, apps);
                    },
                    () -> town.awaitWebReaches(shop, apps));
        }
        assertEquals(1, lists("accessintents"), "a watch that was cut goes on where it was");
    }

    @Test
    void whateverEndsAWatchIsSaidOnceAndByBulkheadAlone() {
        for (int i = 0; i < 3; i++) {
            proxy.cutWatches(INTENTS);
            awaitWatched();
        }
        proxy.expireWatches(INTENTS);
        awaitWatched();
        for (Fault fault : List.of(Fault.dropped(), Fault.answer(500))) {
            try (Injection refused = proxy.inject(INTENTS, Times.first(3), fault)) {
                proxy.cutWatches(INTENTS);
                town.await("it is refused", () -> refused.hits() == 3);
                awaitWatched();
            }
        }
        proxy.refuseConnections().close();
        awaitWatched();
        town.awaitConverged();
        List<Instant> told = libraries.written("Watch interrupted, tried again", LogKey.KIND, "AccessIntent").stream()
                .map(ILoggingEvent::getInstant)
                .toList();
        assertFalse(told.isEmpty());
        for (int i = 1; i < told.size(); i++) {
            // The limit is a minute, by another clock.
            assertTrue(told.get(i - 1).plusSeconds(55).isBefore(told.get(i)), told::toString);
        }
        assertTrue(libraries.heldBack("{} failed for {}, will retry"), "no attempt failed");
    }

    private void awaitWatched() {
        town.await("intents are watched", () -> proxy.openWatches(INTENTS) > 0);
    }

    @Test
    void f23_aRelistAfter410NoticesDeclarationsThatWentInTheGap() {
        try (Disturbance silence = proxy.disturb(INTENTS, WatchFault.silent())) {
            town.deleteIntent(shop, "web");
            town.await("the event is lost", () -> silence.hits() > 0);
        }
        town.judged(() -> proxy.expireWatches(INTENTS), () -> town.awaitWebReaches(shop));
    }

    @Test
    void f23_aRelistAfter410NoticesPoliciesThatWentInTheGapAndWereSeenBefore() {
        try (Disturbance silence = proxy.disturb(POLICIES, WatchFault.silent())) {
            town.deletePolicy(shop, FaultyTown.BASELINE);
            town.await("the event is lost", () -> silence.hits() > 0);
        }
        proxy.expireWatches(POLICIES);
        town.await("it is back", () -> town.find(shop, FaultyTown.BASELINE).isPresent());
    }

    @Test
    void f24_aBareEndInsteadOf410MakesNoEndlessLoop() {
        int before = proxy.calls().size();
        try (Injection refused = proxy.inject(INTENTS, Times.first(4), Fault.dropped())) {
            proxy.cutWatches(INTENTS);
            town.webReaches(shop, "db");
            town.awaitWebReaches(shop, "db");
            assertEquals(4, refused.hits());
        }
        long asked =
                proxy.calls(INTENTS).filter(call -> call.number() >= before).count();
        assertTrue(asked < 20, "asked for its watch " + asked + " times");
    }

    @Test
    void f26_anObjectThatCannotBeReadHoldsUpNoOtherNamespace() {
        GenericKubernetesResource intent = town.client()
                .genericKubernetesResources(FaultyTown.API, "AccessIntent")
                .inNamespace(shop)
                .withName("web")
                .get();
        String odd =
                "{\"type\":\"ADDED\",\"object\":{\"apiVersion\":\"bulkhead.dev/v1alpha1\",\"kind\":\"AccessIntent\","
                        + "\"metadata\":{\"name\":\"odd\",\"namespace\":\"default\",\"uid\":\"1-2-3\",\"resourceVersion\":\""
                        + intent.getMetadata().getResourceVersion() + "\",\"generation\":1},\"spec\":[\"odd\"]}}";
        proxy.sendToWatches(INTENTS, odd);
        town.judged(() -> town.webReaches(shop, "db"), () -> town.awaitWebReaches(shop, "db"));
    }

    @Test
    void f26_anErrorInAWatchIsNotItsEnd() {
        proxy.sendToWatches(
                INTENTS,
                "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\","
                        + "\"status\":\"Failure\",\"message\":\"injected\",\"reason\":\"InternalError\",\"code\":500}}");
        town.judged(() -> town.webReaches(shop, "db"), () -> town.awaitWebReaches(shop, "db"));
    }

    @Test
    void f27_eventsThatComeTwiceCauseNoWrites() {
        try (Disturbance twice = proxy.disturb(Match.all(), WatchFault.duplicated())) {
            town.judged(() -> town.webReaches(shop, "api", "db"), () -> town.awaitWebReaches(shop, "api", "db"));
            assertTrue(twice.hits() > 0);
        }
        town.awaitConverged();
        Map<String, String> settled = town.policies(shop);
        long writes = writes();
        town.webReaches(shop, "db");
        town.awaitWebReaches(shop, "db");
        town.webReaches(shop, "api", "db");
        town.awaitConverged();
        assertEquals(settled, town.policies(shop));
        assertTrue(writes() - writes <= 8, (writes() - writes) + " writes for two changes of at most four policies");
    }

    @Test
    void f28_eventsThatWereLostAreMadeUpForByTheNextList() {
        try (Disturbance lost = proxy.disturb(INTENTS, WatchFault.without(event -> event.contains("MODIFIED")))) {
            town.webReaches(shop, "db");
            town.await("the event is lost", () -> lost.hits() > 0);
        }
        town.judged(() -> proxy.expireWatches(INTENTS), () -> town.awaitWebReaches(shop, "db"));
    }

    @Test
    void f29_aRestartThatIsGivenAnOldListReopensNothing() {
        town.stopOperator();
        // What the first of them is answered is all that the second is answered.
        try (Injection stale = proxy.inject(Match.verbs("list"), Fault.stale())) {
            town.startOperator();
            awaitWatching();
            town.webReaches(shop, "db");
            town.awaitWebReaches(shop, "db");
            town.stopOperator();
            Map<String, String> before = town.policies(shop);
            town.judged(
                    town::startOperator,
                    () -> town.await("it works", () -> town.operator().unready().isEmpty()));
            assertTrue(stale.hits() > 0);
            town.await(
                    "the policies are those of what is declared now",
                    () -> town.policies(shop).equals(before));
        }
        town.awaitWebReaches(shop, "db");
    }

    @Test
    void f31_whatIsDeletedAndMadeAgainBetweenTwoEventsIsTheNewOne() {
        try (Disturbance silence = proxy.disturb(INTENTS, WatchFault.silent())) {
            town.deleteIntent(shop, "web");
            town.webReaches(shop, "db");
            town.await("the events are lost", () -> silence.hits() >= 2);
        }
        town.judged(() -> proxy.expireWatches(INTENTS), () -> town.awaitWebReaches(shop, "db"));
    }

    @Test
    void f32_aPeerThatIsKnownLaterOpensNothingEarlier() {
        String pay = "pay-" + number;
        town.namespace(pay);
        town.enrol(pay, pay);
        town.await(
                "its baseline is there",
                () -> town.find(pay, FaultyTown.BASELINE).isPresent());
        try (Disturbance late = proxy.disturb(Match.watches().of("segments"), WatchFault.late(Duration.ofSeconds(1)))) {
            town.judged(
                    () -> {
                        town.intent(shop, "out", Map.of("app", "web"), "outbound", "to", pay, List.of("api"));
                        town.intent(pay, "in", Map.of("app", "api"), "inbound", "from", shop, List.of("web"));
                        town.release(pay);
                        town.enrol(pay, pay);
                    },
                    () -> town.await("pay/db is closed", () -> !town.allows(pay, "api", "db")));
            assertTrue(late.hits() > 0);
        }
    }

    @Test
    void f33_afterAllWatchesEndedAtOnceNothingIsWritten() {
        long writes = writes();
        proxy.cutWatches(Match.all());
        awaitWatching();
        proxy.expireWatches(Match.all());
        town.await("they are watched again", () -> proxy.openWatches(POLICIES) > 0);
        awaitWatching();
        assertEquals(writes, writes());
        town.judged(() -> town.webReaches(shop, "db"), () -> town.awaitWebReaches(shop, "db"));
    }

    @Test
    void f34_aBookmarkIsWhereAWatchGoesOn() {
        town.await("the watch is open", () -> proxy.openWatches(INTENTS) == 1);
        String version = town.client()
                .genericKubernetesResources(FaultyTown.API, "AccessIntent")
                .inAnyNamespace()
                .list()
                .getMetadata()
                .getResourceVersion();
        proxy.sendToWatches(
                INTENTS,
                "{\"type\":\"BOOKMARK\",\"object\":{\"apiVersion\":\"bulkhead.dev/v1alpha1\","
                        + "\"kind\":\"AccessIntent\",\"metadata\":{\"resourceVersion\":\"" + version + "\"}}}");
        proxy.cutWatches(INTENTS);
        town.await(
                "it is watched from there",
                () -> proxy.calls(INTENTS)
                        .map(Call::request)
                        .anyMatch(request -> request.uri().contains("resourceVersion=" + version)));
        assertEquals(1, lists("accessintents"));
    }

    @Test
    void f57_aNamespaceThatIsAboutToGoIsLeftAlone() {
        town.client().namespaces().withName(shop).delete();
        town.await(
                "it is about to go",
                () -> "Terminating"
                        .equals(town.client()
                                .namespaces()
                                .withName(shop)
                                .get()
                                .getStatus()
                                .getPhase()));
        town.client().network().v1().networkPolicies().inNamespace(shop).delete();
        town.await("its policies are gone", () -> town.policies(shop).isEmpty());
        String other = "other-" + number;
        town.namespace(other);
        town.webReaches(other, "api");
        town.enrol(other, other);
        town.awaitWebReaches(other, "api");
        assertEquals(Map.of(), town.policies(shop));
        town.client().namespaces().withName(shop).get();
    }

    @Test
    void f60_whatSomebodyDeletesOrEditsIsPutRight() {
        Map<String, String> right = town.policies(shop);
        right.keySet().forEach(name -> {
            town.deletePolicy(shop, name);
            town.await(name + " is back", () -> town.policies(shop).equals(right));
            town.client()
                    .network()
                    .v1()
                    .networkPolicies()
                    .inNamespace(shop)
                    .withName(name)
                    .edit(policy -> {
                        policy.getSpec().setPolicyTypes(List.of("Ingress"));
                        return policy;
                    });
            town.await(name + " is as before", () -> town.policies(shop).equals(right));
        });
        assertFalse(right.isEmpty());
    }

    private long lists(String resource) {
        return proxy.calls(Match.verbs("list").of(resource).in("")).count();
    }

    private long writes() {
        return proxy.calls(Match.writes().of("networkpolicies")).count();
    }
}
