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
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** At most 256 addresses for whatever pods, however many rules and intents name them. */
class AddressTotalsTest {

    private static final WorkloadSelector WEB = SmallTown.account("web");
    private static final WorkloadSelector DB = SmallTown.account("db");

    @Test
    void manyRulesOfOneIntentAreNoWayAroundTheLimit() {
        String[] networks =
                IntStream.range(0, 64).mapToObj(i -> "203.0." + i + ".0/24").toArray(String[]::new);

        List<RuleOutcome> states = states(outbound("one", WEB, networks));

        assertEquals(64, states.size());
        states.forEach(state -> {
            assertEquals(RuleOutcome.State.FORBIDDEN, state.state());
            assertEquals(
                    "guardrail limit demands at most 256 addresses for the same pods, for which the rules of one name 16384"
                            + " together: Ask the platform team.",
                    state.message());
        });
    }

    @Test
    void norAreManyIntents() {
        List<RuleOutcome> states = states(
                outbound("one", WEB, "203.0.113.0/25"),
                outbound("two", WEB, "203.0.114.0/25"),
                outbound("three", WEB, "203.0.115.0/32"));

        states.forEach(state -> assertEquals(
                "guardrail limit demands at most 256 addresses for the same pods, for which intents one, three, two name 257"
                        + " together: Ask the platform team.",
                state.message()));
    }

    @Test
    void asManyAsTheLimitSaysMayBeNamed() {
        assertEquals(open(2), kinds(outbound("one", WEB, "203.0.113.0/25"), outbound("two", WEB, "203.0.114.0/25")));
    }

    @Test
    void addressesThatAreNamedTwiceCountOnce() {
        assertEquals(
                open(4),
                kinds(
                        outbound("one", WEB, "203.0.113.0/24", "203.0.113.7/32"),
                        outbound("two", WEB, "203.0.113.0/24", "203.0.113.128/25")));
    }

    @Test
    void whatNoPodCanBeBothIsNotAddedUp() {
        assertEquals(open(2), kinds(outbound("one", WEB, "203.0.113.0/24"), outbound("two", DB, "203.0.114.0/24")));
        assertEquals(
                open(2),
                kinds(
                        outbound("one", labelled("web"), "203.0.113.0/24"),
                        outbound("two", labelled("db"), "203.0.114.0/24")));
    }

    @Test
    void whatSomePodMightBeBothIs() {
        for (WorkloadSelector other : List.of(labelled("web"), new WorkloadSelector.All())) {
            assertEquals(
                    forbidden(2),
                    kinds(outbound("one", WEB, "203.0.113.0/24"), outbound("two", other, "203.0.114.0/24")));
        }
    }

    /** Only those that may be for the same pods are closed. */
    @Test
    void eachRuleIsHeldAgainstWhatItsOwnPodsHave() {
        assertEquals(
                List.of(RuleOutcome.State.OPEN, RuleOutcome.State.FORBIDDEN, RuleOutcome.State.FORBIDDEN),
                kinds(
                        outbound("one", labelled("db"), "203.0.113.0/24"),
                        outbound("two", labelled("web"), "203.0.114.0/24"),
                        outbound(
                                "zero",
                                new WorkloadSelector.Labels(LabelSelector.label("app", "web")),
                                "203.0.115.0/32")));
    }

    @Test
    void aRuleThatIsTooWideByItselfClosesNoOther() {
        assertEquals(
                List.of(RuleOutcome.State.FORBIDDEN, RuleOutcome.State.OPEN),
                kinds(outbound("one", WEB, "203.0.0.0/16", "203.0.113.0/24")));
    }

    @Test
    void whatOpensNothingSinceItsWorkloadIsNotThereClosesNoOther() {
        assertEquals(
                List.of(RuleOutcome.State.OPEN, RuleOutcome.State.UNRESOLVED),
                kinds(
                        outbound("one", WEB, "203.0.113.0/24"),
                        outbound(
                                "two",
                                new WorkloadSelector.Owner(new Workload.Key("Deployment", "absent")),
                                "203.0.114.0/24")));
    }

    @Test
    void theTwoDirectionsAreCountedEachByItself() {
        assertEquals(
                open(2),
                kinds(
                        outbound("one", WEB, "203.0.113.0/24"),
                        intent("two", WEB, List.of(rule(Direction.INGRESS, 0, "203.0.114.0/24")))));
    }

    @Test
    void exceptionsDoNotCount() {
        DeclaredIntent intent = intent(
                "one",
                WEB,
                List.of(
                        rule(
                                Direction.EGRESS,
                                0,
                                IpBlock.of(Cidr.parse("203.0.113.0/24"), List.of(Cidr.parse("203.0.113.128/25")))),
                        rule(Direction.EGRESS, 1, "203.0.114.0/25")));

        assertEquals(open(2), kinds(intent));
    }

    private static List<RuleOutcome.State> open(int count) {
        return Collections.nCopies(count, RuleOutcome.State.OPEN);
    }

    private static List<RuleOutcome.State> forbidden(int count) {
        return Collections.nCopies(count, RuleOutcome.State.FORBIDDEN);
    }

    private static WorkloadSelector labelled(String app) {
        return new WorkloadSelector.Labels(LabelSelector.label("app", app));
    }

    private static DeclaredIntent outbound(String name, WorkloadSelector workload, String... networks) {
        List<Rule> rules = new ArrayList<>();
        for (String network : networks) {
            rules.add(rule(Direction.EGRESS, rules.size(), network));
        }
        return intent(name, workload, rules);
    }

    private static DeclaredIntent intent(String name, WorkloadSelector workload, List<Rule> rules) {
        return new DeclaredIntent(new DeclaredIntent.Key("shop", name), workload, ImmutableList.copyOf(rules));
    }

    private static Rule rule(Direction direction, int index, String network) {
        return rule(direction, index, IpBlock.of(Cidr.parse(network), List.of()));
    }

    private static Rule rule(Direction direction, int index, IpBlock block) {
        return new Rule(direction, index, new Peer.OfNetwork(block), Ports.port(Protocol.TCP, 443 + index), "");
    }

    private static List<RuleOutcome.State> kinds(DeclaredIntent... intents) {
        return states(intents).stream().map(RuleOutcome::state).toList();
    }

    /** In the order of the intents' names. */
    private static List<RuleOutcome> states(DeclaredIntent... intents) {
        DeclaredGuardrail guardrail = new DeclaredGuardrail(
                "limit",
                "Ask the platform team.",
                ImmutableList.of(),
                ImmutableList.of(new DeclaredGuardrail.Demand(
                        new DeclaredGuardrail.Connections(
                                DeclaredGuardrail.Ends.anything(), DeclaredGuardrail.Ends.anything(), Ports.none()),
                        /* reason= */ false,
                        /* verified= */ false,
                        OptionalLong.of(256),
                        OptionalInt.empty())));
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
                Arrays.asList(intents), List.of(segment), List.of(guardrail), WellKnownPlaces.nothing(), List.of());
        return new Compiler()
                        .compile(
                                world,
                                PoliciesByOthers.none(),
                                declarations,
                                new SegmentAssigner().enrol(world.namespaces().keySet(), declarations),
                                "shop")
                        .intents()
                        .values()
                        .stream()
                        .flatMap(outcome -> outcome.rules().stream())
                        .toList();
    }
}
