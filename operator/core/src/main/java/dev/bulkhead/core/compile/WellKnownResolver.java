package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import dev.bulkhead.core.intent.UsualPlaces;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts.SocketAddress;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Service;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the names of well-known peers stand for in this cluster: what the platform says, else what is found. Never
 * "everything" where nothing is.
 */
final class WellKnownResolver {

    private static final int DNS_PORT = 53;

    /**
     * Ranges that are routed within organisations, not on the internet: RFC 1918, 6598, 1122, 3927, 4193, 4291. And those of
     * IPv4 as they are reached behind NAT64, which is not to translate them (RFC 6052, section 3.1) and may do so all the same.
     */
    private static final ImmutableSortedSet<Cidr> PRIVATE = Stream.of(
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "::1/128",
                    "64:ff9b::a00:0/104",
                    "64:ff9b::6440:0/106",
                    "64:ff9b::7f00:0/104",
                    "64:ff9b::a9fe:0/112",
                    "64:ff9b::ac10:0/108",
                    "64:ff9b::c0a8:0/112",
                    "fc00::/7",
                    "fe80::/10")
            .map(Cidr::parse)
            .collect(ImmutableSortedSet.toImmutableSortedSet(Cidr::compareTo));

    private static final List<Cidr> EVERYWHERE = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));

    private final TrackedInputs inputs;
    private final WorkloadResolver workloads;

    WellKnownResolver(TrackedInputs inputs) {
        this.inputs = inputs;
        this.workloads = new WorkloadResolver(inputs);
    }

    /**
     * @param viewer the namespace that asks
     * @param ports none for those that it knows itself
     */
    Resolution<ResolvedPeer> resolve(String viewer, WellKnown name, Ports ports) {
        WellKnownPlaces.Place said = inputs.wellKnown().places().get(name);
        if (said != null) {
            return said.fold(
                    pods -> pods(viewer, pods, asked(ports, pods.ports())),
                    networks -> found(addresses(networks.networks(), asked(ports, networks.ports()))));
        }
        return switch (name) {
            case KUBE_DNS -> found(dns(ports));
            case KUBE_API_SERVER -> apiServer(ports);
            case INTERNET -> found(internet(ports));
            case INGRESS_CONTROLLER -> ingressController(ports);
            case MONITORING -> monitoring(ports);
            case NODES -> nodes(ports);
        };
    }

    private static Ports asked(Ports ports, Ports own) {
        return ports.isEmpty() ? own : ports;
    }

    private Resolution<ResolvedPeer> pods(String viewer, WellKnownPlaces.Pods place, Ports ports) {
        Resolution<Selection> selection = workloads.resolve(viewer, place.namespace(), place.workload());
        return selection.map(found -> new ResolvedPeer.Pods(
                ImmutableSortedSet.of(place.namespace()), found, ports, /* borrowed= */ false, /* consents= */ true));
    }

    /** The Service {@code kube-system/kube-dns} where it can be seen, else what every distribution calls its pods. */
    private ResolvedPeer dns(Ports ports) {
        Optional<Service> service = Optional.ofNullable(
                        inputs.services(UsualPlaces.DNS.namespace()).get("kube-dns"))
                .filter(Service::selectsPods);
        Ports targets = service.map(found -> found.ports().stream()
                        .filter(port -> port.number() == DNS_PORT)
                        .map(Service.Port::target)
                        .reduce(Ports.none(), Ports::union))
                .filter(found -> !found.isEmpty())
                .orElse(Ports.of(PortSet.port(Protocol.TCP, DNS_PORT).union(PortSet.port(Protocol.UDP, DNS_PORT))));
        return new ResolvedPeer.Pods(
                ImmutableSortedSet.of(UsualPlaces.DNS.namespace()),
                new Selection(service.map(Service::selector).orElse(UsualPlaces.DNS.pods()), Selection.Basis.LABELS),
                asked(ports, targets),
                /* borrowed= */ false,
                /* consents= */ false);
    }

    private Resolution<ResolvedPeer> apiServer(Ports ports) {
        ImmutableSortedSet<SocketAddress> servers = inputs.facts().apiServers();
        if (servers.isEmpty()) {
            return missing(
                    "the addresses behind Service default/kubernetes are not known; its EndpointSlice says them");
        }
        return found(new ResolvedPeer.Addresses(servers.stream()
                .map(server -> ResolvedPeer.Block.of(
                        IpBlock.of(Cidr.of(server.address()), List.of()),
                        asked(ports, Ports.port(Protocol.TCP, server.port()))))
                .distinct()
                .collect(ImmutableList.toImmutableList())));
    }

    private ResolvedPeer internet(Ports ports) {
        Set<Cidr> others = Sets.union(PRIVATE, inputs.wellKnown().notInternet());
        return new ResolvedPeer.Addresses(EVERYWHERE.stream()
                .map(family -> new ResolvedPeer.Block(
                        IpBlock.of(family, Sets.union(others, inputs.facts().networksAsSeenFrom(family))),
                        IpBlock.of(family, others),
                        ports))
                .collect(ImmutableList.toImmutableList()));
    }

    private Resolution<ResolvedPeer> ingressController(Ports ports) {
        List<UsualPlaces.Place> there = inputs.facts().ingressControllers().stream()
                .map(UsualPlaces.INGRESS_CONTROLLERS::get)
                .filter(Objects::nonNull)
                .filter(this::isThere)
                .toList();
        if (there.size() == 1) {
            return found(usual(there.get(0), ports));
        }
        return missing(
                there.isEmpty()
                        ? "no IngressClass names a controller that is found where it usually runs; "
                                + said("ingressController")
                        : "there are several, in namespaces "
                                + there.stream()
                                        .map(UsualPlaces.Place::namespace)
                                        .collect(Collectors.joining(" and "))
                                + "; " + said("ingressController"));
    }

    private Resolution<ResolvedPeer> monitoring(Ports ports) {
        return UsualPlaces.MONITORING.stream()
                .filter(this::isThere)
                .findFirst()
                .map(place -> found(usual(place, ports)))
                .orElseGet(() -> missing("no namespace has a name that monitoring usually has ("
                        + UsualPlaces.MONITORING.stream()
                                .map(UsualPlaces.Place::namespace)
                                .collect(Collectors.joining(", "))
                        + "); " + said("monitoring")));
    }

    private static String said(String field) {
        return "the platform team can say where it is, in WellKnownPeers cluster under spec." + field;
    }

    private boolean isThere(UsualPlaces.Place place) {
        return inputs.exists(place.namespace());
    }

    static ResolvedPeer usual(UsualPlaces.Place place, Ports ports) {
        return new ResolvedPeer.Pods(
                ImmutableSortedSet.of(place.namespace()),
                new Selection(place.pods(), Selection.Basis.LABELS),
                ports,
                /* borrowed= */ false,
                /* consents= */ true);
    }

    private Resolution<ResolvedPeer> nodes(Ports ports) {
        Collection<Cidr> nodes = inputs.facts().nodes().stream().map(Cidr::of).toList();
        return nodes.isEmpty() ? missing("no Node tells its addresses") : found(addresses(nodes, ports));
    }

    private static ResolvedPeer addresses(Collection<Cidr> ranges, Ports ports) {
        return new ResolvedPeer.Addresses(Cidr.merged(ranges).stream()
                .map(range -> ResolvedPeer.Block.of(IpBlock.of(range, List.of()), ports))
                .collect(ImmutableList.toImmutableList()));
    }

    private static Resolution<ResolvedPeer> found(ResolvedPeer peer) {
        return new Resolution.Found<>(peer);
    }

    private static Resolution<ResolvedPeer> missing(String message) {
        return new Resolution.Failed<>(RuleOutcome.State.UNRESOLVED, message);
    }
}
