package dev.bulkhead.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Multimaps;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.compile.SegmentAssigner;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.reach.Widening;
import dev.bulkhead.core.reach.Widenings;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What somebody else's policies open beside ours, against a comparison of every pair of pods with and without them. */
class WideningsTest {

    private static final int SEEDS = Integer.getInteger("bulkhead.seeds", 1_000);

    @Test
    void aPolicyIsNamedExactlyWhenItOpensWhatOursKeepClosed() {
        int widened = 0;
        int harmless = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Sample sample = new RandomWorlds(seed).sample();
            Enrolment enrolment =
                    new SegmentAssigner().enrol(sample.world().namespaces().keySet(), sample.declarations());
            NetworkPolicy foreign = foreign(new Dice(seed), sample);
            List<NetworkPolicy> all = new ArrayList<>(sample.policies().values());
            all.add(foreign);

            ImmutableListMultimap<String, NetworkPolicy> byNamespace =
                    Multimaps.index(all, policy -> policy.key().namespace());
            Widenings widenings = new Widenings(
                    sample.world().namespaces(), byNamespace::get, policy -> Marker.isManaged(policy.labels()));
            List<Widening> found = sample.world().namespaces().keySet().stream()
                    .flatMap(name -> found(widenings.in(name, enrolment.enforced(name))).stream())
                    .toList();

            Evaluator without = evaluator(sample, List.copyOf(sample.policies().values()));
            Evaluator with = evaluator(sample, all);
            Set<Direction> enforced = enrolment.enforced(foreign.key().namespace());
            assertEquals(
                    enforced.stream()
                            .filter(direction -> opens(sample, foreign, direction, without, with))
                            .collect(Collectors.toSet()),
                    found.stream().map(Widening::direction).collect(Collectors.toSet()),
                    "seed " + seed + " " + foreign);
            for (Widening widening : found) {
                assertTrue(
                        with.allowed(widening.source(), widening.destination()).containsAll(widening.ports()),
                        "seed " + seed + " " + widening);
            }
            widened += found.isEmpty() ? 0 : 1;
            harmless += found.isEmpty() ? 1 : 0;
        }
        assertTrue(widened > SEEDS / 20 && harmless > SEEDS / 20, widened + " widened, " + harmless + " did not");
    }

    private static List<Widening> found(Widenings.Search search) {
        while (search.advance()) {}
        return search.found();
    }

    private static Evaluator evaluator(Sample sample, List<NetworkPolicy> policies) {
        return Evaluator.of(sample.world().namespaces(), policies, PluginSemantics.upstream());
    }

    private static boolean opens(
            Sample sample, NetworkPolicy foreign, Direction direction, Evaluator without, Evaluator with) {
        if (!foreign.directions().contains(direction)) {
            return false;
        }
        List<Endpoint> others = new ArrayList<>(sample.pods());
        others.addAll(Sample.outside());
        for (Endpoint.Pods self : sample.pods()) {
            boolean selected = self.namespace().equals(foreign.key().namespace())
                    && foreign.subject().matches(self.pods().labels());
            for (Endpoint other : selected ? others : List.<Endpoint>of()) {
                PortSet more = with.half(direction, self, other).difference(without.half(direction, self, other));
                PortSet open = direction == Direction.EGRESS ? with.allowed(self, other) : with.allowed(other, self);
                if (!more.intersection(open).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static NetworkPolicy foreign(Dice dice, Sample sample) {
        String namespace = dice.of(List.copyOf(sample.world().namespaces().keySet()));
        Direction direction = dice.of(List.of(Direction.values()));
        Ports ports = dice.even() ? Ports.all() : Ports.port(Protocol.TCP, 8080);
        Optional<ImmutableList<PolicyPeer>> peers = dice.even()
                ? Optional.empty()
                : Optional.of(ImmutableList.of(new PolicyPeer.Pods(
                        dice.even() ? Optional.of(LabelSelector.everything()) : Optional.empty(),
                        LabelSelector.label("app", dice.of(RandomWorlds.APPS)))));
        ImmutableList<PolicyRule> rules = ImmutableList.of(new PolicyRule(peers, ports));
        return new NetworkPolicy(
                new NetworkPolicy.Key(namespace, "somebody-elses"),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                dice.even() ? LabelSelector.everything() : LabelSelector.label("app", dice.of(RandomWorlds.APPS)),
                ImmutableSet.of(direction),
                direction == Direction.INGRESS ? rules : ImmutableList.of(),
                direction == Direction.EGRESS ? rules : ImmutableList.of());
    }
}
