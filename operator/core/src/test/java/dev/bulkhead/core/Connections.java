package dev.bulkhead.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.Half;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Everything that a set of policies allows among some ends: for each pair of them, the ports. */
record Connections(ImmutableList<Endpoint> ends, ImmutableList<PortSet> ports) {

    /** Judged anew, by an evaluator that has seen nothing else. Connections from outside to outside are left out. */
    static Connections of(World world, Collection<NetworkPolicy> policies, List<Endpoint> ends) {
        Evaluator evaluator = Evaluator.of(world.namespaces(), policies, PluginSemantics.upstream());
        List<Half> egress = halves(evaluator, Direction.EGRESS, ends);
        List<Half> ingress = halves(evaluator, Direction.INGRESS, ends);
        ImmutableList.Builder<PortSet> ports = ImmutableList.builder();
        for (int from = 0; from < ends.size(); from++) {
            for (int to = 0; to < ends.size(); to++) {
                boolean outside =
                        ends.get(from) instanceof Endpoint.Outside && ends.get(to) instanceof Endpoint.Outside;
                ports.add(
                        outside
                                ? PortSet.none()
                                : egress.get(from)
                                        .ports(ends.get(to))
                                        .intersection(ingress.get(to).ports(ends.get(from))));
            }
        }
        return new Connections(ImmutableList.copyOf(ends), ports.build());
    }

    /** What both allow. */
    Connections and(Connections other) {
        return new Connections(
                ends,
                Streams.zip(ports.stream(), other.ports.stream(), PortSet::intersection)
                        .collect(ImmutableList.toImmutableList()));
    }

    /** The first connection on the way from one state to another that is a gap or a hole here. */
    Optional<String> wrongBetween(Connections before, Connections after) {
        return wrongBetween(before, after, /* gapsCount= */ true);
    }

    /** The first that is a hole, gaps set aside. */
    Optional<String> holeBetween(Connections before, Connections after) {
        return wrongBetween(before, after, /* gapsCount= */ false);
    }

    private Optional<String> wrongBetween(Connections before, Connections after, boolean gapsCount) {
        for (int i = 0; i < ports.size(); i++) {
            PortSet old = before.ports.get(i);
            PortSet wanted = after.ports.get(i);
            PortSet now = ports.get(i);
            if (now.equals(old) || now.equals(wanted)) {
                continue;
            }
            PortSet gap = old.intersection(wanted).difference(now);
            PortSet hole = now.difference(old.union(wanted));
            if ((gapsCount && !gap.isEmpty()) || !hole.isEmpty()) {
                return Optional.of("%s -> %s: gap %s, hole %s; before %s, now %s, after %s"
                        .formatted(
                                Sample.describe(ends.get(i / ends.size())),
                                Sample.describe(ends.get(i % ends.size())),
                                gap,
                                hole,
                                old,
                                now,
                                wanted));
            }
        }
        return Optional.empty();
    }

    private static List<Half> halves(Evaluator evaluator, Direction direction, List<Endpoint> ends) {
        List<Half> halves = new ArrayList<>();
        ends.forEach(end -> halves.add(evaluator.half(direction, end)));
        return halves;
    }
}
