package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Lets nothing be taken away unless a second read, past all caches, shows the same declarations, and the definitions of
 * our kinds are in place. A watch that is behind, a stale list, a wrong kubeconfig or the deletion of a definition look
 * like a withdrawal, and another replica may have acted on what this one has not heard of yet. For the same reason growth
 * that puts right what somebody else changed needs that read, the other one may have withdrawn it; and so does what is
 * written into a namespace first after the start, since it may rest on a first list that is old. Growth that follows from a
 * declaration that was heard of later does not wait for a read.
 */
final class MassRemovalBrake implements Gate {

    /** Longer than a watch lags behind, as a rule. */
    private static final Duration NEXT_READ = Duration.ofMillis(200);
    /** A disagreement that is over sooner is nobody's concern. */
    private static final Duration NOTEWORTHY = Duration.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final SecondRead secondRead;
    private final Predicate<NetworkPolicy.Key> changedByOthers;
    private final Consumer<String> readAnew;
    private final Clock clock;
    private final Ticker ticker;
    /** Those that were looked at and not held since this process began. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    /** When the reads of a namespace began to disagree. */
    private final Map<String, Long> since = new ConcurrentHashMap<>();
    /** When a kind was read anew. */
    private final Map<String, Long> readings = new HashMap<>();

    /**
     * @param changedByOthers whether somebody else left a policy of ours as it is
     * @param readAnew told a kind of which the watch seems to have lost something
     * @param clock the API server's, about
     */
    MassRemovalBrake(
            SecondRead secondRead,
            Predicate<NetworkPolicy.Key> changedByOthers,
            Consumer<String> readAnew,
            Clock clock,
            Ticker ticker) {
        this.secondRead = secondRead;
        this.readAnew = readAnew;
        this.changedByOthers = changedByOthers;
        this.clock = clock;
        this.ticker = ticker;
    }

    @Override
    public Optional<Hold> check(ProposedWrites proposal) {
        WithdrawnAllowances loss =
                WithdrawnAllowances.of(proposal.live(), proposal.plan().writes());
        boolean takesAway = !loss.isNothing() || proposal.isolates();
        boolean repairs = !proposal.plan().writes().isEmpty()
                && (!known.contains(proposal.namespace())
                        || proposal.plan().writes().stream().map(Write::key).anyMatch(changedByOthers));
        if (!takesAway && !repairs) {
            return agreed(proposal);
        }
        try {
            if (takesAway) {
                secondRead.requireDefinitions(oldest(proposal, loss));
            }
            secondRead.requireAgreement(
                    proposal.snapshot(), proposal.compilation().dependencies());
            return agreed(proposal);
        } catch (DisagreementException e) {
            return Optional.of(disagreed(proposal.namespace(), e));
        } catch (HeldException e) {
            // What only puts right was right when it was written, and nothing says that it no longer is.
            return loss.isNothing() && onlyRepairs(proposal)
                    ? agreed(proposal)
                    : Optional.of(Outage.hold(e.getMessage(), e));
        }
    }

    private boolean onlyRepairs(ProposedWrites proposal) {
        return known.contains(proposal.namespace())
                && proposal.plan().writes().stream().map(Write::key).allMatch(changedByOthers);
    }

    private Optional<Hold> agreed(ProposedWrites proposal) {
        since.remove(proposal.namespace());
        known.add(proposal.namespace());
        return Optional.empty();
    }

    private Hold disagreed(String namespace, DisagreementException disagreement) {
        long now = ticker.read();
        Duration lasted = Duration.ofNanos(now - since.computeIfAbsent(namespace, unknown -> now));
        Hold hold = Hold.shrink(disagreement.getMessage());
        if (lasted.compareTo(NOTEWORTHY) < 0) {
            return hold.again(NEXT_READ).notShown();
        }
        readAnew(disagreement.kind(), now);
        return hold.again(lasted.compareTo(LONGEST) < 0 ? lasted : LONGEST);
    }

    /** A watch that has lost something would never show it. */
    private void readAnew(String kind, long now) {
        synchronized (readings) {
            Long last = readings.get(kind);
            if (last != null && now - last < LONGEST.toNanos()) {
                return;
            }
            readings.put(kind, now);
        }
        readAnew.accept(kind);
    }

    private Instant oldest(ProposedWrites proposal, WithdrawnAllowances loss) {
        return loss.policies().stream()
                .map(proposal.live()::get)
                .filter(Objects::nonNull)
                .map(LivePolicy::created)
                .min(Comparator.naturalOrder())
                .orElseGet(() -> Instant.now(clock));
    }

    /** What comes by the name is something else. */
    void forget(String namespace) {
        known.remove(namespace);
        since.remove(namespace);
    }
}
