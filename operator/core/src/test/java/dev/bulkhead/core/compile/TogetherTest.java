package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.Guardrail;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.Segment;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.intent.WorkloadReference;
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
class TogetherTest {

    private static final WorkloadReference WEB = SmallTown.account("web");
    private static final WorkloadReference DB = SmallTown.account("db");

    @Test
    void manyRulesOfOneIntentAreNoWayAroundTheLimit() {
        String[] networks =
                IntStream.range(0, 64).mapToObj(i -> "203.0." + i + ".0/24").toArray(String[]::new);

        List<RuleState> states = states(outbound("one", WEB, networks));

        assertEquals(64, states.size());
        states.forEach(state -> {
            assertEquals(RuleState.State.FORBIDDEN, state.state());
            assertEquals(
                    "guardrail limit demands at most 256 addresses for the same pods, for which the rules of one name 16384"
                            + " together: Ask the platform team.",
                    state.message());
        });
    }

    @Test
    void norAreManyIntents() {
        List<RuleState> states = states(
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
        for (WorkloadReference other : List.of(labelled("web"), new WorkloadReference.All())) {
            assertEquals(
                    forbidden(2),
                    kinds(outbound("one", WEB, "203.0.113.0/24"), outbound("two", other, "203.0.114.0/24")));
        }
    }

    /** Only those that may be for the same pods are closed. */
    @Test
    void eachRuleIsHeldAgainstWhatItsOwnPodsHave() {
        assertEquals(
                List.of(RuleState.State.OPEN, RuleState.State.FORBIDDEN, RuleState.State.FORBIDDEN),
                kinds(
                        outbound("one", labelled("db"), "203.0.113.0/24"),
                        outbound("two", labelled("web"), "203.0.114.0/24"),
                        outbound(
                                "zero",
                                new WorkloadReference.Labels(LabelSelector.label("app", "web")),
                                "203.0.115.0/32")));
    }

    @Test
    void aRuleThatIsTooWideByItselfClosesNoOther() {
        assertEquals(
                List.of(RuleState.State.FORBIDDEN, RuleState.State.OPEN),
                kinds(outbound("one", WEB, "203.0.0.0/16", "203.0.113.0/24")));
    }

    @Test
    void whatOpensNothingSinceItsWorkloadIsNotThereClosesNoOther() {
        assertEquals(
                List.of(RuleState.State.OPEN, RuleState.State.UNRESOLVED),
                kinds(
                        outbound("one", WEB, "203.0.113.0/24"),
                        outbound(
                                "two",
                                new WorkloadReference.Owner(new Workload.Key("Deployment", "absent")),
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
        AccessIntent intent = intent(
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

    private static List<RuleState.State> open(int count) {
        return Collections.nCopies(count, RuleState.State.OPEN);
    }

    private static List<RuleState.State> forbidden(int count) {
        return Collections.nCopies(count, RuleState.State.FORBIDDEN);
    }

    private static WorkloadReference labelled(String app) {
        return new WorkloadReference.Labels(LabelSelector.label("app", app));
    }

    private static AccessIntent outbound(String name, WorkloadReference workload, String... networks) {
        List<Rule> rules = new ArrayList<>();
        for (String network : networks) {
            rules.add(rule(Direction.EGRESS, rules.size(), network));
        }
        return intent(name, workload, rules);
    }

    private static AccessIntent intent(String name, WorkloadReference workload, List<Rule> rules) {
        return new AccessIntent(new AccessIntent.Key("shop", name), workload, ImmutableList.copyOf(rules));
    }

    private static Rule rule(Direction direction, int index, String network) {
        return rule(direction, index, IpBlock.of(Cidr.parse(network), List.of()));
    }

    private static Rule rule(Direction direction, int index, IpBlock block) {
        return new Rule(direction, index, new Peer.OfNetwork(block), Ports.port(Protocol.TCP, 443 + index), "");
    }

    private static List<RuleState.State> kinds(AccessIntent... intents) {
        return states(intents).stream().map(RuleState::state).toList();
    }

    /** In the order of the intents' names. */
    private static List<RuleState> states(AccessIntent... intents) {
        Guardrail guardrail = new Guardrail(
                "limit",
                "Ask the platform team.",
                ImmutableList.of(),
                ImmutableList.of(new Guardrail.Demand(
                        new Guardrail.Connections(Guardrail.Ends.anything(), Guardrail.Ends.anything(), Ports.none()),
                        /* reason= */ false,
                        /* verified= */ false,
                        OptionalLong.of(256),
                        OptionalInt.empty())));
        Segment segment = new Segment(
                "shop",
                ImmutableList.of("shop"),
                ImmutableList.of(),
                ImmutableSet.copyOf(Direction.values()),
                Segment.TrustBoundary.NAMESPACE,
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
                                new Enrol().enrol(world.namespaces().keySet(), declarations),
                                "shop")
                        .intents()
                        .values()
                        .stream()
                        .flatMap(outcome -> outcome.rules().stream())
                        .toList();
    }
}
