package dev.bulkhead.cluster.inventory;

import static dev.bulkhead.cluster.inventory.Contents.pod;
import static dev.bulkhead.cluster.inventory.Contents.podClass;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Service;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guardrail denies shop the namespace vault, and a rule of shop's is for 10.1.0.0/16 without 10.1.9.0/24. */
class AddressNewsTest {

    private static final PodClass SAFE = podClass("safe");
    private static final PodClass ON_HOST = new PodClass(
            ImmutableSortedMap.of("app", "safe"), "default", ImmutableSortedSet.of(), /* hostNetwork= */ true);
    private static final DeclaredIntent.Key INTENT = new DeclaredIntent.Key("shop", "one");

    private final InventoryState state = new InventoryState(Set.of(), ClusterFacts.unknown(true));
    private final Compiler compiler = new Compiler();

    @BeforeEach
    void begin() {
        List.of("shop", "vault", "pay").forEach(name -> state.namespace(name, Optional.of(Namespace.empty(name))));
        state.segment(
                "shop",
                sighting(new DeclaredSegment(
                        "shop",
                        ImmutableList.of("shop"),
                        ImmutableList.of(),
                        ImmutableSet.copyOf(Direction.values()),
                        DeclaredSegment.TrustBoundary.NAMESPACE,
                        /* dns= */ false,
                        /* verified= */ false)));
        state.guardrail(
                "vault",
                sighting(new DeclaredGuardrail(
                        "vault",
                        "for a test",
                        ImmutableList.of(
                                new DeclaredGuardrail.Connections(namespace("shop"), namespace("vault"), Ports.none())),
                        ImmutableList.of())));
        state.intent(
                INTENT,
                sighting(new DeclaredIntent(
                        INTENT,
                        new WorkloadSelector.All(),
                        ImmutableList.of(new Rule(
                                Direction.EGRESS,
                                0,
                                new Peer.OfNetwork(
                                        IpBlock.of(Cidr.parse("10.1.0.0/16"), List.of(Cidr.parse("10.1.9.0/24")))),
                                Ports.port(Protocol.TCP, 443),
                                "")))));
        // Their class is known: from here on nothing but addresses is news.
        state.pod("vault", "known", Optional.of(pod("vault", "known", SAFE)));
        state.pod("vault", "on-host", Optional.of(pod("vault", "on-host", ON_HOST)));
        state.pod("pay", "known", Optional.of(pod("pay", "known", SAFE)));
        state.complete();
        compile();
    }

    @Test
    void theFirstPodThatIsDeniedWakesWhoNamesItsAddressAndTheLastOneToo() {
        assertEquals(RuleOutcome.State.OPEN, compile());

        AffectedNamespaces came = pods("vault", "a", "10.1.0.7");

        assertEquals(Set.of("shop"), came.namespaces());
        assertTrue(came.mayWithdraw());
        assertEquals(RuleOutcome.State.FORBIDDEN, compile());
        assertEquals(Set.of(), pods("vault", "b", "10.1.0.8").namespaces());
        assertEquals(Set.of(), pods("vault", "a").namespaces());
        assertEquals(RuleOutcome.State.FORBIDDEN, compile());
        assertEquals(Set.of("shop"), pods("vault", "b").namespaces());
        assertEquals(RuleOutcome.State.OPEN, compile());
    }

    @Test
    void addressesThatNoRuleNamesWakeNobody() {
        assertEquals(Set.of(), pods("vault", "a", "10.1.9.7").namespaces());
        assertEquals(Set.of(), pods("vault", "b", "10.2.0.7").namespaces());
    }

    @Test
    void podsThatNoGuardrailSpeaksOfWakeNobody() {
        assertEquals(Set.of(), pods("pay", "a", "10.1.0.7").namespaces());
    }

    @Test
    void whatIsInRangesThatAreKnownWakesNobody() {
        state.facts(() -> new ClusterFacts(
                true,
                ImmutableSortedSet.of(Cidr.parse("10.1.0.0/20")),
                ImmutableSortedSet.of(),
                ImmutableSortedSet.of(),
                ImmutableSortedSet.of()));
        compile();

        assertEquals(Set.of(), pods("vault", "a", "10.1.0.7").namespaces());
        assertEquals(RuleOutcome.State.OPEN, compile());
        assertEquals(Set.of("shop"), pods("vault", "b", "10.1.16.7").namespaces());
        assertEquals(RuleOutcome.State.FORBIDDEN, compile());
    }

    @Test
    void aPodOnTheHostsNetworkHasNoAddressOfItsOwn() {
        assertEquals(
                Set.of(),
                state.pod("vault", "a", Optional.of(pod("vault", "a", ON_HOST, "10.1.0.7")))
                        .namespaces());
        assertEquals(RuleOutcome.State.OPEN, compile());
    }

    @Test
    void aServiceHasAnAddressToo() {
        Service service = new Service(
                "safe",
                true,
                LabelSelector.everything(),
                ImmutableList.of(),
                ImmutableSortedSet.of(IpAddress.parse("10.1.0.9")));

        assertTrue(state.service("vault", "safe", Optional.of(service))
                .namespaces()
                .contains("shop"));
        assertEquals(RuleOutcome.State.FORBIDDEN, compile());
        assertTrue(state.service("vault", "safe", Optional.empty()).namespaces().contains("shop"));
        assertEquals(RuleOutcome.State.OPEN, compile());
    }

    /** Its pods may be seen before the namespace is, and outlive it. */
    @Test
    void theAddressesOfANamespaceCountWhileItIsThere() {
        pods("vault", "a", "10.1.0.7");
        assertEquals(RuleOutcome.State.FORBIDDEN, compile());

        assertEquals(Set.of("shop"), state.namespace("vault", Optional.empty()).namespaces());
        assertEquals(RuleOutcome.State.OPEN, compile());
        assertEquals(
                Set.of("shop"),
                state.namespace("vault", Optional.of(Namespace.empty("vault"))).namespaces());
        assertEquals(RuleOutcome.State.FORBIDDEN, compile());
    }

    @Test
    void whoIsBeingCompiledMayHaveMissedIt() {
        state.intentGone(INTENT);
        compile();
        state.snapshotFor("shop");

        assertEquals(Set.of("shop"), pods("vault", "a", "10.1.0.7").namespaces());
    }

    private AffectedNamespaces pods(String namespace, String name, String... addresses) {
        return state.pod(
                namespace,
                name,
                addresses.length == 0 ? Optional.empty() : Optional.of(pod(namespace, name, SAFE, addresses)));
    }

    /** How the rule is; the one there is. */
    private RuleOutcome.State compile() {
        InventorySnapshot snapshot = state.snapshotFor("shop");
        Compilation compilation = compiler.compile(
                snapshot.world(), snapshot::policiesByOthers, snapshot.declarations(), snapshot.enrolment(), "shop");
        state.compiled("shop", Optional.of(compilation.dependencies()));
        return compilation.intents().values().stream()
                .flatMap(outcome -> outcome.rules().stream())
                .map(RuleOutcome::state)
                .findFirst()
                .orElse(RuleOutcome.State.UNRESOLVED);
    }

    private static DeclaredGuardrail.Ends namespace(String name) {
        return new DeclaredGuardrail.Ends(
                ImmutableSet.of(), ImmutableList.of(name), ImmutableList.of(), ImmutableSet.of());
    }

    private static <M, S> DecodedObject<M, S> sighting(M meaning) {
        return new DecodedObject<>(
                Optional.of(meaning),
                "",
                new LiveStatus<>(new Revision("uid", 1), Optional.empty(), "9"),
                /* weight= */ 0);
    }
}
