package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.World;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the platform team is told that well-known peers are. */
class WellKnownMeaningTest {

    private static final World NOTHING_KNOWN =
            World.withoutAddresses(ImmutableSortedMap.of(), ClusterFacts.unknown(/* identityInForce= */ true));

    private static WellKnownMeaning of(
            WellKnown name, World world, ImmutableMap<WellKnown, WellKnownPlaces.Place> said) {
        Declarations declarations = Declarations.of(
                List.of(),
                List.of(),
                List.of(),
                new WellKnownPlaces(said, ImmutableSortedSet.of()),
                Declarations.SYSTEM_NAMESPACES);
        return WellKnownMeaning.all(world, declarations).stream()
                .filter(meaning -> meaning.name() == name)
                .findFirst()
                .orElseThrow();
    }

    private static WellKnownMeaning said(WellKnown name, WellKnownPlaces.Place place) {
        return of(name, NOTHING_KNOWN, ImmutableMap.of(name, place));
    }

    private static WellKnownMeaning found(WellKnown name, World world) {
        return of(name, world, ImmutableMap.of());
    }

    /** Addresses that do not make a longer range together. */
    private static WellKnownPlaces.Networks addresses(int count, Ports ports) {
        return new WellKnownPlaces.Networks(
                IntStream.range(0, count)
                        .mapToObj(i -> Cidr.parse("203.0.113." + 2 * i + "/32"))
                        .collect(ImmutableSortedSet.toImmutableSortedSet(Cidr::compareTo)),
                ports);
    }

    private static String words(int count, String ports) {
        return IntStream.range(0, count)
                .mapToObj(i -> "203.0.113." + 2 * i + "/32" + ports)
                .collect(Collectors.joining(", "));
    }

    @Test
    void allAreToldInTheOrderOfTheirDeclaration() {
        assertEquals(
                List.of(WellKnown.values()),
                WellKnownMeaning.all(
                                NOTHING_KNOWN,
                                Declarations.of(List.of(), List.of(), List.of(), WellKnownPlaces.nothing(), List.of()))
                        .stream()
                        .map(WellKnownMeaning::name)
                        .toList());
    }

    @Test
    void podsAreToldByLabelsNamespaceAndPorts() {
        assertEquals(
                new WellKnownMeaning(
                        WellKnown.KUBE_DNS,
                        false,
                        true,
                        "pods k8s-app=kube-dns of namespace kube-system on TCP 53,UDP 53"),
                found(WellKnown.KUBE_DNS, NOTHING_KNOWN));
    }

    @Test
    void whatIsSaidIsToldAsSaid() {
        assertEquals(
                new WellKnownMeaning(
                        WellKnown.MONITORING,
                        true,
                        true,
                        "pods bulkhead.dev/service-account=prometheus of namespace obs"),
                said(
                        WellKnown.MONITORING,
                        new WellKnownPlaces.Pods("obs", SmallTown.account("prometheus"), Ports.none())));
    }

    @Test
    void whatIsSaidButNotThereIsToldSo() {
        assertEquals(
                new WellKnownMeaning(WellKnown.MONITORING, true, false, "the workload that is said is not there"),
                said(
                        WellKnown.MONITORING,
                        new WellKnownPlaces.Pods("obs", SmallTown.deployment("prometheus"), Ports.none())));
    }

    @Test
    void whatIsNotFoundIsToldWithTheReason() {
        assertEquals(
                new WellKnownMeaning(WellKnown.NODES, false, false, "no Node tells its addresses"),
                found(WellKnown.NODES, NOTHING_KNOWN));
    }

    @Test
    void addressesAreToldWithTheirPortsWhereTheyHaveAny() {
        ClusterFacts nothing = NOTHING_KNOWN.facts();
        World node = World.withoutAddresses(
                ImmutableSortedMap.of(),
                new ClusterFacts(
                        nothing.identityInForce(),
                        nothing.networks(),
                        ImmutableSortedSet.of(IpAddress.parse("172.18.0.2")),
                        nothing.apiServers(),
                        nothing.ingressControllers()));

        assertEquals(new WellKnownMeaning(WellKnown.NODES, false, true, "172.18.0.2/32"), found(WellKnown.NODES, node));
        assertEquals(
                new WellKnownMeaning(WellKnown.KUBE_API_SERVER, true, true, words(2, " on TCP 6443")),
                said(WellKnown.KUBE_API_SERVER, addresses(2, Ports.port(Protocol.TCP, 6443))));
    }

    @Test
    void eightRangesAreToldAndOfMoreTheNumber() {
        assertEquals(
                words(8, ""), said(WellKnown.NODES, addresses(8, Ports.none())).words());
        assertEquals(
                words(8, "") + " and 1 more",
                said(WellKnown.NODES, addresses(9, Ports.none())).words());
    }
}
