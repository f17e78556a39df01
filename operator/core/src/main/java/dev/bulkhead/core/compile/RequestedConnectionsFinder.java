package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import java.util.List;
import java.util.Optional;

/**
 * Tells which connections a rule would open. Where the other end does not resolve, or is not there, what was declared
 * says as much as there is to say.
 */
final class RequestedConnectionsFinder {

    private final TrackedInputs inputs;

    RequestedConnectionsFinder(TrackedInputs inputs) {
        this.inputs = inputs;
    }

    /** @param namespace of the intent */
    List<RequestedConnections> seek(
            String namespace, Resolution<Selection> subject, Rule rule, Resolution<ResolvedPeer> peer) {
        RequestedConnections.End own = pods(
                ImmutableSortedSet.of(namespace),
                "",
                subject.found().map(Selection::selector).orElse(LabelSelector.everything()));
        Declared declared = rule.peer().fold(new ByDeclaration());
        return peer.fold(
                found -> connections(rule.direction(), own, found, declared.segment()),
                failed -> List.of(sought(
                        rule.direction(), own, declared.end(), declared.knowsPorts() ? rule.ports() : Ports.none())));
    }

    /** What every pod of the namespace would open by calling this peer. */
    List<RequestedConnections> everybodys(String namespace, ResolvedPeer peer) {
        return connections(Direction.EGRESS, anyOf(ImmutableSortedSet.of(namespace), ""), peer, "");
    }

    private static List<RequestedConnections> connections(
            Direction direction, RequestedConnections.End own, ResolvedPeer peer, String segment) {
        return peer.fold(
                pods -> {
                    // What was read off an object of another namespace would tell whether that is there.
                    LabelSelector selector = pods.borrowed()
                            ? LabelSelector.everything()
                            : pods.selection().selector();
                    RequestedConnections.End other = pods(pods.namespaces(), segment, selector);
                    return List.of(sought(direction, own, other, pods.ports()));
                },
                addresses -> addresses.blocks().stream()
                        .map(block -> sought(
                                direction,
                                own,
                                new RequestedConnections.Addresses(block.block(), Optional.of(block.asked())),
                                block.ports()))
                        .toList());
    }

    private static RequestedConnections sought(
            Direction direction, RequestedConnections.End own, RequestedConnections.End other, Ports ports) {
        return direction == Direction.EGRESS
                ? new RequestedConnections(own, other, ports)
                : new RequestedConnections(other, own, ports);
    }

    private static RequestedConnections.End anyOf(ImmutableSortedSet<String> namespaces, String segment) {
        return pods(namespaces, segment, LabelSelector.everything());
    }

    private static RequestedConnections.End pods(
            ImmutableSortedSet<String> namespaces, String segment, LabelSelector selector) {
        return new RequestedConnections.Pods(namespaces, segment, selector);
    }

    /**
     * The other end by what the rule says of it.
     *
     * @param segment that it names; empty where it names none
     * @param knowsPorts whether the rule's own ports are those that the connections end at
     */
    private record Declared(RequestedConnections.End end, String segment, boolean knowsPorts) {}

    private final class ByDeclaration implements Peer.Cases<Declared> {

        @Override
        public Declared workload(Peer.OfWorkload peer) {
            return new Declared(anyOf(ImmutableSortedSet.of(peer.namespace()), ""), "", true);
        }

        @Override
        public Declared service(Peer.OfService peer) {
            return new Declared(anyOf(ImmutableSortedSet.of(peer.namespace()), ""), "", false);
        }

        @Override
        public Declared namespace(Peer.OfNamespace peer) {
            return new Declared(anyOf(ImmutableSortedSet.of(peer.name()), ""), "", true);
        }

        @Override
        public Declared segment(Peer.OfSegment peer) {
            return new Declared(anyOf(inputs.members(peer.name()), peer.name()), peer.name(), true);
        }

        @Override
        public Declared network(Peer.OfNetwork peer) {
            return new Declared(new RequestedConnections.Addresses(peer.block(), Optional.empty()), "", true);
        }

        @Override
        public Declared wellKnown(Peer.OfWellKnown peer) {
            return new Declared(new RequestedConnections.Named(peer.name()), "", true);
        }
    }
}
