package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.Snapshot;
import dev.bulkhead.core.plan.Plan;
import dev.bulkhead.core.plan.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets nothing be taken away while the definitions of our kinds are not in place, and much only when a second read
 * agrees: a stale list, a wrong kubeconfig or a mistaken selector look like the withdrawal of everything.
 */
final class ShrinkBrake {

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final long ALWAYS_ALLOWED = 5;
    private static final long ONE_OF = 10;

    private record Removal(Instant at, long policies) {}

    private final SecondRead secondRead;
    private final Clock clock;
    private final Deque<Removal> recent = new ArrayDeque<>();

    ShrinkBrake(SecondRead secondRead, Clock clock) {
        this.secondRead = secondRead;
        this.clock = clock;
    }

    /** @throws HeldException if it is in doubt whether the plan is meant */
    void check(Snapshot snapshot, String namespace, Plan plan) {
        long removals = removals(plan);
        if (removals == 0) {
            return;
        }
        secondRead.requireDefinitions();
        if (recently() + removals > allowed(snapshot)) {
            secondRead.requireAgreement(snapshot, namespace);
        }
    }

    /** The plan was carried out. */
    synchronized void done(Plan plan) {
        long removals = removals(plan);
        if (removals > 0) {
            recent.add(new Removal(clock.instant(), removals));
        }
    }

    private synchronized long recently() {
        Instant begin = clock.instant().minus(WINDOW);
        while (!recent.isEmpty() && recent.peek().at().isBefore(begin)) {
            recent.remove();
        }
        return recent.stream().mapToLong(Removal::policies).sum();
    }

    private static long removals(Plan plan) {
        long removals = 0;
        for (int i = 0; i < plan.writes().size(); i++) {
            Write write = plan.writes().get(i);
            if (write instanceof Write.Delete || (write instanceof Write.Update && i < plan.withdrawals())) {
                removals++;
            }
        }
        return removals;
    }

    private static long allowed(Snapshot snapshot) {
        long managed = snapshot.policies().values().stream()
                .flatMap(policies -> policies.values().stream())
                .filter(LivePolicy::isManaged)
                .count();
        return Math.max(ALWAYS_ALLOWED, managed / ONE_OF);
    }
}
