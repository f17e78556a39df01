package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.inventory.LivePolicies;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReturningGuardrailsTest {

    private final SetClock clock = new SetClock();
    private final SetTicker ticker = new SetTicker();
    private final Instant until = clock.instant().plus(Duration.ofMinutes(4));
    private final ReturningGuardrails gate = new ReturningGuardrails(made -> Optional.of(until), clock, ticker);
    private final TestCluster cluster =
            new TestCluster().namespace("shop").live(TestCluster.isolating("shop", Direction.EGRESS));

    @Test
    void untilTheyMayHaveFollowedNothingOpens() {
        assertEquals(Optional.of(Duration.ofMinutes(4)), next());
        clock.advance(Duration.ofMinutes(4));
        assertEquals(Optional.empty(), next());
    }

    @Test
    void aWallClockThatIsSetBackHoldsNothingForLong() {
        clock.advance(Duration.ofHours(-8));
        assertEquals(Optional.of(Duration.ofMinutes(10)), next());
        ticker.advance(Duration.ofMinutes(10));
        assertEquals(Optional.empty(), next());
    }

    @Test
    void nothingOpensAndThatIsAllThatIsHeld() {
        Hold hold = gate.check(cluster.proposal("shop")).orElseThrow();
        assertEquals(Hold.Scope.GROWTH, hold.scope());
    }

    @Test
    void theOldestPolicyOfOursSaysWhatGuardrailsMayHaveLimited() {
        NetworkPolicy.Key key = new NetworkPolicy.Key("shop", "old");
        List<Instant> asked = new ArrayList<>();
        ReturningGuardrails recording = new ReturningGuardrails(
                made -> {
                    asked.add(made);
                    return Optional.empty();
                },
                clock,
                ticker);
        cluster.live(LivePolicies.policy(key.namespace(), key.name()))
                .created(key, Instant.parse("2026-05-01T00:00:00Z"));
        NetworkPolicy theirs = LivePolicies.byOthers(LivePolicies.policy("shop", "theirs"), "", "uid", "1")
                .policy();
        cluster.live(theirs).created(theirs.key(), Instant.parse("2020-01-01T00:00:00Z"));
        assertEquals(Optional.empty(), recording.check(cluster.proposal("shop")));
        assertEquals(List.of(Instant.parse("2026-05-01T00:00:00Z")), asked);
    }

    @Test
    void whateverIsNearerEndsIt() {
        ticker.advance(Duration.ofMinutes(7));
        assertEquals(Optional.of(Duration.ofMinutes(3)), next());
        clock.advance(Duration.ofMinutes(2));
        assertEquals(Optional.of(Duration.ofMinutes(2)), next());
        ticker.advance(Duration.ofHours(1));
        assertEquals(Optional.empty(), next());
    }

    @Test
    void aNamespaceWithoutPoliciesHadNothingToLimit() {
        cluster.gone(TestCluster.isolating("shop", Direction.EGRESS).key());
        assertEquals(Optional.empty(), next());
    }

    private Optional<Duration> next() {
        return gate.check(cluster.proposal("shop")).flatMap(Hold::again);
    }
}
