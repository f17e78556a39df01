package dev.bulkhead.app.explain;

import com.google.common.collect.Range;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadReference;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Protocol;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Proposed intents as a person can paste them. */
final class IntentYaml {

    private IntentYaml() {}

    static String write(AccessIntent intent) {
        StringBuilder text = new StringBuilder("apiVersion: bulkhead.dev/v1alpha1\nkind: AccessIntent\n");
        text.append("metadata: {name: ").append(intent.key().name());
        text.append(", namespace: ").append(intent.key().namespace()).append("}\n");
        text.append("spec:\n  workload: {").append(reference(intent.workload())).append("}\n");
        for (Rule rule : intent.rules()) {
            boolean outbound = rule.direction() == Direction.EGRESS;
            text.append(outbound ? "  outbound:\n  - to: " : "  inbound:\n  - from: ");
            text.append(peer(rule.peer()))
                    .append("\n    ports: ")
                    .append(ports(rule))
                    .append('\n');
        }
        return text.toString();
    }

    private static String peer(Peer peer) {
        if (peer instanceof Peer.OfWorkload workload) {
            return "{workload: {namespace: " + workload.namespace() + ", " + reference(workload.workload()) + "}}";
        }
        return "{network: {cidr: \"" + ((Peer.OfNetwork) peer).block().cidr() + "\"}}";
    }

    private static String reference(WorkloadReference reference) {
        if (reference instanceof WorkloadReference.ServiceAccount account) {
            return "serviceAccount: " + account.name();
        }
        if (reference instanceof WorkloadReference.Owner owner) {
            return "owner: {kind: " + owner.key().kind() + ", name: "
                    + owner.key().name() + "}";
        }
        if (reference instanceof WorkloadReference.Labels labels) {
            return "podSelector: {matchLabels: {"
                    + labels.selector().requirements().entrySet().stream()
                            .map(label -> "\"" + label.getKey() + "\": \""
                                    + label.getValue().values().first() + "\"")
                            .collect(Collectors.joining(", "))
                    + "}}";
        }
        return "all: true";
    }

    private static String ports(Rule rule) {
        StringJoiner ports = new StringJoiner(", ", "[", "]");
        for (Protocol protocol : Protocol.values()) {
            for (Range<Integer> range : rule.ports().numbers().of(protocol).asRanges()) {
                String of = protocol == Protocol.TCP ? "" : ", protocol: " + protocol;
                ports.add("{port: " + range.lowerEndpoint() + of + "}");
            }
        }
        return ports.toString();
    }
}
