package dev.bulkhead.core.plan;

import com.google.common.collect.Streams;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.Half;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.PortSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is allowed between witnesses at one moment: a row of halves for each end that is isolated, shared between moments. */
final class WitnessReachability {

    private final List<Endpoint> witnesses;
    /** By direction and end; null for an end that nothing isolates. */
    private final Map<Direction, List<List<PortSet>>> rows;

    private WitnessReachability(List<Endpoint> witnesses, Map<Direction, List<List<PortSet>>> rows) {
        this.witnesses = witnesses;
        this.rows = rows;
    }

    static WitnessReachability through(Evaluator policies, List<Endpoint> witnesses) {
        Map<Direction, List<List<PortSet>>> rows = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            List<List<PortSet>> ofDirection = new ArrayList<>();
            witnesses.forEach(self -> ofDirection.add(row(policies.half(direction, self), witnesses)));
            rows.put(direction, ofDirection);
        }
        return new WitnessReachability(witnesses, rows);
    }

    /** What both allow, half by half. Of the same witnesses. */
    WitnessReachability intersection(WitnessReachability other) {
        Map<Direction, List<List<PortSet>>> common = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            List<List<PortSet>> ofDirection = new ArrayList<>();
            for (int self = 0; self < witnesses.size(); self++) {
                ofDirection.add(intersection(
                        rows.get(direction).get(self), other.rows.get(direction).get(self)));
            }
            common.put(direction, ofDirection);
        }
        return new WitnessReachability(witnesses, common);
    }

    private static List<PortSet> intersection(List<PortSet> one, List<PortSet> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Streams.zip(one.stream(), other.stream(), PortSet::intersection).toList();
    }

    /** The moment after a write that touched only these ends. */
    WitnessReachability after(Evaluator policies, Collection<Integer> touched) {
        Map<Direction, List<List<PortSet>>> changed = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            List<List<PortSet>> ofDirection = new ArrayList<>(rows.get(direction));
            touched.forEach(self ->
                    ofDirection.set(self, row(policies.half(direction, witnesses.get(self)), witnesses)));
            changed.put(direction, ofDirection);
        }
        return new WitnessReachability(witnesses, changed);
    }

    PortSet half(Direction direction, int self, int other) {
        List<PortSet> row = rows.get(direction).get(self);
        return row == null ? PortSet.all() : row.get(other);
    }

    PortSet between(int source, int destination) {
        PortSet egress = half(Direction.EGRESS, source, destination);
        return egress.isEmpty() ? egress : egress.intersection(half(Direction.INGRESS, destination, source));
    }

    private static List<PortSet> row(Half half, List<Endpoint> witnesses) {
        return half.isIsolated() ? witnesses.stream().map(half::ports).toList() : null;
    }
}
