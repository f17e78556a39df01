package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.World;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What guardrails say of addresses, and of reasons. */
class ForbiddenNetworksTest {

    private static final DeclaredGuardrail.Connections ANYTHING = new DeclaredGuardrail.Connections(
            DeclaredGuardrail.Ends.anything(), DeclaredGuardrail.Ends.anything(), Ports.none());

    @ParameterizedTest
    @CsvSource({
        "169.254.169.254/32, FORBIDDEN",
        "169.254.0.0/16, FORBIDDEN",
        "169.254.169.253/32, OPEN",
        "64:ff9b::a9fe:a9fe/128, FORBIDDEN",
        "64:ff9b::a9fe:0/112, FORBIDDEN",
        "64:ff9b::/96, FORBIDDEN",
        "64:ff9b::a9fe:a9fd/128, OPEN",
        "2000::/3, OPEN"
    })
    void anAddressIsForbiddenBehindNat64AsWell(String asked, RuleOutcome.State state) {
        DeclaredGuardrail.Ends metadata = new DeclaredGuardrail.Ends(
                ImmutableSet.of(),
                ImmutableList.of(),
                ImmutableList.of(Cidr.parse("169.254.169.254/32")),
                ImmutableSet.of());

        assertEquals(
                state,
                state(
                        new DeclaredGuardrail(
                                "metadata",
                                "Nobody needs it.",
                                ImmutableList.of(new DeclaredGuardrail.Connections(
                                        DeclaredGuardrail.Ends.anything(), metadata, Ports.none())),
                                ImmutableList.of()),
                        asked,
                        ""));
    }

    /** Whatever the script, but neither spaces of any kind nor punctuation. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0", "\u200b", "\u3000", ".", "- 1"})
    void aReasonHasLetters(String reason) {
        assertEquals(RuleOutcome.State.FORBIDDEN, state(demandingReasons(), "203.0.113.7/32", reason));
    }

    @Test
    void aReasonMayBeInAnyScript() {
        assertEquals(RuleOutcome.State.OPEN, state(demandingReasons(), "203.0.113.7/32", "обновления"));
        assertEquals(RuleOutcome.State.OPEN, state(demandingReasons(), "203.0.113.7/32", "1. 更新"));
    }

    private static DeclaredGuardrail demandingReasons() {
        return new DeclaredGuardrail(
                "reasons",
                "Say why.",
                ImmutableList.of(),
                ImmutableList.of(new DeclaredGuardrail.Demand(
                        ANYTHING,
                        /* reason= */ true,
                        /* verified= */ false,
                        OptionalLong.empty(),
                        OptionalInt.empty())));
    }

    private static RuleOutcome.State state(DeclaredGuardrail guardrail, String asked, String reason) {
        DeclaredIntent intent = new DeclaredIntent(
                new DeclaredIntent.Key("shop", "web"),
                SmallTown.account("web"),
                ImmutableList.of(new Rule(
                        Direction.EGRESS,
                        0,
                        new Peer.OfNetwork(IpBlock.of(Cidr.parse(asked), List.of())),
                        SmallTown.HTTPS,
                        reason)));
        DeclaredSegment segment = new DeclaredSegment(
                "shop",
                ImmutableList.of("shop"),
                ImmutableList.of(),
                ImmutableSet.copyOf(Direction.values()),
                DeclaredSegment.TrustBoundary.NAMESPACE,
                /* dns= */ false,
                /* verified= */ false);
        World world = World.withoutAddresses(
                ImmutableSortedMap.of("shop", Namespace.empty("shop")),
                ClusterFacts.unknown(/* identityInForce= */ true));
        Declarations declarations = Declarations.of(
                List.of(intent), List.of(segment), List.of(guardrail), WellKnownPlaces.nothing(), List.of());
        Compilation compilation = new Compiler()
                .compile(
                        world,
                        PoliciesByOthers.none(),
                        declarations,
                        new SegmentAssigner().enrol(world.namespaces().keySet(), declarations),
                        "shop");
        return compilation.intents().get(intent.key()).rules().get(0).state();
    }
}
