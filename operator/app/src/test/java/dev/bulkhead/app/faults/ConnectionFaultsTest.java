package dev.bulkhead.app.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.faults.Disturbance;
import dev.bulkhead.testkit.faults.Fault;
import dev.bulkhead.testkit.faults.FaultProxy;
import dev.bulkhead.testkit.faults.Injection;
import dev.bulkhead.testkit.faults.LoadBalancer;
import dev.bulkhead.testkit.faults.Match;
import dev.bulkhead.testkit.faults.Times;
import dev.bulkhead.testkit.faults.WatchFault;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Connections that stay open and say nothing, and those that never come about. The limit for silence is shorter than the
 * product's, and bookmarks come as much more often; that the product's own limit is short enough is shown by the unit test
 * of {@code Silence}.
 */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false)
class ConnectionFaultsTest {

    private static final Match POLICIES = Match.watches().of("networkpolicies");
    private static final Duration BOOKMARKS = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static int number;

    @RegisterExtension
    final QuietLibraries libraries = new QuietLibraries();

    private final FaultyTown town;
    private final FaultProxy proxy;
    private final String shop = "connected-" + ++number;
    private final ControlPlane controlPlane;

    ConnectionFaultsTest(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        town = new FaultyTown(controlPlane);
        proxy = town.proxy();
    }

    @BeforeAll
    static void prepare(ControlPlane controlPlane) {
        FaultyTown.prepare(controlPlane);
    }

    private void start(UnaryOperator<Config> route) {
        town.namespace(shop);
        OperatorSettings alone = OperatorSettings.alone();
        // With one thread few connections are kept, each of which costs a request without an answer once it is dead.
        town.startOperator(
                new OperatorSettings(
                        alone.namespace(),
                        alone.instance(),
                        alone.election(),
                        1,
                        alone.networks(),
                        alone.readLimit(),
                        LIMIT,
                        alone.namespaceMemory()),
                route);
        town.webReaches(shop, "api");
        town.enrol(shop, shop);
        town.awaitConverged();
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void f25_aWatchThatGoesSilentIsNamedAndOpenedAnewSoThatWhatWasMissedIsPutRight() {
        try (FaultProxy.Bookmarks bookmarks = proxy.sendBookmarks(BOOKMARKS)) {
            start(proxy::configuration);
            try (Disturbance silence = proxy.disturb(POLICIES, WatchFault.silent())) {
                town.deletePolicy(shop, FaultyTown.BASELINE);
                town.await("the deletion is lost", () -> silence.hits() > 0);
                awaitNamed();
                awaitBaseline();
            }
            town.await("it is watched anew", () -> proxy.openWatches(POLICIES) == 1 && opened(POLICIES) > 1);
            assertEquals(
                    1,
                    opened(Match.watches().of("accessintents")),
                    "bookmarks show that a watch is alive: " + bookmarks);
            assertEquals(1, opened(Match.watches().of("segments")), "bookmarks show that a watch is alive");
        }
    }

    @Test
    void f25_aWatchThatNeverComesAboutIsOpenedAnew() {
        Match intents = Match.watches().of("accessintents");
        try (FaultProxy.Bookmarks bookmarks = proxy.sendBookmarks(BOOKMARKS)) {
            start(proxy::configuration);
            try (Injection unanswered = proxy.inject(intents, Times.nth(1), Fault.unanswered())) {
                proxy.expireWatches(intents);
                town.await("a watch is asked for: " + bookmarks, () -> unanswered.hits() > 0);
                town.webReaches(shop, "db");
                town.awaitWebReaches(shop, "db");
            }
        }
    }

    @Test
    void f25_connectionsThatALoadBalancerHasForgottenAreLeft() {
        try (LoadBalancer balancer = LoadBalancer.before(controlPlane.configuration())) {
            start(balancer::configuration);
            balancer.forgetConnections();
            town.deletePolicy(shop, FaultyTown.BASELINE);
            awaitNamed();
            awaitBaseline();
            town.judged(() -> town.webReaches(shop, "db"), () -> town.awaitWebReaches(shop, "db"));
        }
    }

    @Test
    void f21_whileTlsFailsTheOperatorIsNotReadyAndAfterwardsItGoesOn() {
        try (LoadBalancer balancer = LoadBalancer.before(controlPlane.configuration())) {
            start(balancer::configuration);
            try (LoadBalancer.Impostor impostor = balancer.answerWithoutTls()) {
                town.await(
                        "it is not ready because of " + impostor,
                        () -> !town.operator().unready().isEmpty());
                town.webReaches(shop, "db");
                assertEquals(List.of(), town.operator().stuck());
            }
            town.awaitWebReaches(shop, "db");
            town.await("it is ready again", () -> town.operator().unready().isEmpty());
            // Which no line may be made of.
            town.await(
                    "libraries would warn of connections that ended uncleanly",
                    () -> libraries.heldBack("Aborting WebSocket")
                            && libraries.heldBack("Queued close did not succeed"));
        }
    }

    private long opened(Match match) {
        return proxy.calls(match).count();
    }

    private void awaitNamed() {
        town.await("the watch is named", () -> town.operator().unready().contains("NetworkPolicy"));
    }

    private void awaitBaseline() {
        town.await(
                "the baseline is back",
                () -> town.find(shop, FaultyTown.BASELINE).isPresent());
    }
}
