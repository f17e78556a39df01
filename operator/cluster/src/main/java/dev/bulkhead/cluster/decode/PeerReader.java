package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.api.v1alpha1.InboundPeer;
import dev.bulkhead.api.v1alpha1.NetworkPeer;
import dev.bulkhead.api.v1alpha1.OutboundPeer;
import dev.bulkhead.api.v1alpha1.WellKnownPeer;
import dev.bulkhead.api.v1alpha1.WorkloadPeer;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The other ends of an intent's rules. */
final class PeerReader {

    /** With a letter that no address has, or one that no number of an address is followed by. */
    private static final Pattern HOST_NAME =
            Pattern.compile("(?=.*[g-zG-Z-])(\\*\\.)?[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})*\\.?(:[0-9]+)?");

    private final String ownNamespace;

    /** @param ownNamespace of the intent, which is meant where a peer names none */
    PeerReader(String ownNamespace) {
        this.ownNamespace = ownNamespace;
    }

    Peer read(OutboundPeer peer, String field) {
        demandOne(
                field,
                "give exactly one of workload, service, network or wellKnown; one rule for each peer",
                peer == null
                        ? Stream.of()
                        : Stream.of(peer.workload(), peer.service(), peer.network(), peer.wellKnown()));
        if (peer.workload() != null) {
            return workload(peer.workload(), field + ".workload");
        }
        if (peer.service() != null) {
            return new Peer.OfService(
                    namespace(peer.service().namespace(), field + ".service.namespace"),
                    Names.label(peer.service().name(), field + ".service.name"));
        }
        if (peer.network() != null) {
            return network(peer.network(), field + ".network");
        }
        return new Peer.OfWellKnown(wellKnown(peer.wellKnown()));
    }

    Peer read(InboundPeer peer, String field) {
        demandOne(
                field,
                "give exactly one of workload, namespace, segment, network or wellKnown; one rule for each peer",
                peer == null
                        ? Stream.of()
                        : Stream.of(
                                peer.workload(), peer.namespace(), peer.segment(), peer.network(), peer.wellKnown()));
        if (peer.workload() != null) {
            return workload(peer.workload(), field + ".workload");
        }
        if (peer.namespace() != null) {
            return new Peer.OfNamespace(Names.label(peer.namespace().name(), field + ".namespace.name"));
        }
        if (peer.segment() != null) {
            return new Peer.OfSegment(Names.label(peer.segment().name(), field + ".segment.name"));
        }
        if (peer.network() != null) {
            return network(peer.network(), field + ".network");
        }
        return new Peer.OfWellKnown(wellKnown(peer.wellKnown()));
    }

    private static void demandOne(String field, String message, Stream<?> ways) {
        if (ways.filter(Objects::nonNull).count() != 1) {
            throw new InvalidDeclarationException(field, message);
        }
    }

    private Peer workload(WorkloadPeer peer, String field) {
        return new Peer.OfWorkload(
                namespace(peer.namespace(), field + ".namespace"), WorkloadReferenceReader.read(peer, field));
    }

    private String namespace(String given, String field) {
        return given == null ? ownNamespace : Names.label(given, field);
    }

    private static Peer network(NetworkPeer peer, String field) {
        Cidr cidr = range(peer.cidr(), field + ".cidr");
        ImmutableList.Builder<Cidr> except = ImmutableList.builder();
        for (int i = 0; i < peer.except().size(); i++) {
            String place = field + ".except[" + i + "]";
            Cidr hole = range(peer.except().get(i), place);
            if (!cidr.contains(hole) || hole.equals(cidr)) {
                throw new InvalidDeclarationException(
                        place, hole + " is not inside " + cidr + ", or all of it; leave it out of except");
            }
            except.add(hole);
        }
        return new Peer.OfNetwork(IpBlock.of(cidr, except.build()));
    }

    /** Other spellings are refused: host bits that are set may mean that a smaller range was meant. */
    static Cidr range(String text, String field) {
        Cidr range = parse(text, field);
        if (!range.toString().equals(text)) {
            throw new InvalidDeclarationException(
                    field, "write " + range + ": all bits after the prefix are 0, in the shortest form");
        }
        return range;
    }

    private static Cidr parse(String text, String field) {
        try {
            return Cidr.parse(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw new InvalidDeclarationException(field, "'" + text + "'" + instead(text == null ? "" : text));
        }
    }

    private static String instead(String text) {
        Optional<IpAddress> address = address(text);
        if (address.isPresent()) {
            return " is a single address; write " + Cidr.of(address.get());
        }
        if (HOST_NAME.matcher(text).matches()) {
            return " is a host name, and NetworkPolicies know no host names; write the ranges of addresses behind it, such"
                    + " as 203.0.113.0/24, or let a proxy that you allow connect to it";
        }
        return ": write an address range, such as 203.0.113.0/24 or 2001:db8::/32; a single address is /32 (IPv6: /128)";
    }

    private static Optional<IpAddress> address(String text) {
        try {
            return Optional.of(IpAddress.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static WellKnown wellKnown(WellKnownPeer peer) {
        return switch (peer) {
            case KUBE_DNS -> WellKnown.KUBE_DNS;
            case KUBE_API_SERVER -> WellKnown.KUBE_API_SERVER;
            case INTERNET -> WellKnown.INTERNET;
            case INGRESS_CONTROLLER -> WellKnown.INGRESS_CONTROLLER;
            case MONITORING -> WellKnown.MONITORING;
            case NODES -> WellKnown.NODES;
        };
    }
}
