package dev.bulkhead.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.sun.management.ThreadMXBean;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.compile.PoliciesByOthers;
import dev.bulkhead.core.compile.SegmentAssigner;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.plan.Planner;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.World;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What one change takes follows what it can touch. Counted in bytes that are allocated on the way, which unlike time are the
 * same whatever else the machine does.
 */
class WorkOfOneChangeTest {

    private static final int TRIES = 5;
    private static final Ports BEFORE = Ports.port(Protocol.TCP, 9090);
    private static final Ports AFTER = Ports.port(Protocol.TCP, 8080);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aPlanTakesNoMoreBesideManyNamespaces() {
        long few = allocated(planning(50));
        long many = allocated(planning(5_000));

        assertTrue(many <= few * 1.1, few + " bytes beside 50 namespaces, " + many + " beside 5,000");
    }

    @Test
    void rulesOfOthersThatMeetNothingAreNotWorkedOut() {
        long none = allocated(compilingBeside(0));
        long many = allocated(compilingBeside(1_000));

        long each = (many - none) / 1_000;
        assertTrue(each <= 2_000, each + " bytes for each rule");
    }

    @Test
    void rulesThatMeetNothingMakeNoDifference() {
        Declarations beside = declarations(1_000);
        Declarations without = declarations(0);
        World world = world(3);

        assertEquals(
                compiled(world, without, "team-1").intents(),
                compiled(world, beside, "team-1").intents());
    }

    private long allocated(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    /** One that both grows and shrinks, so that its order has to be proved. */
    private static Runnable planning(int namespaces) {
        World world = world(namespaces);
        List<NetworkPolicy> live = List.copyOf(policies(world, BEFORE).values());
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired = policies(world, AFTER);
        return () -> assertTrue(
                new Planner().plan(world, live, desired, Set.of()).writes().size() > 1);
    }

    private static ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies(World world, Ports ports) {
        Declarations declarations = Declarations.of(
                List.of(
                        intent("team-1", "in", rule(Direction.INGRESS, 0, "team-2", "web", ports)),
                        intent("team-1", "out", rule(Direction.EGRESS, 0, "team-2", "web", ports))),
                List.of(segment()),
                List.of(),
                WellKnownPlaces.nothing(),
                Set.of());
        return compiled(world, declarations, "team-1").policies();
    }

    private static Runnable compilingBeside(int rules) {
        World world = world(3);
        Declarations declarations = declarations(rules);
        return () -> compiled(world, declarations, "team-1");
    }

    /** Team 1 offers something to team 2, which asks for it, and for much else of team 1 that is not there. */
    private static Declarations declarations(int others) {
        List<DeclaredIntent> intents = new ArrayList<>();
        intents.add(intent("team-1", "serving", rule(Direction.INGRESS, 0, "team-2", "web", AFTER)));
        intents.add(intent("team-2", "asking", rule(Direction.EGRESS, 0, "team-1", "web", AFTER)));
        for (int i = 0; i < others; i++) {
            intents.add(intent("team-2", "other-" + i, rule(Direction.EGRESS, 0, "team-1", "other-" + i, AFTER)));
        }
        return Declarations.of(intents, List.of(segment()), List.of(), WellKnownPlaces.nothing(), Set.of());
    }

    private static Compilation compiled(World world, Declarations declarations, String namespace) {
        Enrolment enrolment = new SegmentAssigner().enrol(world.namespaces().keySet(), declarations);
        return new Compiler().compile(world, PoliciesByOthers.none(), declarations, enrolment, namespace);
    }

    private static DeclaredSegment segment() {
        return new DeclaredSegment(
                "teams",
                ImmutableList.of("team-*"),
                ImmutableList.of(),
                ImmutableSet.copyOf(Direction.values()),
                DeclaredSegment.TrustBoundary.NAMESPACE,
                /* dns= */ false,
                /* verified= */ false);
    }

    private static DeclaredIntent intent(String namespace, String name, Rule rule) {
        return new DeclaredIntent(
                new DeclaredIntent.Key(namespace, name),
                new WorkloadSelector.ServiceAccount("web"),
                ImmutableList.of(rule));
    }

    private static Rule rule(Direction direction, int index, String namespace, String account, Ports ports) {
        return new Rule(
                direction,
                index,
                new Peer.OfWorkload(namespace, new WorkloadSelector.ServiceAccount(account)),
                ports,
                "");
    }

    private static World world(int namespaces) {
        ImmutableSortedMap.Builder<String, Namespace> all = ImmutableSortedMap.naturalOrder();
        for (int i = 0; i < namespaces; i++) {
            Namespace empty = Namespace.empty("team-" + i);
            PodClass pod = new PodClass(
                    ImmutableSortedMap.of("app", "web", Identity.LABEL, "web"),
                    "web",
                    ImmutableSortedSet.of(),
                    /* hostNetwork= */ false);
            all.put(
                    empty.name(),
                    new Namespace(
                            empty.name(),
                            empty.labels(),
                            false,
                            ImmutableMap.of(),
                            ImmutableMap.of(),
                            ImmutableSet.of(pod)));
        }
        return World.withoutAddresses(all.build(), ClusterFacts.unknown(true));
    }
}
