package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.RandomWorlds;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.RandomSelectors;
import dev.bulkhead.core.world.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectedPodsTest {

    private static final int SEEDS = Integer.getInteger("bulkhead.seeds", 300);
    private static final int SELECTORS = 20;

    private static Selection labels(LabelSelector selector) {
        return new Selection(selector, Selection.Basis.LABELS);
    }

    private static List<PodClass> scanned(Namespace namespace, LabelSelector selector) {
        ImmutableList.Builder<PodClass> all = ImmutableList.builder();
        all.addAll(namespace.pods());
        namespace.workloads().values().stream().map(Workload::newborn).forEach(all::add);
        return all.build().stream()
                .filter(pod -> selector.matches(pod.labels()))
                .toList();
    }

    @Test
    void itFindsWhatALookAtEveryPodFindsHoweverOftenItIsAsked() {
        int found = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomSelectors random = new RandomSelectors(seed);
            for (Namespace namespace :
                    new RandomWorlds(seed).sample().world().namespaces().values()) {
                SelectedPods pods = new SelectedPods(namespace);
                for (int i = 0; i < SELECTORS; i++) {
                    LabelSelector selector = random.selector();
                    List<PodClass> expected = scanned(namespace, selector);
                    String what = "seed " + seed + ": " + selector + " in " + namespace;
                    assertEquals(expected, pods.by(labels(selector)), what);
                    assertEquals(expected, pods.by(labels(selector)), what + ", asked again");
                    found += expected.isEmpty() ? 0 : 1;
                }
            }
        }
        assertTrue(found > SEEDS * SELECTORS / 2, found + " found something");
    }

    @Test
    void itFindsThePodsThatAWorkloadWouldGiveBirthToAsTheApiServerStampsThem() {
        Namespace shop = new SmallTown()
                .withDeployment("shop", "checkout", SmallTown.stamped("catalogue"))
                .world()
                .namespaces()
                .get("shop");

        assertEquals(
                List.of(SmallTown.stamped("checkout")),
                new SelectedPods(shop).by(labels(LabelSelector.label("app", "checkout"))));
        assertEquals(
                List.of(SmallTown.stamped("catalogue"), SmallTown.stamped("checkout")),
                new SelectedPods(shop).by(Selection.all()));
    }
}
