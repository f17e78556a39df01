package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.Snapshot;
import dev.bulkhead.core.plan.Plan;
import dev.bulkhead.core.plan.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Lets nothing be taken away while the definitions of our kinds are not in place, and much only when a second read
 * agrees: a stale list, a wrong kubeconfig or a mistaken selector look like the withdrawal of everything. What a pass is
 * about to take away counts from the moment it asks, so that passes that run at the same time see each other.
 */
final class ShrinkBrake implements Gate {

    private static final long WINDOW = Duration.ofSeconds(60).toNanos();
    /** Longer than a watch lags behind, as a rule. */
    private static final Duration NEXT_READ = Duration.ofMillis(200);

    private static final long ALWAYS_ALLOWED = 5;
    private static final long ONE_OF = 10;

    private record Removal(long at, long size) {}

    private final SecondRead secondRead;
    private final Clock clock;
    private final Ticker ticker;
    private final Deque<Removal> recent = new ArrayDeque<>();
    /** What the running pass of a namespace may take away. */
    private final Map<String, Long> reserved = new HashMap<>();

    /** @param clock the API server's, about */
    ShrinkBrake(SecondRead secondRead, Clock clock, Ticker ticker) {
        this.secondRead = secondRead;
        this.clock = clock;
        this.ticker = ticker;
    }

    @Override
    public Optional<Hold> check(Proposal proposal) {
        try {
            require(proposal.snapshot(), proposal.namespace(), proposal.plan());
            return Optional.empty();
        } catch (DisagreementException e) {
            return Optional.of(Hold.shrink(e.getMessage()).again(NEXT_READ));
        } catch (HeldException e) {
            return Optional.of(Hold.shrink(e.getMessage()));
        }
    }

    private void require(Snapshot snapshot, String namespace, Plan plan) {
        ImmutableSortedMap<String, LivePolicy> live = snapshot.policies(namespace);
        Loss loss = Loss.of(live, plan.writes());
        if (loss.isNothing()) {
            return;
        }
        boolean much = reserve(namespace, loss.size()) > allowed(snapshot);
        secondRead.requireDefinitions(loss.policies().stream()
                .map(live::get)
                .filter(Objects::nonNull)
                .map(LivePolicy::created)
                .min(Comparator.naturalOrder())
                .orElseGet(() -> Instant.now(clock)));
        if (much) {
            secondRead.requireAgreement(snapshot, namespace);
        }
    }

    @Override
    public synchronized void passed(Proposal proposal, List<Write> written) {
        reserved.remove(proposal.namespace());
        long size = Loss.of(proposal.live(), written).size();
        if (size > 0) {
            recent.add(new Removal(ticker.read(), size));
        }
    }

    /** @return how much was taken away lately, and may be taken away by the passes that are running, this one included */
    private synchronized long reserve(String namespace, long size) {
        reserved.put(namespace, size);
        long now = ticker.read();
        while (!recent.isEmpty() && now - recent.peek().at() > WINDOW) {
            recent.remove();
        }
        return recent.stream().mapToLong(Removal::size).sum()
                + reserved.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long allowed(Snapshot snapshot) {
        long managed = snapshot.policies().values().stream()
                .flatMap(policies -> policies.values().stream())
                .filter(LivePolicy::isManaged)
                .mapToLong(live -> Loss.size(live.policy()))
                .sum();
        return Math.max(ALWAYS_ALLOWED, managed / ONE_OF);
    }
}
