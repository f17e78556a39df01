package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.Half;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.NamedPort;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How far allowances stand in the old state already, and how far they will stand in the new one. */
final class Overlap {

    private final Evaluator nothing;
    private final List<Endpoint> witnesses;
    private final WitnessReachability before;
    private final WitnessReachability after;
    /** How many pairs of ends may still be looked at. */
    private long budget;

    /** @param budget how many pairs of ends to look at; whatever comes after that has nothing in common with either state */
    Overlap(
            Map<String, Namespace> namespaces,
            List<Endpoint> witnesses,
            WitnessReachability before,
            WitnessReachability after,
            long budget) {
        this.nothing = Evaluator.of(namespaces, List.of(), PluginSemantics.upstream());
        this.witnesses = witnesses;
        this.before = before;
        this.after = after;
        this.budget = budget;
    }

    /** Where there is too much to look at: nothing is known to be in common. */
    static Overlap unknown() {
        WitnessReachability nobody =
                WitnessReachability.through(Evaluator.of(Map.of(), List.of(), PluginSemantics.upstream()), List.of());
        return new Overlap(Map.of(), List.of(), nobody, nobody, 0);
    }

    /** What of these allowances every pod there has in the old state already; nothing where no pod is there to tell. */
    Allowances inOld(NetworkPolicy subject, Allowances allowances) {
        return inOld(subject, allowances, Allowances::none);
    }

    /** @param finer by which to take apart what every pod has in part only */
    Allowances inOld(NetworkPolicy subject, Allowances allowances, Supplier<Allowances> finer) {
        return within(before, subject, allowances, finer);
    }

    /** What of these allowances every pod there will have in the new state. */
    Allowances inNew(NetworkPolicy subject, Allowances allowances) {
        return inNew(subject, allowances, Allowances::none);
    }

    /** @param finer by which to take apart what every pod will have in part only */
    Allowances inNew(NetworkPolicy subject, Allowances allowances, Supplier<Allowances> finer) {
        return within(after, subject, allowances, finer);
    }

    private Allowances within(
            WitnessReachability state, NetworkPolicy subject, Allowances allowances, Supplier<Allowances> finer) {
        List<Integer> selected = Witnesses.selected(witnesses, List.of(subject));
        Allowances.Builder kept = Allowances.builder();
        allowances.ports().forEach((item, ports) -> {
            Common common = common(state, subject, selected, item, ports);
            kept.add(item, common.ports());
            if (common.isPartial() && !common.ports().equals(ports)) {
                Allowances whole = Allowances.of(item, ports);
                Stream.concat(
                                narrowed(item, ports).stream(),
                                whole.meet(finer.get()).ports().entrySet().stream()
                                        .map(met -> Allowances.of(met.getKey(), met.getValue())))
                        .forEach(narrower -> narrower.ports()
                                .forEach((part, partPorts) -> kept.add(
                                        part,
                                        common(state, subject, selected, part, partPorts)
                                                .ports())));
            }
        });
        return kept.build();
    }

    /**
     * @param ports those that every pair of ends has that the item is about
     * @param isPartial whether some pair has some of them
     */
    private record Common(Ports ports, boolean isPartial) {}

    private Common common(
            WitnessReachability state,
            NetworkPolicy subject,
            List<Integer> selected,
            Allowances.Item item,
            Ports ports) {
        List<Integer> matched = matched(subject, selected, item);
        budget -= (long) selected.size() * matched.size() + witnesses.size();
        if (budget < 0 || matched.isEmpty()) {
            return new Common(Ports.none(), /* isPartial= */ false);
        }
        PortSet numbers = ports.numbers();
        Set<NamedPort> names = new TreeSet<>(ports.names());
        boolean some = false;
        for (int self : selected) {
            for (int other : matched) {
                PortSet there = state.half(item.direction(), self, other);
                some |= !there.isEmpty();
                numbers = numbers.intersection(there);
                Endpoint destination = witnesses.get(item.direction() == Direction.EGRESS ? other : self);
                names.removeIf(name -> !there.containsAll(numbers(name, destination)));
            }
        }
        return new Common(new Ports(numbers, ImmutableSortedSet.copyOf(names)), some);
    }

    /** The other ends that an item of a policy is about. */
    private List<Integer> matched(NetworkPolicy subject, List<Integer> selected, Allowances.Item item) {
        if (selected.isEmpty()) {
            return List.of();
        }
        Evaluator alone = nothing.with(Allowances.of(item, Ports.all()).in(subject));
        Half half = alone.half(item.direction(), witnesses.get(selected.get(0)));
        return IntStream.range(0, witnesses.size())
                .filter(other -> !half.ports(witnesses.get(other)).isEmpty())
                .boxed()
                .toList();
    }

    /** The same allowance towards each class of pods alone, for when it holds towards some of them; names as numbers. */
    private List<Allowances> narrowed(Allowances.Item item, Ports ports) {
        List<Allowances> narrower = new ArrayList<>();
        for (Endpoint witness : witnesses) {
            witness.asPods().ifPresent(there -> {
                PolicyPeer alone = new PolicyPeer.Pods(
                        Optional.of(LabelSelector.label(Namespace.NAME_LABEL, there.namespace())),
                        LabelSelector.labels(there.pods().labels()));
                Ports given = item.direction() == Direction.EGRESS
                        ? Ports.of(ports.on(there.pods().ports()))
                        : ports;
                Allowances.of(item, given)
                        .meet(Allowances.of(
                                new Allowances.Item(item.direction(), Optional.of(alone)),
                                Ports.all().union(given)))
                        .ports()
                        .forEach((met, metPorts) -> narrower.add(Allowances.of(met, metPorts)));
            });
        }
        return narrower;
    }

    private static PortSet numbers(NamedPort name, Endpoint destination) {
        return destination.fold(
                pods -> Ports.named(name.protocol(), name.name()).on(pods.pods().ports()), outside -> PortSet.none());
    }
}
