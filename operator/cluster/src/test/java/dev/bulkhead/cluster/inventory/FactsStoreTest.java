package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.decode.IdentityPolicies;
import dev.bulkhead.cluster.decode.LastFound;
import dev.bulkhead.cluster.decode.NodeReader;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FactsStoreTest {

    private static final Cidr CONFIGURED = Cidr.parse("10.96.0.0/12");
    private static final IdentityPolicies.Name NEEDED =
            IdentityPolicies.NEEDED.iterator().next();

    private final FactsStore store = new FactsStore(List.of(CONFIGURED));
    private final InventoryState state = new InventoryState(Set.of(), store.facts());

    @Test
    void ofTwoChangesAtOnceNoneIsLost() throws InterruptedException {
        Thread other = new Thread(() -> state.facts(() -> node("b", "10.0.0.2")));
        state.facts(() -> {
            ClusterFacts first = node("a", "10.0.0.1");
            // The other thread gets as far as it can before the facts that were derived here are stored.
            other.start();
            while (other.getState() != Thread.State.BLOCKED && other.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
            }
            return first;
        });
        other.join();
        assertEquals(2, state.snapshot().world().facts().nodes().size());
    }

    @Test
    void aHeartbeatDerivesNothingAnew() {
        ClusterFacts before = node("a", "10.0.0.1");
        assertSame(before, node("a", "10.0.0.1"));
        assertSame(before, store.node("never heard of", Optional.empty()));
        assertSame(before, store.facts());
    }

    @Test
    void nodesAddToTheNetworksThatSomebodyNamedForAsLongAsTheyAreThere() {
        assertEquals(Set.of(CONFIGURED), store.facts().networks());
        node("a", "10.0.0.1");
        node("b", "10.0.0.2");
        assertEquals(
                Set.of(CONFIGURED, Cidr.parse("10.0.0.1/32"), Cidr.parse("10.0.0.2/32")),
                store.facts().networks());
        assertEquals(
                Set.of(IpAddress.parse("10.0.0.2")),
                store.node("a", Optional.empty()).nodes());
        assertEquals(
                Set.of(CONFIGURED, Cidr.parse("10.0.0.2/32")), store.facts().networks());
    }

    @Test
    void theApiServerIsWhereItSaysAndWhereItSaysNothingWhereItWasLast() {
        assertEquals(Set.of(), store.facts().apiServers());
        assertEquals(
                addresses("10.0.0.1"), store.apiServers(addresses("10.0.0.1")).apiServers());
        assertEquals(
                addresses("10.0.0.2"), store.apiServers(addresses("10.0.0.2")).apiServers());
        assertEquals(
                addresses("10.0.0.2"), store.apiServers(ImmutableSortedSet.of()).apiServers(), "unknown is not none");
    }

    @Test
    void whatAnEarlierProcessFoundOfTheApiServerHoldsUntilItCanBeRead() {
        LastFound last = new LastFound(addresses("10.0.0.1"), ImmutableSortedSet.of());
        assertEquals(addresses("10.0.0.1"), store.lastFound(last).apiServers());
        assertEquals(
                addresses("10.0.0.2"), store.apiServers(addresses("10.0.0.2")).apiServers());
        assertEquals(addresses("10.0.0.2"), store.lastFound(last).apiServers(), "what is read counts");
    }

    @Test
    void whatAnEarlierProcessFoundOfIngressControllersHoldsUntilAllClassesAreRead() {
        LastFound last = new LastFound(ImmutableSortedSet.of(), ImmutableSortedSet.of("nginx"));
        assertEquals(Set.of("nginx"), store.lastFound(last).ingressControllers());
        assertEquals(Set.of(), store.ingressClassesListed().ingressControllers(), "now they are known to be none");
    }

    @Test
    void whereIngressClassesAreReadNothingThatAnEarlierProcessFoundCounts() {
        store.ingressClass("a", Optional.of("traefik"));
        LastFound last = new LastFound(ImmutableSortedSet.of(), ImmutableSortedSet.of("nginx"));
        assertEquals(Set.of("traefik"), store.lastFound(last).ingressControllers());
    }

    @Test
    void aControllerIsInstalledForAsLongAsAnyClassNamesIt() {
        store.ingressClass("a", Optional.of("nginx"));
        store.ingressClass("b", Optional.of("nginx"));
        assertEquals(Set.of("nginx"), store.ingressClass("a", Optional.empty()).ingressControllers());
        assertEquals(Set.of(), store.ingressClass("b", Optional.empty()).ingressControllers());
    }

    @Test
    void identityIsInForceWhereNothingIsMissingAndNothingIsBroken() {
        assertEquals(
                List.of(
                        "MutatingAdmissionPolicy bulkhead-stamp-service-account is not there",
                        "MutatingAdmissionPolicyBinding bulkhead-stamp-service-account is not there",
                        "ValidatingAdmissionPolicy bulkhead-verify-service-account is not there",
                        "ValidatingAdmissionPolicyBinding bulkhead-verify-service-account is not there"),
                store.identityFlaws());
        for (IdentityPolicies.Name name : IdentityPolicies.NEEDED) {
            assertFalse(store.facts().identityInForce());
            store.identity(name, Optional.empty());
        }
        assertTrue(store.facts().identityInForce());
        assertEquals(List.of(), store.identityFlaws());

        assertFalse(store.identity(NEEDED, Optional.of("is broken")).identityInForce());
        assertEquals(List.of(NEEDED + " is broken"), store.identityFlaws());
        assertTrue(store.identity(NEEDED, Optional.empty()).identityInForce());
        assertFalse(store.identityGone(NEEDED).identityInForce());
        assertEquals(List.of(NEEDED + " is not there"), store.identityFlaws());
    }

    private static ImmutableSortedSet<ClusterFacts.SocketAddress> addresses(String address) {
        return ImmutableSortedSet.of(new ClusterFacts.SocketAddress(IpAddress.parse(address), 6443));
    }

    private ClusterFacts node(String name, String address) {
        return store.node(
                name,
                Optional.of(new NodeReader.Networks(
                        ImmutableSortedSet.of(), ImmutableSortedSet.of(IpAddress.parse(address)))));
    }
}
