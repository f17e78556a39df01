package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanExecutorTest {

    private static final int MANY = 1000;

    private final SetTicker ticker = new SetTicker();
    private final Progress progress = new Progress(ticker);
    private final List<Write> written = new ArrayList<>();
    /** Each write takes 100 ms. */
    private final PlanExecutor instalments = new PlanExecutor(
            (writes, live, acknowledged) -> {
                writes.forEach(acknowledged);
                ticker.advance(Duration.ofMillis(100).multipliedBy(writes.size()));
                return live;
            },
            progress,
            ticker);

    @Test
    void aLongPlanThatOnlyCreatesIsCutInTheOrderItHas() {
        ImmutableList<Write> plan = creates();
        ImmutableList<Write> left = instalments
                .carryOut(plan, Map.of(), instalments.end(), written::add)
                .left();
        assertEquals(20, written.size());
        assertEquals(plan, ImmutableList.copyOf(concat(written, left)));
    }

    @Test
    void whatIsToBeTightenedInTheEndIsNotLeftOpenForAnotherPass() {
        ImmutableList<Write> plan = concat(creates(), List.of(new Write.Update(policy(0))));
        assertEquals(
                List.of(),
                instalments
                        .carryOut(plan, Map.of(), instalments.end(), written::add)
                        .left());
        assertEquals(plan, written);
    }

    @Test
    void whatIsLeftAfterTheLastChangeMayWait() {
        ImmutableList<Write> plan = concat(List.of(new Write.Update(policy(0))), creates());
        assertFalse(instalments
                .carryOut(plan, Map.of(), instalments.end(), written::add)
                .left()
                .isEmpty());
    }

    @Test
    void onceTheTimeIsUpThereIsProgressStill() {
        ImmutableList<Write> left = instalments
                .carryOut(creates(), Map.of(), ticker.read(), written::add)
                .left();
        assertEquals(MANY - 10, left.size());
    }

    @Test
    void aPlanThatGetsOnIsNotStuckHoweverLongItTakes() {
        progress.begin("shop");
        instalments.carryOut(
                concat(creates(), List.of(new Write.Update(policy(0)))), Map.of(), instalments.end(), written::add);
        assertFalse(progress.isStuck(Duration.ofSeconds(10)));
    }

    private static ImmutableList<Write> creates() {
        return IntStream.range(0, MANY)
                .mapToObj(n -> new Write.Create(policy(n)))
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Write> concat(List<? extends Write> some, List<? extends Write> others) {
        return Stream.<Write>concat(some.stream(), others.stream()).collect(ImmutableList.toImmutableList());
    }

    private static NetworkPolicy policy(int number) {
        return new NetworkPolicy(
                new NetworkPolicy.Key("shop", "bulkhead-egress-" + number),
                Marker.labels(Marker.Role.ALLOW),
                ImmutableSortedMap.of(),
                LabelSelector.label("app", "flood-" + number),
                ImmutableSet.of(Direction.EGRESS),
                ImmutableList.of(),
                ImmutableList.of());
    }
}
