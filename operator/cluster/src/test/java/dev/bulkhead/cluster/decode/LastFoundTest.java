package dev.bulkhead.cluster.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.api.v1alpha1.WellKnownFound;
import dev.bulkhead.api.v1alpha1.WellKnownPeer;
import dev.bulkhead.api.v1alpha1.WellKnownSource;
import dev.bulkhead.core.compile.WellKnownMeaning;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.UsualPlaces;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.ClusterFacts.SocketAddress;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastFoundTest {

    @Test
    void whatAStatusSaysOfTheApiServerIsReadBackAsItWasFound() {
        ImmutableSortedSet<SocketAddress> servers =
                ImmutableSortedSet.of(server("192.0.2.10", 6443), server("192.0.2.11", 443), server("2001:db8::a", 1));
        assertEquals(servers, LastFound.of(List.of(status(facts(servers, "")))).apiServers());
    }

    @Test
    void whatAStatusSaysOfTheIngressControllerIsReadBackAsItWasFound() {
        UsualPlaces.INGRESS_CONTROLLERS
                .keySet()
                .forEach(controller -> assertEquals(
                        ImmutableSortedSet.of(controller),
                        LastFound.of(List.of(status(facts(ImmutableSortedSet.of(), controller))))
                                .ingressControllers()));
    }

    /** A status shows only the first few. */
    @Test
    void whatIsNotSaidCompletelyIsNotKnown() {
        ImmutableSortedSet<SocketAddress> many = IntStream.rangeClosed(1, 20)
                .mapToObj(host -> server("192.0.2." + host, 6443))
                .collect(ImmutableSortedSet.toImmutableSortedSet(SocketAddress::compareTo));
        assertEquals(
                ImmutableSortedSet.of(),
                LastFound.of(List.of(status(facts(many, "")))).apiServers());
    }

    @Test
    void whatSegmentsDoNotAgreeAboutIsNotKnown() {
        SegmentStatus one = status(facts(ImmutableSortedSet.of(server("192.0.2.10", 6443)), ""));
        SegmentStatus other = status(facts(ImmutableSortedSet.of(server("192.0.2.11", 6443)), ""));
        assertEquals(one.wellKnown(), status(one.wellKnown()).wellKnown());
        assertEquals(1, LastFound.of(List.of(one, one)).apiServers().size());
        assertEquals(LastFound.NOTHING, LastFound.of(List.of(one, other)));
    }

    /** What WellKnownPeers say is read from them; where nothing was found the meaning says why. */
    @Test
    void onlyWhatWasFoundCounts() {
        for (WellKnownSource source : WellKnownSource.values()) {
            SegmentStatus status = status(
                    List.of(new WellKnownFound(WellKnownPeer.KUBE_API_SERVER, source, "192.0.2.10/32 on TCP 6443")));
            assertEquals(
                    source == WellKnownSource.FOUND ? 1 : 0,
                    LastFound.of(List.of(status)).apiServers().size());
        }
        assertEquals(LastFound.NOTHING, LastFound.of(List.of(status(List.of()))));
        assertEquals(LastFound.NOTHING, LastFound.of(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2.0/24 on TCP 6443",
                "192.0.2.10/32",
                "192.0.2.10/32 on TCP 99999",
                "192.0.2.10/32 on UDP 6443",
                "1.2.3/32 on TCP 6443",
                "192.0.2.10/32 on TCP 6443, everything"
            })
    void whatNobodyCouldHaveFoundIsNotKnown(String meaning) {
        SegmentStatus status =
                status(List.of(new WellKnownFound(WellKnownPeer.KUBE_API_SERVER, WellKnownSource.FOUND, meaning)));
        assertEquals(LastFound.NOTHING, LastFound.of(List.of(status)));
    }

    private static SocketAddress server(String address, int port) {
        return new SocketAddress(IpAddress.parse(address), port);
    }

    /** @param controller none where it is empty */
    private static ClusterFacts facts(ImmutableSortedSet<SocketAddress> servers, String controller) {
        return new ClusterFacts(
                false,
                ImmutableSortedSet.of(),
                ImmutableSortedSet.of(),
                servers,
                controller.isEmpty() ? ImmutableSortedSet.of() : ImmutableSortedSet.of(controller));
    }

    /** As it is written of a cluster of which that is known, where every usual place is there. */
    private static SegmentStatus status(ClusterFacts facts) {
        ImmutableSortedMap.Builder<String, Namespace> namespaces = ImmutableSortedMap.naturalOrder();
        UsualPlaces.INGRESS_CONTROLLERS
                .values()
                .forEach(place -> namespaces.put(place.namespace(), Namespace.empty(place.namespace())));
        Declarations nothing =
                Declarations.of(List.of(), List.of(), List.of(), WellKnownPlaces.nothing(), ImmutableList.of());
        return status(WellKnownMeaning.all(World.withoutAddresses(namespaces.build(), facts), nothing).stream()
                .map(meaning -> new WellKnownFound(
                        Arrays.stream(WellKnownPeer.values())
                                .filter(name ->
                                        name.name().equals(meaning.name().name()))
                                .findFirst()
                                .orElseThrow(),
                        meaning.resolved() ? WellKnownSource.FOUND : WellKnownSource.MISSING,
                        meaning.words()))
                .toList());
    }

    private static SegmentStatus status(List<WellKnownFound> found) {
        return new SegmentStatus(1L, List.of(), List.of(), null, null, List.of(), List.of(), found, List.of());
    }
}
