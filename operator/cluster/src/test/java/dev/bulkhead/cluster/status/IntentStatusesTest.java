package dev.bulkhead.cluster.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.cluster.inventory.LiveStatus;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.core.compile.Assurance;
import dev.bulkhead.core.compile.Idle;
import dev.bulkhead.core.compile.IntentOutcome;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A rule that nothing has used says so until something uses it, and not again: a status does not follow each run of a job. */
class IntentStatusesTest {

    private static final DeclaredIntent.Key KEY = new DeclaredIntent.Key("shop", "checkout");
    private static final String WHY = "no pod and no pod template matches service account checkout";

    private final IntentStatuses statuses = new IntentStatuses(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    private AccessIntentStatus after(Optional<AccessIntentStatus> before, long generation, Optional<Idle> idle) {
        return after(before, generation, RuleOutcome.State.OPEN, idle);
    }

    private AccessIntentStatus after(
            Optional<AccessIntentStatus> before, long generation, RuleOutcome.State state, Optional<Idle> idle) {
        Rule rule = new Rule(
                Direction.EGRESS, 0, new Peer.OfNamespace("pay"), Ports.port(Protocol.TCP, 8443), "to be paid");
        RuleOutcome found = new RuleOutcome(rule, state, "TCP 8443 open", Optional.empty(), false, idle);
        return statuses.status(
                KEY,
                new LiveStatus<>(new Revision("uid", generation), before, "1"),
                new IntentFindings(
                        new IntentOutcome(Assurance.VERIFIED, ImmutableList.of(found), ImmutableSortedSet.of()),
                        Optional.empty(),
                        ImmutableSortedSet.of()));
    }

    private static Optional<Idle> idle() {
        return Optional.of(new Idle(Idle.Part.WORKLOAD, "shop", WHY));
    }

    private static String why(AccessIntentStatus status) {
        return Iterables.getOnlyElement(status.rules()).idle();
    }

    private static String connected(AccessIntentStatus status) {
        Condition connected = Iterables.getOnlyElement(status.conditions().stream()
                .filter(condition -> condition.type().equals("Connected"))
                .toList());
        return connected.status() + " " + connected.reason();
    }

    @Test
    void anIdleRuleIsOpenAndSaysWhyNothingUsesIt() {
        AccessIntentStatus status = after(Optional.empty(), 1, idle());

        assertEquals(WHY, why(status));
        assertEquals("1/1", status.summary());
        assertEquals("TRUE Idle", connected(status));
    }

    @Test
    void itSaysSoUntilSomethingUsesIt() {
        AccessIntentStatus first = after(Optional.empty(), 1, idle());
        AccessIntentStatus second = after(Optional.of(first), 1, idle());
        AccessIntentStatus used = after(Optional.of(second), 1, Optional.empty());

        assertEquals(first, second);
        assertNull(why(used));
        assertEquals("TRUE AllOpen", connected(used));
    }

    @Test
    void onceUsedItIsNotCalledIdleAgain() {
        AccessIntentStatus used = after(Optional.empty(), 1, Optional.empty());
        AccessIntentStatus between = after(Optional.of(used), 1, idle());

        assertEquals(used, between);
    }

    @Test
    void anotherVersionOfTheIntentIsJudgedAnew() {
        AccessIntentStatus used = after(Optional.empty(), 1, Optional.empty());
        AccessIntentStatus edited = after(Optional.of(used), 2, idle());

        assertEquals(WHY, why(edited));
    }

    @Test
    void whatStaysWhilePassesFailIsOfAnEarlierVersion() {
        AccessIntentStatus used = after(Optional.empty(), 1, Optional.empty());
        AccessIntentStatus failing =
                statuses.failing(new LiveStatus<>(new Revision("uid", 2), Optional.of(used), "1"), "no answer");

        assertEquals(WHY, why(after(Optional.of(failing), 2, idle())));
    }

    @Test
    void aRuleThatCouldNotBeCarriedOutWasNotUsed() {
        AccessIntentStatus unresolved = after(Optional.empty(), 1, RuleOutcome.State.UNRESOLVED, Optional.empty());

        assertEquals(WHY, why(after(Optional.of(unresolved), 1, idle())));
    }
}
