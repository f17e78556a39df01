package dev.bulkhead.app.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.bulkhead.core.reach.Connection;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is allowed before and after.
 *
 * @param connections how many there are
 * @param byWorkload for each workload that has any
 */
public record KeptConnections(long connections, ImmutableMap<WorkloadName, OfWorkload> byWorkload) {

    /** No more than this many are named to people who read it. */
    static final int NAMED = 3;

    /**
     * What one workload keeps.
     *
     * @param named all of them where they are few, else none
     */
    public record OfWorkload(long connections, ImmutableList<Connection> named) {
        static final OfWorkload NOTHING = new OfWorkload(0, ImmutableList.of());
    }

    OfWorkload of(WorkloadName workload) {
        return byWorkload.getOrDefault(workload, OfWorkload.NOTHING);
    }

    /** Takes connections one by one, and keeps a few of each workload. */
    static final class Collector implements Consumer<Connection> {

        /** Bytes that a workload and the first of those that are named of it take. */
        private static final int WORKLOAD = 1000;

        private static final int CONNECTION = 150;

        private static final class Counted {
            private long connections;
            private final List<Connection> first = new ArrayList<>();
        }

        private final MemoryLimit memory;
        private final int named;
        private final Map<WorkloadName, Counted> workloads = new HashMap<>();
        private long connections;

        /** @param named at most so many connections of each workload are named */
        Collector(MemoryLimit memory, int named) {
            this.memory = memory;
            this.named = named;
        }

        @Override
        public void accept(Connection connection) {
            connections++;
            Stream.of(connection.source(), connection.destination())
                    .flatMap(party -> party.workload().stream())
                    .forEach(workload -> count(workload, connection));
        }

        private void count(WorkloadName workload, Connection connection) {
            Counted counted = workloads.get(workload);
            if (counted == null) {
                memory.keep(WORKLOAD);
                counted = new Counted();
                workloads.put(workload, counted);
            }
            counted.connections++;
            if (counted.first.size() < named) {
                memory.keep(counted.first.size() < NAMED ? 0 : CONNECTION);
                counted.first.add(connection);
            }
        }

        KeptConnections kept() {
            ImmutableMap.Builder<WorkloadName, OfWorkload> all = ImmutableMap.builder();
            workloads.forEach((workload, counted) -> all.put(
                    workload,
                    new OfWorkload(
                            counted.connections,
                            counted.connections > named
                                    ? ImmutableList.of()
                                    : ImmutableList.sortedCopyOf(
                                            Comparator.comparing((Connection connection) ->
                                                            connection.source().label())
                                                    .thenComparing(connection -> connection
                                                            .destination()
                                                            .label()),
                                            counted.first))));
            return new KeptConnections(connections, all.buildOrThrow());
        }
    }
}
