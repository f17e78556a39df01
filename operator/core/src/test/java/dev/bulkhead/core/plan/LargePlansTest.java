package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.EVERYTHING;
import static dev.bulkhead.core.plan.Policies.HTTP;
import static dev.bulkhead.core.plan.Policies.HTTPS;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.baseline;
import static dev.bulkhead.core.plan.Policies.byKey;
import static dev.bulkhead.core.plan.Policies.byOthers;
import static dev.bulkhead.core.plan.Policies.egress;
import static dev.bulkhead.core.plan.Policies.here;
import static dev.bulkhead.core.plan.Policies.ingress;
import static dev.bulkhead.core.plan.Policies.namespace;
import static dev.bulkhead.core.plan.Policies.range;
import static dev.bulkhead.core.plan.Policies.rule;
import static dev.bulkhead.core.plan.Policies.world;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 300 workloads of one namespace at once. Says how long it took; the limit is there so that nothing hangs. */
class LargePlansTest {

    private static final int WORKLOADS = 300;
    private static final NetworkPolicy BASELINE =
            baseline("shop/bulkhead-baseline", Direction.INGRESS, Direction.EGRESS);
    private static final World WORLD = world(namespace(
            "shop",
            IntStream.range(0, WORKLOADS)
                    .mapToObj(i -> new PodClass(
                            ImmutableSortedMap.of("app", "w" + i, Identity.LABEL, "w" + i),
                            "w" + i,
                            ImmutableSortedSet.of(),
                            /* hostNetwork= */ false))
                    .toArray(PodClass[]::new)));

    @Test
    void workloadsThatChangeFromAssertedToStampedAreProved() {
        Plan plan = timed(
                "proved", () -> new Planner().plan(WORLD, policies(i -> app("w" + i)), stamped(), ImmutableSet.of()));

        assertEquals(List.of(), plan.caveats());
        assertEquals(2 * WORKLOADS, plan.writes().size());
    }

    /** What the old policies allow stays until they go, since nothing of it is lost. */
    @Test
    void theirWithdrawalsAloneAreProvedToo() {
        Plan plan = timed(
                "withdrawals",
                () -> new Planner().withdrawals(WORLD, policies(i -> app("w" + i)), stamped(), ImmutableSet.of()));

        assertEquals(List.of(), plan.caveats());
        assertEquals(WORKLOADS, plan.writes().size());
        assertTrue(plan.writes().stream().allMatch(Write.Create.class::isInstance));
    }

    @Test
    void withoutProofTheyComeBeforeTheyGoAsWell() {
        Plan plan = timed(
                "unproved",
                () -> new Planner(1_000_000).plan(WORLD, policies(i -> app("w" + i)), stamped(), ImmutableSet.of()));

        assertEquals(1, plan.caveats().size());
        assertEquals(2 * WORKLOADS, plan.writes().size());
        assertTrue(plan.writes().subList(0, WORKLOADS).stream().allMatch(Write.Create.class::isInstance));
    }

    @Test
    void thousandsOfRangesByOthersAreNotLookedAtOneByOne() {
        assertEquals(1, planBesideRanges("ranges", EVERYTHING).caveats().size());
    }

    /** Nothing is held against them, but they would have to be found. */
    @Test
    void norAreThoseOfPoliciesThatSelectNobody() {
        assertEquals(
                1,
                planBesideRanges("ranges for nobody", app("nobody")).caveats().size());
    }

    private static Plan planBesideRanges(String what, LabelSelector subject) {
        NetworkPolicy theirs = byOthers(egress(
                "shop/theirs",
                subject,
                rule(
                        HTTPS,
                        IntStream.range(0, 20_000)
                                .mapToObj(i -> range("10." + i / 250 + "." + i % 250 + ".0/24"))
                                .toArray(PolicyPeer[]::new))));
        List<NetworkPolicy> live = new ArrayList<>(policies(i -> app("w" + i)));
        live.add(theirs);
        return timed(what, () -> new Planner().plan(WORLD, live, stamped(), ImmutableSet.of()));
    }

    private static ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> stamped() {
        return byKey(policies(i -> Identity.selector("w" + i)));
    }

    /** Each workload is asked by the next one. */
    private static List<NetworkPolicy> policies(IntFunction<LabelSelector> selector) {
        List<NetworkPolicy> policies = new ArrayList<>();
        policies.add(BASELINE);
        for (int i = 0; i < WORKLOADS; i++) {
            LabelSelector own = selector.apply(i);
            policies.add(ingress(
                    "shop/" + own.toString().replaceAll("[^a-z0-9]", "-"),
                    own,
                    rule(HTTP, here(selector.apply((i + 1) % WORKLOADS)))));
        }
        return policies;
    }

    private static Plan timed(String what, Supplier<Plan> planning) {
        long begin = System.nanoTime();
        Plan plan = assertTimeoutPreemptively(Duration.ofMinutes(2), planning::get);
        System.out.printf(
                "%s: %d ms for %d writes%n",
                what,
                Duration.ofNanos(System.nanoTime() - begin).toMillis(),
                plan.writes().size());
        return plan;
    }
}
