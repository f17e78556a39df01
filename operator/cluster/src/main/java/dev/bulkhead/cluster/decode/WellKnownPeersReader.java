package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.api.v1alpha1.ApiServerPlace;
import dev.bulkhead.api.v1alpha1.DnsPlace;
import dev.bulkhead.api.v1alpha1.PortRange;
import dev.bulkhead.api.v1alpha1.WellKnownPeers;
import dev.bulkhead.api.v1alpha1.WellKnownPeersSpec;
import dev.bulkhead.api.v1alpha1.WellKnownPlace;
import dev.bulkhead.api.v1alpha1.WellKnownWorkload;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Where the platform says that well-known peers are; checked once more, like {@link IntentReader}. */
public final class WellKnownPeersReader {

    /** There is one, of this name. */
    public static final String NAME = "cluster";

    private static final Ports DNS_PORTS =
            Ports.of(PortSet.port(Protocol.TCP, 53).union(PortSet.port(Protocol.UDP, 53)));
    private static final Ports API_SERVER_PORTS =
            Ports.of(PortSet.port(Protocol.TCP, 443).union(PortSet.port(Protocol.TCP, 6443)));

    /** @throws InvalidDeclarationException with everything that is wrong */
    public WellKnownPlaces read(WellKnownPeers object) {
        WellKnownPeersSpec spec = object.getSpec();
        if (spec == null) {
            throw new InvalidDeclarationException("spec", "say under spec where the peers are");
        }
        return new Reading(object.getMetadata().getName(), spec).places();
    }

    /** One object, with what is found wrong on the way. */
    private static final class Reading {

        private final WellKnownPeersSpec spec;
        private final List<ObjectProblem> problems = new ArrayList<>();
        private final ImmutableMap.Builder<WellKnown, WellKnownPlaces.Place> places = ImmutableMap.builder();

        Reading(String name, WellKnownPeersSpec spec) {
            this.spec = spec;
            if (!NAME.equals(name)) {
                problems.add(
                        new ObjectProblem("metadata.name", "there is one WellKnownPeers at most: call it " + NAME));
            }
        }

        WellKnownPlaces places() {
            if (spec.kubeDNS() != null) {
                put(WellKnown.KUBE_DNS, () -> dns(spec.kubeDNS(), "spec.kubeDNS"));
            }
            if (spec.kubeAPIServer() != null) {
                put(WellKnown.KUBE_API_SERVER, () -> apiServer(spec.kubeAPIServer(), "spec.kubeAPIServer"));
            }
            if (spec.ingressController() != null) {
                put(WellKnown.INGRESS_CONTROLLER, () -> place(spec.ingressController(), "spec.ingressController"));
            }
            if (spec.monitoring() != null) {
                put(WellKnown.MONITORING, () -> place(spec.monitoring(), "spec.monitoring"));
            }
            if (spec.nodes() != null) {
                put(
                        WellKnown.NODES,
                        () -> new WellKnownPlaces.Networks(
                                networks(spec.nodes().networks(), "spec.nodes.networks"), Ports.none()));
            }
            ImmutableSortedSet<Cidr> notInternet = spec.internet() == null
                    ? ImmutableSortedSet.of()
                    : collect(
                            ImmutableSortedSet.of(),
                            () -> networks(spec.internet().except(), "spec.internet.except"));
            if (!problems.isEmpty()) {
                throw new InvalidDeclarationException(problems);
            }
            WellKnownPlaces said = new WellKnownPlaces(places.build(), notInternet);
            if (said.equals(WellKnownPlaces.nothing())) {
                throw new InvalidDeclarationException(
                        "spec",
                        "say at least one of kubeDNS, kubeAPIServer, internet, ingressController, monitoring or nodes");
            }
            return said;
        }

        private void put(WellKnown name, Supplier<WellKnownPlaces.Place> place) {
            collect(places, () -> places.put(name, place.get()));
        }

        private <T> T collect(T otherwise, Supplier<T> part) {
            try {
                return part.get();
            } catch (InvalidDeclarationException e) {
                problems.addAll(e.problems());
                return otherwise;
            }
        }
    }

    private static WellKnownPlaces.Place dns(DnsPlace place, String field) {
        return place(place.workload(), place.networks(), ports(place.ports(), DNS_PORTS, field + ".ports"), field);
    }

    private static WellKnownPlaces.Place apiServer(ApiServerPlace place, String field) {
        return new WellKnownPlaces.Networks(
                networks(place.networks(), field + ".networks"),
                ports(place.ports(), API_SERVER_PORTS, field + ".ports"));
    }

    private static WellKnownPlaces.Place place(WellKnownPlace place, String field) {
        return place(place.workload(), place.networks(), Ports.none(), field);
    }

    private static WellKnownPlaces.Place place(
            WellKnownWorkload workload, List<String> networks, Ports ports, String field) {
        if ((workload == null) == networks.isEmpty()) {
            throw new InvalidDeclarationException(field, "say exactly one of workload and networks");
        }
        if (workload == null) {
            return new WellKnownPlaces.Networks(networks(networks, field + ".networks"), ports);
        }
        return new WellKnownPlaces.Pods(
                Names.label(workload.namespace(), field + ".workload.namespace"),
                WorkloadReferenceReader.read(workload, field + ".workload"),
                ports);
    }

    private static Ports ports(List<PortRange> given, Ports otherwise, String field) {
        return given.isEmpty() ? otherwise : PortRangeReader.read(given, field);
    }

    private static ImmutableSortedSet<Cidr> networks(List<String> texts, String field) {
        if (texts.isEmpty()) {
            throw new InvalidDeclarationException(field, "name at least one range of addresses");
        }
        ImmutableSortedSet.Builder<Cidr> networks = ImmutableSortedSet.naturalOrder();
        for (int i = 0; i < texts.size(); i++) {
            Cidr range = PeerReader.range(texts.get(i), field + "[" + i + "]");
            if (range.prefix() == 0) {
                throw new InvalidDeclarationException(
                        field + "[" + i + "]", "a range of prefix /0 is everything: name the addresses that are meant");
            }
            networks.add(range);
        }
        return networks.build();
    }
}
