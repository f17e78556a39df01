package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.status.PolicyConflict;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Policies that somebody changes as often as they are put right. The first few times that is done at once, then less and
 * less often, so that neither side floods the API server; everything else in the namespace goes on as ever.
 */
final class ConflictBackoff {

    /** How often it is put right at once. */
    private static final int PATIENCE = 4;
    /** Longer apart than this they are accidents, not a fight. */
    private static final long MEMORY = Duration.ofMinutes(2).toNanos();

    private static final long FIRST_REST = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_REST = Duration.ofSeconds(8).toNanos();

    private record Round(int count, long last, String by) {

        /** How long it is left alone still; not positive once its turn has come. */
        private long rest(long now) {
            if (count < PATIENCE) {
                return 0;
            }
            long rest = FIRST_REST << Math.min(count - PATIENCE, 10);
            return last + Math.min(rest, LONGEST_REST) - now;
        }

        private boolean isOver(long now) {
            return now - last > MEMORY;
        }
    }

    private final Ticker ticker;
    private final Map<NetworkPolicy.Key, Round> rounds = new ConcurrentHashMap<>();

    ConflictBackoff(Ticker ticker) {
        this.ticker = ticker;
    }

    /** It was put right once more. */
    void repaired(NetworkPolicy.Key key, String by) {
        long now = ticker.read();
        rounds.values().removeIf(round -> round.isOver(now));
        rounds.merge(key, new Round(1, now, by), (before, unchanged) -> new Round(before.count() + 1, now, by));
    }

    /** Whatever takes the names of its policies from now on is something else. */
    void forget(String namespace) {
        rounds.keySet().removeIf(key -> key.namespace().equals(namespace));
    }

    /** Those that go on, by policy. */
    List<PolicyConflict> current() {
        long now = ticker.read();
        return rounds.entrySet().stream()
                .filter(round -> round.getValue().count() >= PATIENCE
                        && !round.getValue().isOver(now))
                .sorted(Map.Entry.comparingByKey())
                .map(round ->
                        new PolicyConflict(round.getKey(), round.getValue().by()))
                .toList();
    }

    /** How long each of these policies is left as it is still, where its turn has not come. */
    ImmutableSortedMap<NetworkPolicy.Key, Duration> resting(Collection<NetworkPolicy.Key> policies) {
        if (rounds.isEmpty()) {
            return ImmutableSortedMap.of();
        }
        long now = ticker.read();
        SortedMap<NetworkPolicy.Key, Duration> resting = new TreeMap<>();
        for (NetworkPolicy.Key key : policies) {
            Optional.ofNullable(rounds.get(key))
                    .map(round -> round.rest(now))
                    .filter(rest -> rest > 0)
                    .ifPresent(rest -> resting.put(key, Duration.ofNanos(rest)));
        }
        return ImmutableSortedMap.copyOf(resting);
    }
}
