package dev.bulkhead.cluster.inventory;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

/** About how many bytes of the heap what is kept of an object takes; texts that several share count for each of them. */
final class MemoryWeights {

    /** A pod of a class that is there already. */
    static final long POD = 300;

    private static final long OBJECT = 200;
    private static final long TEXT = 56;
    private static final long ENTRY = 48;
    private static final long PORT = 100;
    private static final long RANGE = 120;

    private MemoryWeights() {}

    static long text(String text) {
        return TEXT + text.length();
    }

    static long labels(Map<String, String> labels) {
        long sum = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            sum += ENTRY + text(label.getKey()) + text(label.getValue());
        }
        return sum;
    }

    static long selector(LabelSelector selector) {
        return selector.requirements().entrySet().stream()
                .mapToLong(key -> ENTRY
                        + text(key.getKey())
                        + key.getValue().values().stream()
                                .mapToLong(MemoryWeights::text)
                                .sum())
                .sum();
    }

    static long pods(PodClass pods) {
        return OBJECT
                + labels(pods.labels())
                + text(pods.serviceAccount())
                + PORT * pods.ports().size();
    }

    static long workload(Workload workload) {
        return OBJECT + text(workload.key().name()) + selector(workload.selector()) + pods(workload.template());
    }

    static long service(Service service) {
        return OBJECT
                + text(service.name())
                + selector(service.selector())
                + 2 * PORT * service.ports().size();
    }

    static long policy(NetworkPolicy policy) {
        return OBJECT
                + text(policy.key().name())
                + labels(policy.labels())
                + labels(policy.annotations())
                + selector(policy.subject())
                + Stream.of(policy.ingress(), policy.egress())
                        .flatMap(Collection::stream)
                        .mapToLong(MemoryWeights::rule)
                        .sum();
    }

    private static long rule(PolicyRule rule) {
        return OBJECT
                + ports(rule.ports())
                + rule.peers().stream()
                        .flatMap(Collection::stream)
                        .mapToLong(MemoryWeights::peer)
                        .sum();
    }

    private static long ports(Ports ports) {
        int ranges = Stream.of(Protocol.values())
                .mapToInt(protocol -> ports.numbers().of(protocol).asRanges().size())
                .sum();
        return PORT * (ranges + ports.names().size());
    }

    private static long peer(PolicyPeer peer) {
        return peer.fold(
                pods -> OBJECT
                        + selector(pods.pods())
                        + pods.namespaces().map(MemoryWeights::selector).orElse(0L),
                addresses -> RANGE * (1 + addresses.block().except().size()));
    }

    /** What is declared, as it is read: maps, lists, and texts and numbers in them. */
    static long declared(Object json) {
        if (json instanceof Map<?, ?> map) {
            return OBJECT
                    + map.entrySet().stream()
                            .mapToLong(entry ->
                                    ENTRY + String.valueOf(entry.getKey()).length() + declared(entry.getValue()))
                            .sum();
        }
        if (json instanceof Collection<?> list) {
            return ENTRY + list.stream().mapToLong(MemoryWeights::declared).sum();
        }
        return json instanceof String text ? text(text) : ENTRY;
    }
}
