package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.Snapshot;
import dev.bulkhead.core.plan.Plan;
import dev.bulkhead.core.plan.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

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
        List<Write> removals = removals(plan, plan.writes().size());
        if (removals.isEmpty()) {
            return;
        }
        ImmutableSortedMap<String, LivePolicy> live = snapshot.policies(namespace);
        secondRead.requireDefinitions(removals.stream()
                .map(write -> live.get(write.key().name()))
                .filter(Objects::nonNull)
                .map(LivePolicy::created)
                .min(Comparator.naturalOrder())
                .orElseGet(clock::instant));
        if (recently() + removals.size() > allowed(snapshot)) {
            secondRead.requireAgreement(snapshot, namespace);
        }
    }

    /** The plan was carried out, but for so many writes at its end. */
    synchronized void done(Plan plan, int left) {
        int removals = removals(plan, plan.writes().size() - left).size();
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

    /** Among the first so many writes. */
    private static List<Write> removals(Plan plan, int first) {
        List<Write> removals = new ArrayList<>();
        for (int i = 0; i < first; i++) {
            Write write = plan.writes().get(i);
            if (write instanceof Write.Delete || (write instanceof Write.Update && i < plan.withdrawals())) {
                removals.add(write);
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
