package dev.bulkhead.core.reach;

import dev.bulkhead.core.world.PortSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Sets of ports as small numbers: a cluster has few distinct ones, and its matrices have millions of cells. Grows with
 * use; for one thread.
 */
final class PortTable {

    static final int NONE = 0;
    static final int ALL = 1;

    /** Bytes that an entry of each map takes. */
    private static final int SET = 150;

    private static final int PAIR = 100;

    private final List<PortSet> sets = new ArrayList<>();
    private final Map<PortSet, Integer> numbers = new HashMap<>();
    private final Map<Long, Integer> unions = new HashMap<>();
    private final Map<Long, Integer> intersections = new HashMap<>();
    private final MemoryLimit memory;

    /** @param memory for the sets, and for what was found out about pairs of them */
    PortTable(MemoryLimit memory) {
        this.memory = memory;
        number(PortSet.none());
        number(PortSet.all());
    }

    PortSet set(int number) {
        return sets.get(number);
    }

    int number(PortSet set) {
        Integer known = numbers.get(set);
        if (known != null) {
            return known;
        }
        memory.keep(SET + MemoryLimit.of(set));
        int number = sets.size();
        sets.add(set);
        numbers.put(set, number);
        return number;
    }

    int union(int one, int other) {
        if (one == other || other == NONE || one == ALL) {
            return one;
        }
        if (one == NONE || other == ALL) {
            return other;
        }
        return combined(unions, one, other, PortSet::union);
    }

    int intersection(int one, int other) {
        if (one == other || other == ALL || one == NONE) {
            return one;
        }
        if (one == ALL || other == NONE) {
            return other;
        }
        return combined(intersections, one, other, PortSet::intersection);
    }

    private int combined(Map<Long, Integer> known, int one, int other, BinaryOperator<PortSet> operation) {
        long key = (long) Math.min(one, other) << Integer.SIZE | Math.max(one, other);
        Integer found = known.get(key);
        if (found == null) {
            memory.keep(PAIR);
            found = number(operation.apply(set(one), set(other)));
            known.put(key, found);
        }
        return found;
    }
}
