package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import java.util.List;

/**
 * Tells which connections a rule would open. Where the other end does not resolve, or is not there, what was declared
 * says as much as there is to say.
 */
final class Seek {

    private final Inputs inputs;

    Seek(Inputs inputs) {
        this.inputs = inputs;
    }

    /** @param namespace of the intent */
    List<Sought> seek(String namespace, Resolution<Selection> subject, Rule rule, Resolution<ResolvedPeer> peer) {
        Sought.End own = pods(
                ImmutableSortedSet.of(namespace),
                "",
                subject instanceof Resolution.Found<Selection> found
                        ? found.value().selector()
                        : LabelSelector.everything());
        if (peer instanceof Resolution.Found<ResolvedPeer> found) {
            return connections(rule.direction(), own, found.value(), segment(rule.peer()));
        }
        return declared(rule.peer()).stream()
                .map(other -> sought(rule.direction(), own, other, isOfService(rule) ? Ports.none() : rule.ports()))
                .toList();
    }

    private static boolean isOfService(Rule rule) {
        return rule.peer() instanceof Peer.OfService;
    }

    /** What every pod of the namespace would open by calling this peer. */
    List<Sought> everybodys(String namespace, ResolvedPeer peer) {
        return connections(Direction.EGRESS, anyOf(ImmutableSortedSet.of(namespace), ""), peer, "");
    }

    private static List<Sought> connections(Direction direction, Sought.End own, ResolvedPeer peer, String segment) {
        if (peer instanceof ResolvedPeer.Addresses addresses) {
            return addresses.blocks().stream()
                    .map(block -> sought(direction, own, new Sought.Addresses(block.block()), block.ports()))
                    .toList();
        }
        ResolvedPeer.Pods pods = (ResolvedPeer.Pods) peer;
        // What was read off an object of another namespace would tell whether that is there.
        LabelSelector selector =
                pods.borrowed() ? LabelSelector.everything() : pods.selection().selector();
        Sought.End other = pods(pods.namespaces(), segment, selector);
        return List.of(sought(direction, own, other, pods.ports()));
    }

    private static Sought sought(Direction direction, Sought.End own, Sought.End other, Ports ports) {
        return direction == Direction.EGRESS ? new Sought(own, other, ports) : new Sought(other, own, ports);
    }

    private List<Sought.End> declared(Peer peer) {
        if (peer instanceof Peer.OfWorkload workload) {
            return List.of(anyOf(ImmutableSortedSet.of(workload.namespace()), ""));
        } else if (peer instanceof Peer.OfService service) {
            return List.of(anyOf(ImmutableSortedSet.of(service.namespace()), ""));
        } else if (peer instanceof Peer.OfNamespace named) {
            return List.of(anyOf(ImmutableSortedSet.of(named.name()), ""));
        } else if (peer instanceof Peer.OfSegment segment) {
            return List.of(anyOf(inputs.members(segment.name()), segment.name()));
        } else if (peer instanceof Peer.OfNetwork network) {
            return List.of(new Sought.Addresses(network.block()));
        } else if (peer instanceof Peer.OfWellKnown wellKnown) {
            return List.of(new Sought.Named(wellKnown.name()));
        }
        throw new AssertionError("no kind of peer: " + peer);
    }

    private static String segment(Peer peer) {
        return peer instanceof Peer.OfSegment segment ? segment.name() : "";
    }

    private static Sought.End anyOf(ImmutableSortedSet<String> namespaces, String segment) {
        return pods(namespaces, segment, LabelSelector.everything());
    }

    private static Sought.End pods(ImmutableSortedSet<String> namespaces, String segment, LabelSelector selector) {
        return new Sought.Pods(namespaces, segment, selector);
    }
}
