package dev.bulkhead.cluster.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The work on namespaces as seen from outside: what waits and since when, and what came of it. */
public final class ReconcileWork {

    /** How one look at a namespace ended. */
    public enum Result {
        SUCCESS,
        /** Nothing is taken away while it is in doubt whether that is meant. */
        HELD,
        /** Somebody else was faster; it is planned anew. */
        CONFLICT,
        ERROR;

        /** As the metrics have it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A namespace that was touched before it was known is not taken for one that is gone. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Clock clock;
    /** Since when something is known of that nobody has looked at yet. */
    private final Map<String, Instant> waiting = new ConcurrentHashMap<>();
    /** Since when something is known of that was looked at and is not finished. */
    private final Map<String, Instant> begun = new ConcurrentHashMap<>();

    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> failing = new ConcurrentHashMap<>();
    private final Map<String, Instant> held = new ConcurrentHashMap<>();
    private final Map<String, Instant> compared = new ConcurrentHashMap<>();
    private final Histogram changeToPolicy;
    private final Histogram duration;
    private final Counter reconciles;

    public ReconcileWork(CollectorRegistry registry, Clock clock) {
        this.clock = clock;
        this.changeToPolicy = Histogram.build(
                        "bulkhead_change_to_policy_seconds",
                        "From when a change that needs writes was seen until the last of them was acknowledged, by"
                                + " namespace.")
                .buckets(.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300)
                .register(registry);
        this.duration = Histogram.build(
                        "bulkhead_reconcile_duration_seconds",
                        "How long one look at a namespace took, writes included.")
                .buckets(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
                .register(registry);
        this.reconciles = Counter.build("bulkhead_reconciles_total", "Looks at namespaces, by how they ended.")
                .labelNames("result")
                .register(registry);
        for (Result result : Result.values()) {
            // From the start, so that the first of each is an increase.
            reconciles.labels(result.label());
        }
    }

    /** What these namespaces should hold, or do hold, may have changed. */
    public void touched(Collection<String> namespaces) {
        Instant now = clock.instant();
        for (String namespace : namespaces) {
            waiting.putIfAbsent(namespace, now);
            compared.putIfAbsent(namespace, now);
        }
    }

    /** A look at all that is known of the namespace begins. */
    public void begun(String namespace) {
        Instant since = waiting.remove(namespace);
        if (since != null) {
            begun.merge(namespace, since, (one, other) -> one.isBefore(other) ? one : other);
        }
    }

    /** Some of its policies were written. */
    public void wrote(String namespace) {
        written.add(namespace);
    }

    /** It was compared with what it should hold, and nothing is left to do. */
    public void settled(String namespace) {
        Instant since = begun.remove(namespace);
        boolean wrote = written.remove(namespace);
        if (since != null && wrote) {
            changeToPolicy.observe(seconds(since, clock.instant()));
        }
        held.remove(namespace);
        compared.put(namespace, clock.instant());
    }

    /** There is nothing to be done for it any more. */
    public void gone(String namespace) {
        Stream.of(waiting, begun, failing, held, compared).forEach(map -> map.remove(namespace));
        written.remove(namespace);
    }

    /** Nothing is taken away from it, since it is in doubt whether that is meant. */
    public void held(String namespace) {
        held.putIfAbsent(namespace, clock.instant());
    }

    /** A look at the namespace came to an end. */
    public void ended(String namespace, Result result, Duration took) {
        reconciles.labels(result.label()).inc();
        duration.observe(took.toNanos() / 1e9);
        if (result == Result.SUCCESS || result == Result.HELD) {
            failing.remove(namespace);
        } else {
            failing.putIfAbsent(namespace, clock.instant());
        }
    }

    /** Forgets namespaces that ended between being touched and being looked at. */
    void keepOnly(Set<String> existing) {
        Instant young = clock.instant().minus(YOUNG);
        Stream.of(waiting, begun, failing, held, compared)
                .forEach(map -> map.entrySet()
                        .removeIf(entry -> !existing.contains(entry.getKey())
                                && entry.getValue().isBefore(young)));
        written.retainAll(begun.keySet());
    }

    int waiting() {
        return waiting.size();
    }

    int failing() {
        return failing.size();
    }

    int held() {
        return held.size();
    }

    /** For how long the oldest change has been known that is not dealt with yet, and not held back either. */
    double oldestChangeSeconds() {
        Instant now = clock.instant();
        return Stream.of(waiting, begun)
                .flatMap(map -> map.entrySet().stream())
                .filter(change -> !held.containsKey(change.getKey()))
                .map(Map.Entry::getValue)
                .min(Comparator.naturalOrder())
                .map(since -> seconds(since, now))
                .orElse(0.0);
    }

    /** Since when each of these has been compared with what it should hold at least once. */
    Optional<Instant> allCompared(Collection<String> namespaces, Instant start) {
        return namespaces.stream()
                .map(namespace -> compared.getOrDefault(namespace, start))
                .min(Comparator.naturalOrder());
    }

    private static double seconds(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toNanos() / 1e9);
    }
}
