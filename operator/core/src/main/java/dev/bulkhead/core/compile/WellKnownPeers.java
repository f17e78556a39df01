package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.World;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the names of well-known peers stand for in this cluster. Never "everything" where something is not found. */
final class WellKnownPeers {

    private static final String DNS_NAMESPACE = "kube-system";
    private static final int DNS_PORT = 53;

    /** Ranges that are routed within organisations, not on the internet: RFC 1918, 6598, 1122, 3927, 4193, 4291. */
    private static final ImmutableSortedSet<Cidr> PRIVATE = Stream.of(
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "::1/128",
                    "fc00::/7",
                    "fe80::/10")
            .map(Cidr::parse)
            .collect(ImmutableSortedSet.toImmutableSortedSet(Cidr::compareTo));

    private static final List<Cidr> EVERYWHERE = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));

    private final World world;

    WellKnownPeers(World world) {
        this.world = world;
    }

    Resolution<ResolvedPeer> resolve(WellKnown name, Ports ports) {
        return switch (name) {
            case KUBE_DNS -> new Resolution.Found<>(dns());
            case KUBE_API_SERVER -> apiServer();
            case INTERNET -> new Resolution.Found<>(internet(ports));
        };
    }

    /**
     * The Service {@code kube-system/kube-dns} where it can be seen, else what every distribution calls its pods.
     */
    ResolvedPeer.Pods dns() {
        Optional<Service> service = world.namespace(DNS_NAMESPACE)
                .map(Namespace::services)
                .map(services -> services.get("kube-dns"))
                .filter(Service::selectsPods);
        LabelSelector pods = service.map(Service::selector).orElse(LabelSelector.label("k8s-app", "kube-dns"));
        Ports targets = service.map(found -> found.ports().stream()
                        .filter(port -> port.number() == DNS_PORT)
                        .map(Service.Port::target)
                        .reduce(Ports.none(), Ports::union))
                .filter(found -> !found.isEmpty())
                .orElse(Ports.of(PortSet.port(Protocol.TCP, DNS_PORT).union(PortSet.port(Protocol.UDP, DNS_PORT))));
        return new ResolvedPeer.Pods(
                ImmutableSortedSet.of(DNS_NAMESPACE),
                new Selection(pods, Selection.Basis.LABELS),
                targets,
                /* borrowed= */ false,
                /* consents= */ false);
    }

    private Resolution<ResolvedPeer> apiServer() {
        if (world.facts().apiServers().isEmpty()) {
            return new Resolution.Failed<>(
                    RuleState.State.UNRESOLVED,
                    "the addresses behind Service default/kubernetes are not known; its EndpointSlice says them");
        }
        return new Resolution.Found<>(new ResolvedPeer.Addresses(world.facts().apiServers().stream()
                .map(server -> new ResolvedPeer.Block(
                        IpBlock.of(Cidr.of(server.address()), List.of()), Ports.port(Protocol.TCP, server.port())))
                .collect(ImmutableList.toImmutableList())));
    }

    private ResolvedPeer internet(Ports ports) {
        return new ResolvedPeer.Addresses(EVERYWHERE.stream()
                .map(family ->
                        IpBlock.of(family, Sets.union(PRIVATE, world.facts().networks())))
                .map(block -> new ResolvedPeer.Block(block, ports))
                .collect(ImmutableList.toImmutableList()));
    }
}
