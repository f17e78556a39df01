package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.Half;
import dev.bulkhead.core.reach.Reading;
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

/** How far allowances stand in the old state already, and how far they will stand in the new one. */
final class Overlap {

    private final Map<String, Namespace> namespaces;
    private final List<Endpoint> witnesses;
    private final Reachable before;
    private final Reachable after;

    Overlap(Map<String, Namespace> namespaces, List<Endpoint> witnesses, Reachable before, Reachable after) {
        this.namespaces = namespaces;
        this.witnesses = witnesses;
        this.before = before;
        this.after = after;
    }

    /** What of these allowances every pod there has in the old state already; nothing where no pod is there to tell. */
    Allowances inOld(NetworkPolicy subject, Allowances allowances) {
        return within(before, subject, allowances);
    }

    /** What of these allowances every pod there will have in the new state. */
    Allowances inNew(NetworkPolicy subject, Allowances allowances) {
        return within(after, subject, allowances);
    }

    private Allowances within(Reachable state, NetworkPolicy subject, Allowances allowances) {
        List<Integer> selected = Witnesses.selected(witnesses, List.of(subject));
        Allowances kept = Allowances.none();
        for (Map.Entry<Allowances.Item, Ports> allowance : allowances.ports().entrySet()) {
            Ports common = common(state, subject, selected, allowance.getKey(), allowance.getValue());
            kept = kept.union(Allowances.of(allowance.getKey(), common));
            if (!common.equals(allowance.getValue())) {
                for (Allowances narrower : narrowed(allowance.getKey(), allowance.getValue())) {
                    Allowances.Item item =
                            Iterables.getOnlyElement(narrower.ports().keySet());
                    kept = kept.union(Allowances.of(
                            item,
                            common(
                                    state,
                                    subject,
                                    selected,
                                    item,
                                    narrower.ports().get(item))));
                }
            }
        }
        return kept;
    }

    /** The ports among these that every pair of ends that the item is about has in this state. */
    private Ports common(
            Reachable state, NetworkPolicy subject, List<Integer> selected, Allowances.Item item, Ports ports) {
        NetworkPolicy whole = Allowances.of(item, Ports.all()).in(subject);
        Evaluator alone = Evaluator.of(namespaces, List.of(whole), Reading.upstream());
        PortSet numbers = ports.numbers();
        Set<NamedPort> names = new TreeSet<>(ports.names());
        boolean seen = false;
        for (int self : selected) {
            Half matching = alone.half(item.direction(), witnesses.get(self));
            for (int other = 0; other < witnesses.size(); other++) {
                if (!matching.ports(witnesses.get(other)).isEmpty()) {
                    seen = true;
                    PortSet there = state.half(item.direction(), self, other);
                    numbers = numbers.intersection(there);
                    Endpoint destination = witnesses.get(item.direction() == Direction.EGRESS ? other : self);
                    names.removeIf(name -> !there.containsAll(numbers(name, destination)));
                }
            }
        }
        return seen ? new Ports(numbers, ImmutableSortedSet.copyOf(names)) : Ports.none();
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
