package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.PendingWithdrawals;
import dev.bulkhead.core.plan.AdmittedPeers;
import dev.bulkhead.core.plan.NewConnections;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Says whom growth in a namespace has to wait for: those that may have something to withdraw still and whose own policies
 * admit what would open. What a pass is about to write, or may have written although no answer came, counts as if it stood
 * there: a pass tells that before it looks at others, so that of two that look at the same time one sees the other.
 */
final class WithdrawalBarrier {

    /** More than so many states that writes without an answer may have led to are not told apart. */
    private static final int MAXIMUM_STATES = 8;

    /**
     * What a namespace may come to hold by a pass that runs, or that failed.
     *
     * @param planned whether the running pass has told that
     */
    private record Ahead(boolean planned, ImmutableList<AdmittedPeers> states) {

        private static final Ahead NOTHING = new Ahead(true, ImmutableList.of());

        private Ahead and(AdmittedPeers state, AdmittedPeers unknown) {
            return states.size() < MAXIMUM_STATES
                    ? new Ahead(
                            true,
                            ImmutableList.<AdmittedPeers>builder()
                                    .addAll(states)
                                    .add(state)
                                    .build())
                    : new Ahead(true, ImmutableList.of(unknown));
        }
    }

    private record Wait(long since, Set<String> namespaces) {}

    private final PendingWithdrawals pending;
    private final Supplier<InventorySnapshot> current;
    private final Consumer<Set<String>> wake;
    private final Ticker ticker;
    private final Map<String, Ahead> ahead = new ConcurrentHashMap<>();
    /** What each running pass has seen at least. */
    private final Map<String, Long> seen = new ConcurrentHashMap<>();

    private final Map<String, Wait> waiting = new HashMap<>();

    /**
     * @param current the cluster as it is known when this is asked
     * @param wake told of namespaces for which nothing is left to wait for
     */
    WithdrawalBarrier(
            PendingWithdrawals pending,
            Supplier<InventorySnapshot> current,
            Consumer<Set<String>> wake,
            Ticker ticker) {
        this.pending = pending;
        this.current = current;
        this.wake = wake;
        this.ticker = ticker;
    }

    /** A pass begins; to be told before it looks at anything. */
    void begin(String namespace) {
        seen.put(namespace, pending.latestWake(namespace));
        ahead.compute(
                namespace,
                (unchanged, before) ->
                        new Ahead(/* planned= */ false, before == null ? ImmutableList.of() : before.states()));
    }

    /** The pass is over; whatever is withdrawn is settled by now. */
    void end(String namespace, boolean succeeded) {
        if (succeeded) {
            ahead.remove(namespace);
        } else {
            ahead.computeIfPresent(namespace, (unchanged, before) -> new Ahead(true, before.states()));
        }
        released(namespace);
    }

    /** The namespace is gone: nobody waits for it any more. */
    void forget(String namespace) {
        ahead.remove(namespace);
        seen.remove(namespace);
        synchronized (waiting) {
            waiting.remove(namespace);
        }
        released(namespace);
    }

    /** It does not have to wait, since nothing would open. */
    void passes(String namespace) {
        ahead.computeIfPresent(namespace, (unchanged, before) -> new Ahead(true, before.states()));
        synchronized (waiting) {
            waiting.remove(namespace);
        }
    }

