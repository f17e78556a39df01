package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.status.PolicyReporter;
import dev.bulkhead.core.plan.Plan;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Policies by others that are offered to us, and what people were told of them. */
final class AdoptionTracker {

    private static final long MEMORY = Duration.ofMinutes(10).toNanos();
    private static final String CAME_BACK = "it was taken over just now and made anew; remove it where it is kept";

    private static final String KEPT = "it has an owner or a finalizer, or is being deleted";

    private record Told(String uid, String why) {}

    private final PolicyReporter reporter;
    private final Ticker ticker;
    private final Map<NetworkPolicy.Key, Long> superseded = new ConcurrentHashMap<>();
    private final Map<NetworkPolicy.Key, Told> told = new ConcurrentHashMap<>();

    AdoptionTracker(PolicyReporter reporter, Ticker ticker) {
        this.reporter = reporter;
        this.ticker = ticker;
    }

    /** What may be taken over; not what comes back each time, or we should delete for ever what somebody restores for ever. */
    ImmutableSet<NetworkPolicy.Key> open(Map<String, LivePolicy> live) {
        long now = ticker.read();
        superseded.values().removeIf(at -> now - at > MEMORY);
        return live.values().stream()
                .filter(LivePolicy::offered)
                .map(offer -> offer.policy().key())
                .filter(key -> !superseded.containsKey(key))
                .collect(ImmutableSet.toImmutableSet());
    }

    /** Tells of those that were taken over. */
    void written(List<Write> writes) {
        for (Write write : writes) {
            write.successor().ifPresent(successor -> {
                if (write.written().isEmpty()) {
                    superseded.put(write.key(), ticker.read());
                }
                reporter.adopted(write.key(), successor);
            });
        }
    }

    /**
     * The plan was carried out to its end: tells of those that were not taken over.
     *
     * @param live the namespace's policies that it was made for, by name
     * @param desired what the namespace should hold; where that is nothing, nobody is told anything
     */
    void settle(
            String namespace, Plan plan, Map<String, LivePolicy> live, Map<NetworkPolicy.Key, NetworkPolicy> desired) {
        Map<NetworkPolicy.Key, String> refused = desired.isEmpty() ? Map.of() : refused(plan, live);
        told.keySet().removeIf(key -> key.namespace().equals(namespace) && !refused.containsKey(key));
        refused.forEach((key, why) -> {
            Told now = new Told(live.get(key.name()).uid(), why);
            if (!now.equals(told.put(key, now))) {
                reporter.notAdopted(key, why);
            }
        });
    }

    private Map<NetworkPolicy.Key, String> refused(Plan plan, Map<String, LivePolicy> live) {
        Map<NetworkPolicy.Key, String> refused = new TreeMap<>(plan.notAdopted());
        Set<NetworkPolicy.Key> written = plan.writes().stream().map(Write::key).collect(Collectors.toSet());
        for (LivePolicy policy : live.values()) {
            NetworkPolicy.Key key = policy.policy().key();
            if (policy.offered() && !written.contains(key) && superseded.containsKey(key)) {
                refused.put(key, CAME_BACK);
            } else if (!policy.offered()
                    && "true".equals(policy.policy().annotations().get(Marker.ADOPT))) {
                refused.put(key, KEPT);
            }
        }
        return refused;
    }

    /** Whatever takes the names of its policies from now on is something else. */
    void forget(String namespace) {
        superseded.keySet().removeIf(key -> key.namespace().equals(namespace));
        told.keySet().removeIf(key -> key.namespace().equals(namespace));
    }
}
