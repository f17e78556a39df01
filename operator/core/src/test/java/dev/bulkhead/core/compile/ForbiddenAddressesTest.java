package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An address of something that a guardrail speaks of is no way around the guardrail, where nobody knows the cluster's ranges.
 * Namespace shop asks; vault has 10.1.0.7 and 2001:db8::7, pay has 10.1.0.8, monitoring 10.1.0.9.
 */
class ForbiddenAddressesTest {

    private static final DeclaredGuardrail.Ends SHOP = namespaces("shop");
    private static final DeclaredGuardrail.Ends ANYTHING = DeclaredGuardrail.Ends.anything();

    @ParameterizedTest
    @CsvSource({
        "10.1.0.7/32, , FORBIDDEN",
        "10.1.0.8/32, , OPEN",
        "10.0.0.0/8, , FORBIDDEN",
        "10.0.0.0/8, 10.1.0.0/24, OPEN",
        "10.0.0.0/8, 10.1.0.8/32, FORBIDDEN",
        "10.2.0.0/16, , OPEN",
        "2001:db8::/32, , FORBIDDEN",
        "2001:db8::8/128, , OPEN",
        "64:ff9b::a01:7/128, , FORBIDDEN",
        "64:ff9b::a01:8/128, , OPEN",
        "64:ff9b::/96, , FORBIDDEN",
        "64:ff9b::/96, 64:ff9b::a01:7/128, OPEN"
    })
    void whatIsAtAnAddressIsForbiddenAsIfItWereNamed(String asked, String except, RuleOutcome.State state) {
        IpBlock block = IpBlock.of(Cidr.parse(asked), except == null ? List.of() : List.of(Cidr.parse(except)));
        for (DeclaredGuardrail.Ends vault : List.of(namespaces("vault"), namespaces("va*"), segments("vault"))) {
            assertEquals(state, judged(denial(SHOP, vault), outbound(block)).state());
            assertEquals(state, judged(denial(vault, SHOP), inbound(block)).state());
        }
    }

    @Test
    void theReasonIsSaidAndWhoseTheAddressIsIsNot() {
        RuleOutcome state = judged(denial(SHOP, namespaces("vault")), outbound("10.0.0.0/8"));

        assertEquals(
                "guardrail limit forbids it, since something that it speaks of has an address there: Ask the platform team.",
                state.message());
    }

    @ParameterizedTest
    @CsvSource({"10.1.0.7/32, UNRESOLVED", "10.0.0.0/8, OPEN"})
    void whereTheRangesAreKnownRulesDoNotReachIntoThemAnyway(String asked, RuleOutcome.State state) {
        assertEquals(
                state,
                judged(denial(SHOP, namespaces("vault")), outbound(asked), "10.1.0.0/16")
                        .state());
    }

    @Test
    void aWellKnownPeerIsAsFarAsItsNamespace() {
        DeclaredGuardrail guardrail = denial(ANYTHING, wellKnown(WellKnown.MONITORING));

        assertEquals(
                RuleOutcome.State.FORBIDDEN,
                judged(guardrail, outbound("10.1.0.9/32")).state());
        assertEquals(
                RuleOutcome.State.OPEN,
                judged(guardrail, outbound("10.1.0.8/32")).state());
    }

    /** The API server's own address in front of its endpoints; some network plugins match policies before it is translated. */
    @Test
    void theApiServerIsAtTheAddressOfItsServiceToo() {
        DeclaredGuardrail guardrail = denial(ANYTHING, wellKnown(WellKnown.KUBE_API_SERVER));

        assertEquals(
                RuleOutcome.State.FORBIDDEN,
                judged(guardrail, outbound("192.0.2.1/32")).state());
        assertEquals(
                RuleOutcome.State.FORBIDDEN,
                judged(guardrail, outbound("10.96.0.1/32")).state());
        assertEquals(
                RuleOutcome.State.FORBIDDEN,
                judged(guardrail, outbound("10.96.0.0/16")).state());
        assertEquals(
                RuleOutcome.State.OPEN,
                judged(guardrail, outbound("10.96.0.2/32")).state());
    }

    /** The Internet as well, where pods have addresses of it. */
    @Test
    void theInternetHoldsWhatHasAnAddressOfIt() {
        assertEquals(
                RuleOutcome.State.FORBIDDEN,
                judged(denial(SHOP, namespaces("vault")), outbound(new Peer.OfWellKnown(WellKnown.INTERNET)))
                        .state());
        assertEquals(
                RuleOutcome.State.OPEN,
                judged(denial(SHOP, namespaces("pay")), outbound(new Peer.OfWellKnown(WellKnown.INTERNET)))
                        .state());
    }

    @Test
    void anAddressVouchesForNobody() {
        DeclaredGuardrail guardrail = demand(namespaces("vault"));

        RuleOutcome state = judged(guardrail, outbound("10.1.0.7/32"));

        assertEquals(RuleOutcome.State.FORBIDDEN, state.state());
        assertTrue(state.message().contains("demands verified identity"), state::message);
        assertEquals(
                RuleOutcome.State.OPEN,
                judged(guardrail, outbound("10.1.0.8/32")).state());
    }

    @Test
    void onlyBlocksOfWhichAGuardrailCouldSpeakAreWaitedFor() {
        assertEquals(1, blocks(compilation(denial(SHOP, namespaces("vault")), outbound("10.0.0.0/8"))));
        assertEquals(0, blocks(compilation(denial(namespaces("pay"), namespaces("vault")), outbound("10.0.0.0/8"))));
        assertEquals(0, blocks(compilation(denial(SHOP, wellKnown(WellKnown.NODES)), outbound("10.0.0.0/8"))));
    }

