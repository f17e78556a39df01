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
        ProposedWrites shop = cluster.proposal("shop", SHOP_CLOSED);
        ProposedWrites pay = cluster.proposal("pay", payClosed);
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

    @Test
    void itIsLookedAtAgainAfterAsLongAsItHasWaitedAtLeastASecond() {
        cluster.live(PAY_FROM_SHOP);
        assertEquals(Optional.of(Duration.ofSeconds(1)), toPay().flatMap(Hold::again));
        ticker.advance(Duration.ofMillis(1999));
        assertFalse(toPay().orElseThrow().shown());
        ticker.advance(Duration.ofMillis(1));
        assertTrue(toPay().orElseThrow().shown());
        ticker.advance(Duration.ofSeconds(5));
        assertEquals(Optional.of(Duration.ofSeconds(7)), toPay().flatMap(Hold::again));
    }

    @Test
    void aWaitThatIsOverIsForgotten() {
        cluster.live(PAY_FROM_SHOP);
        toPay();
        ticker.advance(Duration.ofSeconds(9));
        cluster.gone(PAY_FROM_SHOP.key());
        assertEquals(Optional.empty(), toPay());
        assertEquals(Duration.ZERO, barrier.waited("shop"));
        cluster.live(PAY_FROM_SHOP);
        toPay();
        ticker.advance(Duration.ofSeconds(9));
        assertEquals(Duration.ofSeconds(9), barrier.waited("shop"));
        assertEquals(Optional.empty(), gate.check(cluster.proposal("shop", SHOP_CLOSED)), "nothing opens any longer");
        assertEquals(Duration.ZERO, barrier.waited("shop"));
        settle("pay");
        barrier.end("pay", true);
        assertEquals(Set.of(), woken);
    }

    @Test
    void growthOfWhoIsCalledWaitsForTheCallerToo() {
        cluster.live(SHOP_TO_PAY);
        barrier.end("shop", true);
        barrier.begin("pay");
        settle("pay");
        Hold hold =
                gate.check(cluster.proposal("pay", PAY_CLOSED, PAY_FROM_SHOP)).orElseThrow();
        assertEquals("shop", hold.elsewhere());
        cluster.gone(SHOP_TO_PAY.key());
        assertEquals(Optional.empty(), gate.check(cluster.proposal("pay", PAY_CLOSED, PAY_FROM_SHOP)));
    }

    @Test
    void whoeverHasPoliciesThatNobodyCanReadMayAdmitAnything() {
        cluster.unreadablePolicy("pay", "strange");
        assertEquals("pay", toPay().orElseThrow().elsewhere());
    }

    @Test
    void aNamespaceThatIsNotKnownMeetsNobody() {
        cluster.live(PAY_FROM_SHOP);
        ProposedWrites proposal = cluster.proposal("shop", SHOP_CLOSED, SHOP_TO_PAY);
        cluster.namespaceGone("shop");
        assertEquals(Optional.empty(), gate.check(proposal));
    }

    @Test
    void norIsAnyoneMetWhoIsGone() {
        cluster.live(PAY_FROM_SHOP).namespaceGone("pay");
        assertEquals(Optional.empty(), toPay());
    }

    @Test
    void nobodyWaitsForItselfHoweverMuchItHasToWithdraw() {
        cluster.live(TestCluster.isolating("shop", Direction.INGRESS));
        assertEquals(
                Optional.empty(),
                gate.check(cluster.proposal(
                        "shop",
                        SHOP_CLOSED,
                        TestCluster.isolating("shop", Direction.INGRESS),
                        TestCluster.allow("shop", "loop", Direction.EGRESS, "shop"),
                        TestCluster.allow("shop", "back", Direction.INGRESS, "shop"))));
    }

    @Test
    void aPassThatFailedBeforeItPlannedAnythingHasWrittenNothing() {
        barrier.begin("pay");
        assertTrue(toPay().isPresent());
        barrier.end("pay", false);
        assertEquals(Optional.empty(), toPay());
    }

    @Test
    void growthThatWaitsIsNotWhatIsAboutToBeAllowed() {
        NetworkPolicy shopFromPay = TestCluster.allow("shop", "refunds", Direction.INGRESS, "pay");
        NetworkPolicy shopClosed = TestCluster.isolating("shop", Direction.INGRESS);
        NetworkPolicy payClosed = TestCluster.isolating("pay", Direction.EGRESS);
        NetworkPolicy payToShop = TestCluster.allow("pay", "refunds", Direction.EGRESS, "shop");
        cluster.live(shopClosed, payClosed, PAY_FROM_SHOP);
        assertEquals(
                "pay",
                gate.check(cluster.proposal("shop", SHOP_CLOSED, shopClosed, SHOP_TO_PAY, shopFromPay))
                        .orElseThrow()
                        .elsewhere());
        barrier.begin("pay");
        assertEquals(
                Optional.empty(),
                gate.check(cluster.proposal("pay", PAY_CLOSED, payClosed, PAY_FROM_SHOP, payToShop)),
                "shop does not admit that before it has waited");
    }

    @Test
    void whatMoreThanEightFailedPassesMayHaveWrittenIsNotToldApart() {
        settle("shop");
        for (int i = 0; i < 8; i++) {
            assertEquals(Optional.empty(), failedPassOfPay(i));
            assertEquals(Optional.empty(), toPay(), "none of them would have admitted it");
        }
        assertEquals(Optional.empty(), failedPassOfPay(8));
        assertTrue(toPay().isPresent());
    }

    private Optional<Hold> failedPassOfPay(int number) {
        barrier.begin("pay");
        try {
            return gate.check(cluster.proposal(
                    "pay", PAY_CLOSED, TestCluster.allow("pay", "payments-" + number, Direction.INGRESS, "web")));
        } finally {
            barrier.end("pay", false);
        }
    }

    @Test
    void whoeverSettlesWhileOthersLookIsNotWaitedForInVain() {
        WithdrawalBarrier late = new WithdrawalBarrier(
                pending,
                () -> {
                    settle("pay");
                    return cluster.snapshot();
                },
                woken::addAll,
                ticker);
        cluster.live(PAY_FROM_SHOP);
        late.begin("shop");
        assertTrue(new WithdrawalsElsewhere(late)
                .check(cluster.proposal("shop", SHOP_CLOSED, SHOP_TO_PAY))
                .isPresent());
        assertEquals(Set.of("shop"), woken);
    }

    @Test
    void whoeverHasSomethingToWithdrawAfterAPassIsWaitedForStill() {
        cluster.live(PAY_FROM_SHOP);
        toPay();
        barrier.end("pay", false);
        assertEquals(Set.of(), woken);
        settle("pay");
        barrier.end("pay", true);
        assertEquals(Set.of("shop"), woken);
        woken.clear();
        barrier.end("pay", true);
        assertEquals(Set.of(), woken, "it does not wait any longer");
    }

    @Test
    void withANamespaceGoesWhatItWaitedForAndWhatWaitedForIt() {
        cluster.live(PAY_FROM_SHOP);
        toPay();
        barrier.forget("shop");
        settle("pay");
        barrier.end("pay", true);
        assertEquals(Set.of(), woken);

        Expected.expect(pending, "pay");
        barrier.begin("shop");
        toPay();
        settle("pay");
        barrier.forget("pay");
        assertEquals(Set.of("shop"), woken);
    }

    @Test
    void whatANamespaceThatIsGoneWasAboutToAllowIsForgotten() {
        settle("shop");
        barrier.begin("pay");
        assertEquals(Optional.empty(), gate.check(cluster.proposal("pay", PAY_CLOSED, PAY_FROM_SHOP)));
        assertTrue(toPay().isPresent());
        barrier.forget("pay");
        assertEquals(Optional.empty(), toPay());
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
