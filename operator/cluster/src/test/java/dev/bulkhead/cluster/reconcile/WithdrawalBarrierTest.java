package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.inventory.Expected;
import dev.bulkhead.cluster.inventory.PendingWithdrawals;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WithdrawalBarrierTest {

    private static final NetworkPolicy SHOP_CLOSED = TestCluster.isolating("shop", Direction.EGRESS);
    private static final NetworkPolicy PAY_CLOSED = TestCluster.isolating("pay", Direction.INGRESS);
    private static final NetworkPolicy SHOP_TO_PAY = TestCluster.allow("shop", "checkout", Direction.EGRESS, "pay");
    private static final NetworkPolicy PAY_FROM_SHOP = TestCluster.allow("pay", "payments", Direction.INGRESS, "shop");

    private final SetTicker ticker = new SetTicker();
    private final PendingWithdrawals pending = Expected.of("pay", "shop");
    private final Set<String> woken = new TreeSet<>();
    private final TestCluster cluster =
            new TestCluster().namespace("shop", "pay", "web").live(SHOP_CLOSED, PAY_CLOSED);
    private final WithdrawalBarrier barrier = new WithdrawalBarrier(pending, cluster::snapshot, woken::addAll, ticker);
    private final WithdrawalsElsewhere gate = new WithdrawalsElsewhere(barrier);

    @BeforeEach
    void begin() {
        barrier.begin("shop");
    }

    @Test
    void growthWaitsForOneThatAdmitsItAndHasToWithdrawSomething() {
        cluster.live(PAY_FROM_SHOP);
        Hold hold = toPay().orElseThrow();
        assertEquals(Hold.Scope.GROWTH, hold.scope());
        assertEquals("pay", hold.elsewhere());
        assertFalse(hold.reason().contains("pay"), hold.reason());
    }

    @Test
    void itWaitsForNobodyWhoDoesNotAdmitIt() {
        assertEquals(Optional.empty(), toPay());
    }

    @Test
    void itWaitsForNobodyWhoHasNothingToWithdraw() {
        cluster.live(PAY_FROM_SHOP);
        settle("pay");
        assertEquals(Optional.empty(), toPay());
    }

    @Test
    void itWaitsForOneThatIsNotIsolatedInThatDirection() {
        cluster.gone(PAY_CLOSED.key());
        assertTrue(toPay().isPresent());
    }

    @Test
    void aReleaseWaitsForEverybodyWhomItReaches() {
        cluster.live(TestCluster.allow("pay", "payments", Direction.INGRESS, "web"));
        assertEquals(Optional.empty(), release());
        cluster.live(PAY_FROM_SHOP);
        assertEquals("pay", release().orElseThrow().elsewhere());
    }

    @Test
    void itWaitsForAsLongAsItTakesAndFromThenOnIsShown() {
        cluster.live(PAY_FROM_SHOP);
        assertFalse(toPay().orElseThrow().shown());
        ticker.advance(Duration.ofHours(1));
        Hold hold = toPay().orElseThrow();
        assertTrue(hold.shown());
        assertEquals(Optional.of(Duration.ofSeconds(30)), hold.again());
    }

    @Test
    void itIsWokenOnceTheLastIsSettled() {
        Expected.expect(pending, "web");
        cluster.live(PAY_FROM_SHOP);
        NetworkPolicy toBoth = TestCluster.allow("shop", "checkout", Direction.EGRESS, "pay", "web");
        assertEquals("pay, web", check(toBoth).orElseThrow().elsewhere());
        settle("web");
        barrier.end("web", true);
        barrier.end("pay", true);
        assertEquals(Set.of(), woken);
        settle("pay");
        barrier.end("pay", true);
        assertEquals(Set.of("shop"), woken);
    }

    @Test
    void whatARunningPassIsAboutToAllowCountsAsAllowed() {
        barrier.begin("pay");
        assertTrue(toPay().isPresent(), "nobody knows yet what it plans");
        assertEquals(
                Optional.empty(),
                gate.check(cluster.proposal("pay", PAY_CLOSED)),
                "it does not have to wait, since nothing opens");
        assertEquals(Optional.empty(), toPay());

        barrier.begin("pay");
        barrier.begin("shop");
        settle("shop");
        assertEquals(Optional.empty(), gate.check(cluster.proposal("pay", PAY_CLOSED, PAY_FROM_SHOP)));
        assertTrue(toPay().isPresent(), "it is about to admit the other one");
    }

    @Test
    void whatAFailedPassMayHaveWrittenCountsUntilOneSucceeds() {
        barrier.begin("pay");
        settle("shop");
        assertEquals(Optional.empty(), gate.check(cluster.proposal("pay", PAY_CLOSED, PAY_FROM_SHOP)));
        barrier.end("pay", false);
        assertTrue(toPay().isPresent());
        barrier.begin("pay");
        barrier.end("pay", true);
        assertEquals(Optional.empty(), toPay());
    }

    @Test
    void growthIsPlannedAnewIfSomethingChangedSinceThePassBegan() {
        settle("pay");
        assertEquals(Optional.empty(), toPay());
        Expected.expect(pending, "shop");
        Hold hold = toPay().orElseThrow();
        assertEquals(Hold.Scope.GROWTH, hold.scope());
        assertFalse(hold.shown());
        barrier.end("shop", true);
        barrier.begin("shop");
        assertEquals(Optional.empty(), toPay());
    }

    @Test
    void twoThatChangeTheirDirectionAtOnceCloseBeforeTheyOpen() {
        cluster.gone(SHOP_CLOSED.key()).live(TestCluster.isolating("shop", Direction.INGRESS));
        NetworkPolicy payClosed = TestCluster.isolating("pay", Direction.EGRESS);
        barrier.begin("pay");
        Proposal shop = cluster.proposal("shop", SHOP_CLOSED);
        Proposal pay = cluster.proposal("pay", payClosed);
        Hold held = gate.check(shop).orElseThrow();
        assertEquals("pay", held.elsewhere());
        assertEquals("shop", gate.check(pay).orElseThrow().elsewhere());
        assertTrue(shop.without(held).growth().isEmpty());
        assertEquals(
                Set.of("isolate-egress", "isolate-ingress"),
                shop.without(held).outcome().stream()
                        .map(policy -> policy.key().name())
                        .collect(Collectors.toSet()));

        cluster.live(SHOP_CLOSED, payClosed);
        settle("shop");
        barrier.end("shop", true);
        settle("pay");
        barrier.end("pay", true);
        assertEquals(Set.of("pay", "shop"), woken);
        barrier.begin("shop");
        barrier.begin("pay");
        assertEquals(Optional.empty(), gate.check(cluster.proposal("shop", SHOP_CLOSED)));
        assertEquals(Optional.empty(), gate.check(cluster.proposal("pay", payClosed)));
    }

    private void settle(String namespace) {
        pending.settle(namespace, pending.latestWake(namespace));
    }

    private Optional<Hold> toPay() {
        return check(SHOP_TO_PAY);
    }

    private Optional<Hold> release() {
        return gate.check(cluster.proposal("shop"));
    }

    private Optional<Hold> check(NetworkPolicy allowance) {
        return gate.check(cluster.proposal("shop", SHOP_CLOSED, allowance));
    }
}
