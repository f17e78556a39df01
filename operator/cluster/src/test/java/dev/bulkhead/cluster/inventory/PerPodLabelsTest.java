package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Requirement;
import org.junit.jupiter.api.Test;

class PerPodLabelsTest {

    private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
    private static final String POD_INDEX = "apps.kubernetes.io/pod-index";

    private final PerPodLabels labels = new PerPodLabels();

    @Test
    void whatNoSelectorNamesIsLeftOut() {
        assertEquals(
                pods(ImmutableSortedMap.of("app", "db")),
                labels.without(pods(ImmutableSortedMap.of("app", "db", POD_NAME, "db-0", POD_INDEX, "0"))));
    }

    @Test
    void whatASelectorNamesInWhateverWayIsKept() {
        labels.note(LabelSelector.everything().and(POD_NAME, Requirement.doesNotExist()));

        assertEquals(
                pods(ImmutableSortedMap.of("app", "db", POD_NAME, "db-0")),
                labels.without(pods(ImmutableSortedMap.of("app", "db", POD_NAME, "db-0", POD_INDEX, "0"))));
        assertEquals(1, labels.named());
    }

    @Test
    void labelsThatPeopleGiveAreKept() {
        labels.note(LabelSelector.label("app", "db"));
        PodClass pods = pods(ImmutableSortedMap.of("app", "db", "tier", "back"));

        assertSame(pods, labels.without(pods));
        assertEquals(0, labels.named());
    }

    @Test
    void nothingButLabelsIsLeftOut() {
        PodClass pods =
                new PodClass(ImmutableSortedMap.of("job-name", "nightly-1"), "nightly", ImmutableSortedSet.of(), true);

        assertEquals(
                new PodClass(ImmutableSortedMap.of(), "nightly", ImmutableSortedSet.of(), true), labels.without(pods));
    }

    private static PodClass pods(ImmutableSortedMap<String, String> labels) {
        return new PodClass(labels, "default", ImmutableSortedSet.of(), false);
    }
}
