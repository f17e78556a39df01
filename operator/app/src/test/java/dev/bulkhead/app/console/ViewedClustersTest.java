package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.app.console.RandomTowns.Contents;
import dev.bulkhead.cluster.access.Scope;
import dev.bulkhead.cluster.inventory.LiveView;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.WorkloadName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewedClustersTest {

    private static final Scope SCOPE = new Scope(/* everything= */ true, ImmutableSortedSet.of("shop"));

    private int looks;
    private LiveView view = shop(1);
    private long now;
    private final ViewedClusters clusters = new ViewedClusters(
            () -> {
                looks++;
                return view;
            },
            new Ticker() {
                @Override
                public long read() {
                    return now;
                }
            });

    @Test
    void whoeverAsksWhileNothingChangesIsShownTheSame() {
        ViewedCluster first = clusters.of(SCOPE);
        now += Duration.ofSeconds(1).toNanos();
        view = shop(1);
        assertSame(first, clusters.of(SCOPE));
    }

    @Test
    void theClusterIsNotLookedAtForEveryQuestion() {
        clusters.of(SCOPE);
        clusters.of(SCOPE);
        assertEquals(1, looks);
        now += Duration.ofSeconds(1).toNanos();
        clusters.of(SCOPE);
        assertEquals(2, looks);
    }

    @Test
    void onePodMoreIsShownAndMakesNoPolicyOtherThanExpected() {
        ViewedCluster before = clusters.of(SCOPE);
        now += Duration.ofSeconds(1).toNanos();
        view = shop(2);
        ViewedCluster after = clusters.of(SCOPE);
        assertNotSame(before, after);
        assertEquals(2, after.view().pods().get("shop").size());
        assertSame(before.expected(), after.expected());
    }

    private static LiveView shop(int pods) {
        PodClass traits =
                new PodClass(ImmutableSortedMap.of("app", "checkout"), "default", ImmutableSortedSet.of(), false);
        List<Pod> all = IntStream.range(0, pods)
                .mapToObj(i -> new Pod(
                        "shop",
                        "checkout-" + i,
                        new WorkloadName("shop", "Deployment", "checkout"),
                        traits,
                        ImmutableSortedSet.of()))
                .toList();
        Namespace namespace = new Namespace(
                "shop",
                ImmutableSortedMap.of(Namespace.NAME_LABEL, "shop"),
                false,
                ImmutableMap.of(),
                ImmutableMap.of(),
                ImmutableSet.of(traits));
        return ViewOfTown.of(
                Map.of("shop", new Contents(namespace, ImmutableList.copyOf(all), List.of(), List.of())),
                List.of(),
                List.of());
    }
}