    /**
     * Whom growth has to wait for. Where that is nobody, others wait for this namespace from now on, if need be.
     *
     * @param outcome the policies that the namespace holds once the growth is written
     * @return the namespace itself, too, if it may have to withdraw something that its pass has not seen: others may have
     *     settled already because of that change, although they admit what would open
     */
    ImmutableSortedSet<String> met(NewConnections growth, Collection<NetworkPolicy> outcome) {
        String namespace = growth.namespace();
        Ahead before = ahead.getOrDefault(namespace, Ahead.NOTHING);
        ahead.put(namespace, before.and(AdmittedPeers.of(namespace, outcome), AdmittedPeers.unknown(namespace)));
        ImmutableSortedSet<String> withdrawing = pending.namespaces();
        // Before the policies, which show what those wrote that are no longer ahead by then.
        Map<String, Ahead> others = ImmutableMap.copyOf(ahead);
        ImmutableSortedSet<String> met = met(growth, withdrawing, others, current.get());
        // After the others were looked at: a change that comes later finds what is ahead here.
        if (isOutdated(namespace)) {
            met = ImmutableSortedSet.<String>naturalOrder()
                    .addAll(met)
                    .add(namespace)
                    .build();
        }
        if (met.isEmpty()) {
            synchronized (waiting) {
                waiting.remove(namespace);
            }
        } else {
            // It only withdraws now.
            ahead.put(namespace, new Ahead(true, before.states()));
            await(namespace, met);
        }
        return met;
    }

    private boolean isOutdated(String namespace) {
        return pending.latestWake(namespace) > seen.getOrDefault(namespace, Long.MAX_VALUE);
    }

    private static ImmutableSortedSet<String> met(
            NewConnections growth, Set<String> withdrawing, Map<String, Ahead> ahead, InventorySnapshot now) {
        Optional<Namespace> self = now.world().namespace(growth.namespace());
        if (self.isEmpty()) {
            return ImmutableSortedSet.of();
        }
        return withdrawing.stream()
                .filter(other -> !other.equals(growth.namespace()))
                .flatMap(other -> now.world().namespace(other).stream())
                .filter(other -> meets(growth, self.get(), other, ahead.get(other.name()), now))
                .map(Namespace::name)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }

    private static boolean meets(
            NewConnections growth, Namespace self, Namespace other, Ahead ahead, InventorySnapshot now) {
        for (Direction direction : Direction.values()) {
            if (growth.reaches(direction, other, now.world().facts())
                    && admits(direction.opposite(), self, other, ahead, now)) {
                return true;
            }
        }
        return false;
    }

    private static boolean admits(
            Direction direction, Namespace self, Namespace other, Ahead ahead, InventorySnapshot now) {
        boolean unknown = (ahead != null && !ahead.planned())
                || !now.unreadable(other.name()).isEmpty();
        if (unknown) {
            return true;
        }
        AdmittedPeers live = AdmittedPeers.of(
                other.name(),
                now.policies(other.name()).values().stream()
                        .map(LivePolicy::policy)
                        .toList());
        return live.admits(direction, self, now.world().facts())
                || (ahead != null
                        && ahead.states().stream()
                                .anyMatch(state -> state.admits(
                                        direction, self, now.world().facts())));
    }

    /** How long it has waited. */
    Duration waited(String namespace) {
        synchronized (waiting) {
            return Optional.ofNullable(waiting.get(namespace))
                    .map(wait -> Duration.ofNanos(ticker.read() - wait.since()))
                    .orElse(Duration.ZERO);
        }
    }

    private void await(String namespace, Set<String> met) {
        synchronized (waiting) {
            waiting.compute(
                    namespace,
                    (unchanged, before) ->
                            new Wait(before == null ? ticker.read() : before.since(), new HashSet<>(met)));
        }
        // Some may have settled just before.
        met.forEach(this::released);
    }

    /** Nobody has to wait for it any longer, unless it has to withdraw something still. */
    private void released(String namespace) {
        if (pending.isExpected(namespace)) {
            return;
        }
        Set<String> free = new TreeSet<>();
        synchronized (waiting) {
            for (Iterator<Map.Entry<String, Wait>> all = waiting.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<String, Wait> wait = all.next();
                Set<String> left = wait.getValue().namespaces();
                if (left.remove(namespace) && left.isEmpty()) {
                    free.add(wait.getKey());
                }
            }
        }
        if (!free.isEmpty()) {
            wake.accept(free);
        }
    }
}
