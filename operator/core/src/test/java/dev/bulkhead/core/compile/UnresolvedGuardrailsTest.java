package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.World;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of which guardrails it is not known what they forbid. */
class UnresolvedGuardrailsTest {

    private static final ClusterFacts NOTHING_KNOWN = ClusterFacts.unknown(/* identityInForce= */ true);

    private static ClusterFacts withIngressClassesOf(String... controllers) {
        return new ClusterFacts(
                true,
                ImmutableSortedSet.of(),
                ImmutableSortedSet.of(),
                ImmutableSortedSet.of(),
                ImmutableSortedSet.copyOf(controllers));
    }

    private static World world(ClusterFacts facts, String... namespaces) {
        return World.withoutAddresses(
                Stream.of(namespaces)
                        .map(Namespace::empty)
                        .collect(ImmutableSortedMap.toImmutableSortedMap(
                                Comparator.naturalOrder(), Namespace::name, namespace -> namespace)),
                facts);
    }

    private static DeclaredGuardrail.Ends named(WellKnown... names) {
        return new DeclaredGuardrail.Ends(
                ImmutableSet.of(), ImmutableList.of(), ImmutableList.of(), ImmutableSet.copyOf(names));
    }

    private static DeclaredGuardrail denying(WellKnown... names) {
        return new DeclaredGuardrail(
                "limit",
                "for a test",
                ImmutableList.of(new DeclaredGuardrail.Connections(
                        DeclaredGuardrail.Ends.anything(), named(names), Ports.none())),
                ImmutableList.of());
    }

    private static Set<String> unresolved(World world, DeclaredGuardrail guardrail, WellKnownPlaces places) {
        return UnresolvedGuardrails.of(
                        world,
                        Declarations.of(
                                List.of(), List.of(), List.of(guardrail), places, Declarations.SYSTEM_NAMESPACES))
                .keySet();
    }

    private static boolean isUnresolved(World world, DeclaredGuardrail guardrail) {
        return unresolved(world, guardrail, WellKnownPlaces.nothing()).contains("limit");
    }

    private static WellKnownPlaces said(WellKnown name, WellKnownPlaces.Place place) {
        return new WellKnownPlaces(ImmutableMap.of(name, place), ImmutableSortedSet.of());
    }

    @ParameterizedTest
    @EnumSource(
            value = WellKnown.class,
            names = {"KUBE_API_SERVER", "NODES", "INGRESS_CONTROLLER", "MONITORING"})
    void oneThatNamesAPeerOfWhichNothingTells(WellKnown name) {
        assertEquals(true, isUnresolved(world(NOTHING_KNOWN), denying(WellKnown.INTERNET, name)));
        assertEquals(
                Set.of(),
                unresolved(
                        world(NOTHING_KNOWN),
                        denying(name),
                        said(
                                name,
                                new WellKnownPlaces.Networks(
                                        ImmutableSortedSet.of(Cidr.parse("192.0.2.0/24")), Ports.none()))));
    }

    @ParameterizedTest
    @EnumSource(
            value = WellKnown.class,
            names = {"KUBE_DNS", "INTERNET"})
    void whatIsTheSameEverywhereIsAlwaysKnown(WellKnown name) {
        assertEquals(false, isUnresolved(world(NOTHING_KNOWN), denying(name)));
    }

    @Test
    void oneThatDemandsSomethingForSuchAPeerIsNoBetter() {
        DeclaredGuardrail demanding = new DeclaredGuardrail(
                "limit",
                "for a test",
                ImmutableList.of(),
                ImmutableList.of(new DeclaredGuardrail.Demand(
                        new DeclaredGuardrail.Connections(
                                named(WellKnown.MONITORING), DeclaredGuardrail.Ends.anything(), Ports.none()),
                        /* reason= */ true,
                        /* verified= */ false,
                        OptionalLong.empty(),
                        OptionalInt.empty())));

        assertEquals(true, isUnresolved(world(NOTHING_KNOWN), demanding));
        assertEquals(false, isUnresolved(world(NOTHING_KNOWN, "monitoring"), demanding));
    }

    @Test
    void anIngressControllerIsInDoubtWhereNoneThatIsNamedRunsWhereItUsuallyDoes() {
        DeclaredGuardrail guardrail = denying(WellKnown.INGRESS_CONTROLLER);
        ClusterFacts nginx = withIngressClassesOf("k8s.io/ingress-nginx");
        ClusterFacts haproxy = withIngressClassesOf("haproxy.org/ingress-controller");

        assertEquals(true, isUnresolved(world(nginx), guardrail));
        assertEquals(true, isUnresolved(world(nginx, "traefik"), guardrail));
        assertEquals(true, isUnresolved(world(haproxy, "ingress-nginx"), guardrail));
        assertEquals(false, isUnresolved(world(nginx, "ingress-nginx"), guardrail));
        assertEquals(false, isUnresolved(world(NOTHING_KNOWN, "ingress-nginx"), guardrail));
    }

    @Test
    void severalIngressControllersAreAllCovered() {
        ClusterFacts both = withIngressClassesOf("k8s.io/ingress-nginx", "traefik.io/ingress-controller");

        assertEquals(
                false, isUnresolved(world(both, "ingress-nginx", "traefik"), denying(WellKnown.INGRESS_CONTROLLER)));
    }

    @Test
    void aWorkloadThatThePlatformNamesIsSomewhereInItsNamespaceWhateverIsThere() {
        assertEquals(
                Set.of(),
                unresolved(
                        world(NOTHING_KNOWN),
                        denying(WellKnown.MONITORING),
                        said(
                                WellKnown.MONITORING,
                                new WellKnownPlaces.Pods(
                                        "metrics", new WorkloadSelector.ServiceAccount("absent"), Ports.none()))));
    }

    @Test
    void itIsSaidWhichPeerAndWhy() {
        ClusterFacts node = new ClusterFacts(
                true,
                ImmutableSortedSet.of(),
                ImmutableSortedSet.of(IpAddress.parse("192.0.2.7")),
                ImmutableSortedSet.of(),
                ImmutableSortedSet.of());
        Declarations declarations = Declarations.of(
                List.of(),
                List.of(),
                List.of(denying(WellKnown.NODES, WellKnown.KUBE_API_SERVER)),
                WellKnownPlaces.nothing(),
                Declarations.SYSTEM_NAMESPACES);

        assertEquals(
                ImmutableSortedMap.of(
                        "limit",
                        "KubeAPIServer: the addresses behind Service default/kubernetes are not known; its EndpointSlice"
                                + " says them"),
                UnresolvedGuardrails.of(world(node), declarations));
    }
}
