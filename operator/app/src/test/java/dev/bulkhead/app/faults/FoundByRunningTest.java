package dev.bulkhead.app.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.faults.Disturbance;
import dev.bulkhead.testkit.faults.Fault;
import dev.bulkhead.testkit.faults.FaultProxy;
import dev.bulkhead.testkit.faults.Injection;
import dev.bulkhead.testkit.faults.Match;
import dev.bulkhead.testkit.faults.WatchFault;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What went wrong once on a real control plane. */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false)
class FoundByRunningTest {

    private static final Match POLICIES = Match.watches().of("networkpolicies");

    private static int number;

    @RegisterExtension
    final QuietLibraries libraries = new QuietLibraries();

    private final FaultyTown town;
    private final FaultProxy proxy;
    private final String shop = "found-" + ++number;

    FoundByRunningTest(ControlPlane controlPlane) {
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
        town.enrol(shop, shop);
        town.awaitConverged();
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void policiesThatLookLikeBaselinesHoldUpNothingAndGo() {
        for (String name : new String[] {"x", "y"}) {
            town.client()
                    .resource(new NetworkPolicyBuilder()
                            .withNewMetadata()
                            .withNamespace(shop)
                            .withName(name)
                            .addToLabels(
                                    Map.of("app.kubernetes.io/managed-by", "bulkhead", "bulkhead.dev/role", "baseline"))
                            .endMetadata()
                            .withNewSpec()
                            .withNewPodSelector()
                            .endPodSelector()
                            .withPolicyTypes("Ingress", "Egress")
                            .endSpec()
                            .build())
                    .create();
        }
        town.webReaches(shop, "db");
        town.awaitWebReaches(shop, "db");
        town.await(
                "the others are gone",
                () -> town.find(shop, "x").isEmpty() && town.find(shop, "y").isEmpty());
    }

    @Test
    void f30_aPolicyOfOursThatWasDeletedInAWatchGapComesBackAndHoldsUpNoEdit() {
        String ingress;
        try (Disturbance silence = proxy.disturb(POLICIES, WatchFault.silent())) {
            Set<String> before = town.policies(shop).keySet();
            town.webReaches(shop, "api", "db");
            town.awaitWebReaches(shop, "api", "db");
            ingress = town.policies(shop).keySet().stream()
                    .filter(name -> !before.contains(name))
                    .findFirst()
                    .orElseThrow();
            town.deletePolicy(shop, ingress);
            town.await("the deletion is lost", () -> silence.hits() >= 3);
        }
        assertFalse(town.allows(shop, "web", "db"));
        proxy.expireWatches(POLICIES);
        town.awaitWebReaches(shop, "api", "db");
        assertTrue(town.find(shop, ingress).isPresent());
        town.judged(() -> town.webReaches(shop, "db"), () -> town.awaitWebReaches(shop, "db"));
    }

    @Test
    void f30_aBaselineThatWasDeletedInTheGapInWhichItWasMadeComesBackAndHoldsUpNoEdit() {
        String other = shop + "-other";
        town.namespace(other);
        town.webReaches(other, "api");
        try (Disturbance silence = proxy.disturb(POLICIES, WatchFault.silent())) {
            town.enrol(other, other);
            town.awaitWebReaches(other, "api");
            long heard = silence.hits();
            town.deletePolicy(other, FaultyTown.BASELINE);
            town.await("the deletion is lost", () -> silence.hits() > heard);
        }
        proxy.expireWatches(POLICIES);
        town.await(
                "the baseline is back",
                () -> town.find(other, FaultyTown.BASELINE).isPresent());
        town.awaitConverged();
        town.judged(() -> town.webReaches(other, "db"), () -> town.awaitWebReaches(other, "db"));
    }

    @Test
    void aNamespaceThatJoinsOrLeavesASegmentThatIsAdmittedElsewhereReachesNothingMeanwhile() {
        String front = shop + "-front";
        String guest = shop + "-guest";
        town.namespace(front);
        town.namespace(guest);
        town.enrol(front, front);
        town.apply(
                "AccessIntent",
                shop,
                "in",
                Map.of(
                        "workload",
                        Map.of("podSelector", Map.of("matchLabels", Map.of("app", "api"))),
                        "inbound",
                        List.of(Map.of(
                                "from",
                                Map.of("segment", Map.of("name", front)),
                                "ports",
                                List.of(Map.of("port", 8080))))));
        town.await(
                "the segment is admitted", () -> town.policies(shop).toString().contains(front));
        for (int time = 0; time < 10; time++) {
            boolean joins = time % 2 == 0;
            town.judged(
                    () -> town.enrol(front, joins ? new String[] {front, guest} : new String[] {front}),
                    () -> town.await(
                            joins ? "it has joined" : "it has left",
                            () -> town.find(guest, FaultyTown.BASELINE).isPresent() == joins
                                    && town.policies(shop).toString().contains(guest) == joins));
        }
    }

    @Test
    void oneEndOpensNothingWhileTheOtherOnesWithdrawalFails() {
        String pay = shop + "-pay";
        town.namespace(pay);
        town.enrol(pay, pay);
        town.intent(pay, "in", Map.of("app", "api"), "inbound", "from", shop, List.of("web"));
        town.await("pay admits", () -> town.policies(pay).toString().contains(shop));
        town.judged(
                () -> {
                    Match writes = Match.writes().of("networkpolicies").in(pay);
                    try (Injection away = proxy.inject(writes, Fault.answer(503))) {
                        town.deleteIntent(pay, "in");
                        town.intent(shop, "out", Map.of("app", "web"), "outbound", "to", pay, List.of("api"));
                        town.await("the withdrawal fails", () -> away.hits() >= 5);
                    }
                },
                () -> town.await(
                        "pay admits nobody, and shop asks",
                        () -> !town.policies(pay).toString().contains(shop)
                                && town.policies(shop).toString().contains(pay)));
    }

    @Test
    void aSegmentThatChangesItsDirectionOpensNothingBetweenItsNamespaces() {
        String one = shop + "-one";
        String two = shop + "-two";
        town.namespace(one);
        town.namespace(two);
        town.segment(one, true, false, List.of(one, two));
        awaitEnforced("Ingress", one, two);
        for (boolean ingress : new boolean[] {false, true, false, true}) {
            town.judged(
                    () -> town.segment(one, ingress, !ingress, List.of(one, two)),
                    () -> awaitEnforced(ingress ? "Ingress" : "Egress", one, two));
        }
    }

    /** As {@code kubectl delete netpol --all} does where the watch shows the end of the baseline before that of the others. */
    @Test
    void whereAllPoliciesWereDeletedTheyComeBackWithoutClosingWhatIsToStayOpen() {
        WatchFault baselineAlone =
                WatchFault.without(event -> event.contains("\"DELETED\"") && !event.contains(FaultyTown.BASELINE));
        try (Disturbance lost = proxy.disturb(POLICIES, baselineAlone);
                Journal journal = new Journal(town.client())) {
            town.policies(shop).keySet().stream()
                    .filter(name -> !name.equals(FaultyTown.BASELINE))
                    .forEach(name -> town.deletePolicy(shop, name));
            town.deletePolicy(shop, FaultyTown.BASELINE);
            town.awaitWebReaches(shop, "api");
            town.awaitConverged();
            assertTrue(lost.hits() > 0);
            List<Collection<NetworkPolicy>> states = journal.states();
            int bare = 0;
            while (states.get(bare).stream()
                    .anyMatch(policy -> policy.getMetadata().getNamespace().equals(shop))) {
                bare++;
            }
            assertEquals(List.of(), town.wrong(states.subList(bare, states.size())), () -> "after " + journal.events());
        }
    }

    private void awaitEnforced(String direction, String... namespaces) {
        for (String namespace : namespaces) {
            town.await(
                    namespace + " is enforced: " + direction,
                    () -> town.find(namespace, FaultyTown.BASELINE)
                            .filter(baseline ->
                                    baseline.getSpec().getPolicyTypes().equals(List.of(direction)))
                            .isPresent());
        }
    }
}