    @Test
    void whatIsReachedThroughNat64IsWaitedForByItsOwnAddress() {
        assertEquals(2, blocks(compilation(denial(SHOP, namespaces("vault")), outbound("64:ff9b::a01:0/112"))));
    }

    private static long blocks(Compilation compilation) {
        return compilation.dependencies().on().stream()
                .filter(dependency -> dependency.asAddresses().isPresent())
                .count();
    }

    private static DeclaredGuardrail denial(DeclaredGuardrail.Ends from, DeclaredGuardrail.Ends to) {
        return new DeclaredGuardrail(
                "limit",
                "Ask the platform team.",
                ImmutableList.of(new DeclaredGuardrail.Connections(from, to, Ports.none())),
                ImmutableList.of());
    }

    private static DeclaredGuardrail demand(DeclaredGuardrail.Ends to) {
        return new DeclaredGuardrail(
                "limit",
                "Ask the platform team.",
                ImmutableList.of(),
                ImmutableList.of(new DeclaredGuardrail.Demand(
                        new DeclaredGuardrail.Connections(ANYTHING, to, Ports.none()),
                        /* reason= */ false,
                        /* verified= */ true,
                        OptionalLong.empty(),
                        OptionalInt.empty())));
    }

    private static DeclaredGuardrail.Ends namespaces(String glob) {
        return new DeclaredGuardrail.Ends(
                ImmutableSet.of(), ImmutableList.of(glob), ImmutableList.of(), ImmutableSet.of());
    }

    private static DeclaredGuardrail.Ends segments(String name) {
        return new DeclaredGuardrail.Ends(
                ImmutableSet.of(name), ImmutableList.of(), ImmutableList.of(), ImmutableSet.of());
    }

    private static DeclaredGuardrail.Ends wellKnown(WellKnown name) {
        return new DeclaredGuardrail.Ends(
                ImmutableSet.of(), ImmutableList.of(), ImmutableList.of(), ImmutableSet.of(name));
    }

    private static Rule outbound(String cidr) {
        return outbound(IpBlock.of(Cidr.parse(cidr), List.of()));
    }

    private static Rule outbound(IpBlock block) {
        return outbound(new Peer.OfNetwork(block));
    }

    private static Rule outbound(Peer peer) {
        return new Rule(Direction.EGRESS, 0, peer, SmallTown.HTTPS, "");
    }

    private static Rule inbound(IpBlock block) {
        return new Rule(Direction.INGRESS, 0, new Peer.OfNetwork(block), SmallTown.HTTPS, "");
    }

    private static RuleOutcome judged(DeclaredGuardrail guardrail, Rule rule, String... networks) {
        return compilation(guardrail, rule, networks)
                .intents()
                .values()
                .asList()
                .get(0)
                .rules()
                .get(0);
    }

    private static Compilation compilation(DeclaredGuardrail guardrail, Rule rule, String... networks) {
        DeclaredIntent intent = new DeclaredIntent(
                new DeclaredIntent.Key("shop", "web"), SmallTown.account("web"), ImmutableList.of(rule));
        Declarations declarations = Declarations.of(
                List.of(intent),
                List.of(segment("shop"), segment("vault")),
                List.of(guardrail),
                WellKnownPlaces.nothing(),
                List.of());
        World world = world(networks);
        return new Compiler()
                .compile(
                        world,
                        PoliciesByOthers.none(),
                        declarations,
                        new SegmentAssigner().enrol(world.namespaces().keySet(), declarations),
                        "shop");
    }

    private static DeclaredSegment segment(String namespace) {
        return new DeclaredSegment(
                namespace,
                ImmutableList.of(namespace),
                ImmutableList.of(),
                ImmutableSet.copyOf(Direction.values()),
                DeclaredSegment.TrustBoundary.NAMESPACE,
                /* dns= */ false,
                /* verified= */ false);
    }

    private static World world(String... networks) {
        Namespace empty = Namespace.empty("default");
        Service service = new Service(
                "kubernetes",
                /* selectsPods= */ false,
                LabelSelector.everything(),
                ImmutableList.of(),
                ImmutableSortedSet.of(IpAddress.parse("10.96.0.1")));
        Namespace withService = new Namespace(
                empty.name(),
                empty.labels(),
                empty.terminating(),
                ImmutableMap.of("kubernetes", service),
                empty.workloads(),
                empty.pods());
        ImmutableSortedMap.Builder<String, Namespace> namespaces = ImmutableSortedMap.naturalOrder();
        namespaces.put("default", withService);
        Stream.of("shop", "vault", "pay", "monitoring").forEach(name -> namespaces.put(name, Namespace.empty(name)));
        return new World(
                namespaces.build(),
                new ClusterFacts(
                        /* identityInForce= */ true,
                        Arrays.stream(networks)
                                .map(Cidr::parse)
                                .collect(ImmutableSortedSet.toImmutableSortedSet(Cidr::compareTo)),
                        ImmutableSortedSet.of(),
                        ImmutableSortedSet.of(new ClusterFacts.SocketAddress(IpAddress.parse("192.0.2.1"), 6443)),
                        ImmutableSortedSet.of()),
                ImmutableSortedMap.of(
                        "vault", addresses("10.1.0.7", "2001:db8::7"),
                        "pay", addresses("10.1.0.8"),
                        "monitoring", addresses("10.1.0.9"),
                        "default", addresses("10.96.0.1")));
    }

    private static ImmutableList<IpAddress> addresses(String... addresses) {
        return Arrays.stream(addresses).map(IpAddress::parse).collect(ImmutableList.toImmutableList());
    }
}
