package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.status.Fight;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
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
final class Fights {

    /** How often it is put right at once. */
    private static final int PATIENCE = 4;
    /** Longer apart than this they are accidents, not a fight. */
    private static final Duration MEMORY = Duration.ofMinutes(2);

    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(8);

    private record Round(int count, Instant last, String by) {

        Instant rest() {
            int doublings = Math.min(count - PATIENCE, 10);
            Duration rest = FIRST_REST.multipliedBy(1L << doublings);
            return last.plus(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
        }
    }

    private final Clock clock;
    private final Map<NetworkPolicy.Key, Round> rounds = new ConcurrentHashMap<>();

    Fights(Clock clock) {
        this.clock = clock;
    }

    /** It was put right once more. */
    void repaired(NetworkPolicy.Key key, String by) {
        Instant now = clock.instant();
        rounds.values().removeIf(round -> isOver(round, now));
        rounds.merge(key, new Round(1, now, by), (before, unchanged) -> new Round(before.count() + 1, now, by));
    }

    /** What comes by the names of its policies is something else. */
    void forget(String namespace) {
        rounds.keySet().removeIf(key -> key.namespace().equals(namespace));
    }

    private static boolean isOver(Round round, Instant now) {
        return round.last().plus(MEMORY).isBefore(now);
    }

    /** Those that go on, by policy. */
    List<Fight> current() {
        Instant now = clock.instant();
        return rounds.entrySet().stream()
                .filter(round -> round.getValue().count() >= PATIENCE && !isOver(round.getValue(), now))
                .sorted(Map.Entry.comparingByKey())
                .map(round -> new Fight(round.getKey(), round.getValue().by()))
                .toList();
    }

    /** What the namespace should hold for now: policies whose turn has not come stay as somebody left them. */
    ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> postponed(
            ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired, Map<String, LivePolicy> live) {
        if (rounds.isEmpty()) {
            return desired;
        }
        SortedMap<NetworkPolicy.Key, NetworkPolicy> now = new TreeMap<>(desired);
        resting(desired).forEach(key -> {
            LivePolicy left = live.get(key.name());
            if (left == null) {
                now.remove(key);
            } else if (left.isManaged()) {
                now.put(key, left.policy());
            }
        });
        return ImmutableSortedMap.copyOf(now);
    }

    /** When the next of these has its turn. */
    Optional<Duration> nextTurn(ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired) {
        Instant now = clock.instant();
        return resting(desired).stream()
                .map(key -> Duration.between(now, rounds.get(key).rest()))
                .min(Comparator.naturalOrder());
    }

    private List<NetworkPolicy.Key> resting(ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired) {
        Instant now = clock.instant();
        return desired.keySet().stream()
                .filter(key -> Optional.ofNullable(rounds.get(key))
                        .filter(round ->
                                round.count() >= PATIENCE && round.rest().isAfter(now))
                        .isPresent())
                .toList();
    }
}
