package dev.bulkhead.core.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which namespaces can make a difference to the intents of one: who is not woken by a change there never learns of it. */
class NamespaceIntentsTest {

    private static final WorkloadSelector ALL = new WorkloadSelector.All();

    private static NamespaceIntents intents(Peer... peers) {
        ImmutableList.Builder<Rule> rules = ImmutableList.builder();
        for (int i = 0; i < peers.length; i++) {
            rules.add(new Rule(Direction.EGRESS, i, peers[i], Ports.port(Protocol.TCP, 80), ""));
        }
        return NamespaceIntents.of(
                List.of(new DeclaredIntent(new DeclaredIntent.Key("shop", "checkout"), ALL, rules.build())));
    }

    private static boolean refers(String namespace, Peer... peers) {
        return intents(peers).referTo(namespace, WellKnownPlaces.nothing());
    }

    private static WellKnownPlaces saying(WellKnown name, WellKnownPlaces.Place place) {
        return new WellKnownPlaces(ImmutableMap.of(name, place), ImmutableSortedSet.of());
    }

    @Test
    void theyReferToTheNamespacesThatTheirPeersAreIn() {
        assertTrue(refers("pay", new Peer.OfWorkload("pay", ALL)));
        assertTrue(refers("pay", new Peer.OfService("pay", "payments")));
        assertTrue(refers("pay", new Peer.OfNamespace("pay")));
    }

    @Test
    void theyReferToNoOthers() {
        assertFalse(refers(
                "web",
                new Peer.OfWorkload("pay", ALL),
                new Peer.OfService("pay", "payments"),
                new Peer.OfNamespace("pay"),
                new Peer.OfSegment("web"),
                new Peer.OfNetwork(IpBlock.of(Cidr.parse("203.0.113.0/24"), List.of())),
                new Peer.OfWellKnown(WellKnown.KUBE_DNS),
                new Peer.OfWellKnown(WellKnown.INTERNET)));
        assertFalse(NamespaceIntents.none().referTo("shop", WellKnownPlaces.nothing()));
    }

    @Test
    void segmentsAreReferredToByName() {
        NamespaceIntents intents = intents(new Peer.OfSegment("edge"), new Peer.OfNamespace("pay"));

        assertEquals(Set.of("edge"), intents.referredSegments());
        assertEquals(Set.of("pay"), intents.referredNamespaces());
    }

    @Test
    void theyReferToWhereWellKnownPeersUsuallyAre() {
        assertTrue(refers("kube-system", new Peer.OfWellKnown(WellKnown.KUBE_DNS)));
        assertTrue(refers("openshift-monitoring", new Peer.OfWellKnown(WellKnown.MONITORING)));
        assertFalse(refers("monitoring", new Peer.OfWellKnown(WellKnown.KUBE_DNS)));
    }

    @Test
    void whereThePlatformSaysSomethingElseTheyReferToThatAlone() {
        NamespaceIntents intents = intents(new Peer.OfWellKnown(WellKnown.MONITORING));
        WellKnownPlaces said =
                saying(WellKnown.MONITORING, new WellKnownPlaces.Pods("observability", ALL, Ports.none()));

        assertTrue(intents.referTo("observability", said));
        assertFalse(intents.referTo("monitoring", said));
    }

    @Test
    void whereThePlatformSaysAddressesTheyReferToNoNamespace() {
        WellKnownPlaces said = saying(
                WellKnown.MONITORING,
                new WellKnownPlaces.Networks(ImmutableSortedSet.of(Cidr.parse("203.0.113.0/24")), Ports.none()));

        assertFalse(intents(new Peer.OfWellKnown(WellKnown.MONITORING)).referTo("monitoring", said));
        assertEquals(Set.of(), said.namespaces(WellKnown.MONITORING));
        assertEquals(Set.of("kube-system"), said.namespaces(WellKnown.KUBE_DNS));
    }
}
