package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Requirement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets what another namespace withdraws go before what this one allows, for a while: so that an allowance does not meet
 * one at the other end that is about to go.
 */
final class GivingWay {

    private static final long LONGEST = Duration.ofSeconds(2).toNanos();

    private final PendingWithdrawals pending;
    private final Ticker ticker;
    private final Map<String, Long> since = new ConcurrentHashMap<>();

    GivingWay(PendingWithdrawals pending, Ticker ticker) {
        this.pending = pending;
        this.ticker = ticker;
    }

    /** Whether these writes should wait still. */
    boolean isDue(String namespace, List<Write> growth) {
        Set<String> met = met(growth);
        met.remove(namespace);
        boolean due = pending.anyOf(met)
                && ticker.read() - since.computeIfAbsent(namespace, unknown -> ticker.read()) < LONGEST;
        if (!due) {
            since.remove(namespace);
        }
        return due;
    }

    /** The namespaces at the other end. */
    private static Set<String> met(Collection<Write> writes) {
        Set<String> namespaces = new TreeSet<>();
        for (Write write : writes) {
            if (write instanceof Write.Create create) {
                namespaces.addAll(peers(create.policy()));
            } else if (write instanceof Write.Update update) {
                namespaces.addAll(peers(update.policy()));
            }
        }
        return namespaces;
    }

    private static Set<String> peers(NetworkPolicy policy) {
        Set<String> namespaces = new TreeSet<>();
        for (Direction direction : Direction.values()) {
            policy.rules(direction).stream()
                    .flatMap(rule -> rule.peers().stream().flatMap(List::stream))
                    .filter(PolicyPeer.Pods.class::isInstance)
                    .map(PolicyPeer.Pods.class::cast)
                    .flatMap(peer -> peer.namespaces().stream())
                    .map(selector -> selector.requirements().get(Namespace.NAME_LABEL))
                    .filter(names -> names != null && !names.complement())
                    .map(Requirement::values)
                    .forEach(namespaces::addAll);
        }
        return namespaces;
    }
}
