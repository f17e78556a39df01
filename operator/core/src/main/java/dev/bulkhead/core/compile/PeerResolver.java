package dev.bulkhead.core.compile;

import static dev.bulkhead.core.compile.RuleOutcome.State.UNRESOLVED;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.Spelling;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.NamedPort;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Service;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks up the other end of a rule. */
final class PeerResolver {

    private final TrackedInputs inputs;
    private final WorkloadResolver workloads;
    private final WellKnownResolver wellKnown;

    PeerResolver(TrackedInputs inputs, WorkloadResolver workloads) {
        this.inputs = inputs;
        this.workloads = workloads;
        this.wellKnown = new WellKnownResolver(inputs);
    }

    Resolution<ResolvedPeer> resolve(String namespace, Rule rule) {
        return rule.peer().fold(new Peer.Cases<>() {
            @Override
            public Resolution<ResolvedPeer> workload(Peer.OfWorkload peer) {
                return PeerResolver.this.workload(namespace, peer, rule.ports());
            }

            @Override
            public Resolution<ResolvedPeer> service(Peer.OfService peer) {
                return PeerResolver.this.service(namespace, peer, rule.ports());
            }

            @Override
            public Resolution<ResolvedPeer> namespace(Peer.OfNamespace peer) {
                return found(group(ImmutableSortedSet.of(peer.name()), rule.ports()));
            }

            @Override
            public Resolution<ResolvedPeer> segment(Peer.OfSegment peer) {
                return PeerResolver.this.segment(peer, rule.ports());
            }

            @Override
            public Resolution<ResolvedPeer> network(Peer.OfNetwork peer) {
                return PeerResolver.this.network(peer.block(), rule.ports());
            }

            @Override
            public Resolution<ResolvedPeer> wellKnown(Peer.OfWellKnown peer) {
                return wellKnown.resolve(namespace, peer.name(), rule.ports());
            }
        });
    }

    private Resolution<ResolvedPeer> workload(String viewer, Peer.OfWorkload peer, Ports ports) {
        Resolution<Selection> selection = workloads.resolve(viewer, peer.namespace(), peer.workload());
        return selection.map(found -> new ResolvedPeer.Pods(
                ImmutableSortedSet.of(peer.namespace()),
                found,
                ports,
                WorkloadResolver.isLookedUp(peer.workload(), found) && !viewer.equals(peer.namespace()),
                /* consents= */ true));
    }

    private Resolution<ResolvedPeer> service(String viewer, Peer.OfService peer, Ports narrowed) {
        boolean own = viewer.equals(peer.namespace());
        Optional<Service> service =
                Optional.ofNullable(inputs.services(peer.namespace()).get(peer.name()));
        if (service.isEmpty()) {
            return Resolution.missing(
                    own,
                    "Service " + peer.name() + " is not there"
                            + Spelling.nearestOfFew(
                                            peer.name(),
                                            inputs.services(peer.namespace()).keySet())
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse(""));
        }
        if (!service.get().selectsPods()) {
            return Resolution.missing(
                    own,
                    "Service " + peer.name() + " selects no pods; name the workload or the network behind it instead");
        }
        Resolution<Ports> targets = targets(own, service.get(), narrowed);
        Selection selection = new Selection(service.get().selector(), Selection.Basis.LABELS);
        return targets.map(ports -> new ResolvedPeer.Pods(
                ImmutableSortedSet.of(peer.namespace()), selection, ports, !own, /* consents= */ true));
    }

    private static Resolution<Ports> targets(boolean own, Service service, Ports narrowed) {
        List<Service.Port> wanted = service.ports().stream()
                .filter(port -> narrowed.isEmpty() || isNamedBy(narrowed, port))
                .toList();
        Ports given = wanted.stream()
                .map(port -> Ports.port(port.protocol(), port.number()))
                .reduce(Ports.none(), Ports::union);
        Set<NamedPort> givenNames = Sets.newHashSet();
        wanted.forEach(port -> givenNames.add(new NamedPort(port.protocol(), port.name())));
        boolean everyPortIsThere =
                given.numbers().containsAll(narrowed.numbers()) && givenNames.containsAll(narrowed.names());
        if (wanted.isEmpty() || !everyPortIsThere) {
            return Resolution.missing(
                    own,
                    "Service " + service.name() + " has no port " + narrowed + "; it has "
                            + String.join(
                                    ", ",
                                    service.ports().stream()
                                            .map(PeerResolver::describe)
                                            .toList()));
        }
        return new Resolution.Found<>(wanted.stream().map(Service.Port::target).reduce(Ports.none(), Ports::union));
    }

    private static boolean isNamedBy(Ports narrowed, Service.Port port) {
        return narrowed.numbers().contains(port.protocol(), port.number())
                || narrowed.names().contains(new NamedPort(port.protocol(), port.name()));
    }

    private static String describe(Service.Port port) {
        return port.protocol() + " " + port.number() + (port.name().isEmpty() ? "" : " (" + port.name() + ")");
    }

    private Resolution<ResolvedPeer> segment(Peer.OfSegment peer, Ports ports) {
        ImmutableSortedSet<String> members = inputs.members(peer.name());
        return members.isEmpty() ? Resolution.missing(false, "") : found(group(members, ports));
    }

    private static ResolvedPeer group(ImmutableSortedSet<String> namespaces, Ports ports) {
        return new ResolvedPeer.Pods(namespaces, Selection.all(), ports, /* borrowed= */ false, /* consents= */ true);
    }

    private Resolution<ResolvedPeer> network(IpBlock block, Ports ports) {
        IpBlock outside = IpBlock.of(
                block.cidr(), Sets.union(block.except(), inputs.facts().networksAsSeenFrom(block.cidr())));
        if (outside.isEmpty()) {
            return new Resolution.Failed<>(
                    UNRESOLVED,
                    block.cidr() + " lies inside the cluster's own ranges; name the workload, Service or namespace"
                            + " instead of its address");
        }
        return found(new ResolvedPeer.Addresses(ImmutableList.of(new ResolvedPeer.Block(outside, block, ports))));
    }

    private static Resolution<ResolvedPeer> found(ResolvedPeer peer) {
        return new Resolution.Found<>(peer);
    }
}
