package dev.bulkhead.cluster.audit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Widening;
import dev.bulkhead.core.reach.Widenings;
import dev.bulkhead.core.world.Direction;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** One look at what policies by others open in one namespace, in pieces. */
final class NamespaceAudit {

    private static final int LONGEST_PROBLEM = 500;

    private final InventorySnapshot snapshot;
    private final String namespace;
    private final ImmutableSet<Direction> enforced;
    private final Widenings.Search search;

    NamespaceAudit(InventorySnapshot snapshot, String namespace) {
        this.snapshot = snapshot;
        this.namespace = namespace;
        this.enforced = snapshot.enrolment().enforced(namespace);
        this.search = new Widenings(
                        snapshot.world().namespaces(),
                        name -> policies(snapshot.policies(name).values()),
                        policy -> Marker.isManaged(policy.labels()))
                .in(namespace, enforced);
    }

    private static List<NetworkPolicy> policies(Collection<LivePolicy> live) {
        return live.stream().map(LivePolicy::policy).toList();
    }

    /**
     * Goes on until the end or the moment.
     *
     * @param moment on the clock
     * @return whether it is at its end
     */
    boolean proceed(LongSupplier clock, long moment) {
        while (search.advance()) {
            if (clock.getAsLong() - moment >= 0) {
                return false;
            }
        }
        return true;
    }

    /** By policy; complete at the end. */
    ImmutableList<Voided> found() {
        Map<NetworkPolicy.Key, Voided> first = new LinkedHashMap<>();
        for (Widening widening : search.found()) {
            first.computeIfAbsent(widening.policy(), key -> new Voided(key, writer(key), described(widening)));
        }
        if (!enforced.isEmpty()) {
            snapshot.unreadable(namespace)
                    .forEach(live -> first.put(
                            live.policy().key(), new Voided(live.policy().key(), live.writer(), unreadable(live))));
        }
        return ImmutableList.copyOf(first.values());
    }

    private String writer(NetworkPolicy.Key key) {
        return snapshot.policies(namespace).get(key.name()).writer();
    }

    private static String unreadable(LivePolicy live) {
        String problem = live.problem().orElseThrow();
        return "anything, for it is not understood: "
                + problem.substring(0, Math.min(problem.length(), LONGEST_PROBLEM));
    }

    private static String described(Widening widening) {
        return described(widening.source()) + " to " + described(widening.destination()) + " on " + widening.ports();
    }

    private static String described(Endpoint end) {
        return end.fold(
                pods -> pods.namespace() + " (" + pods.pods().serviceAccount() + ", "
                        + pods.pods().labels() + ")",
                outside -> outside.address().toString());
    }
}
