package dev.bulkhead.cluster.inventory;

import static dev.bulkhead.cluster.inventory.Contents.namespace;
import static dev.bulkhead.cluster.inventory.Contents.pod;
import static dev.bulkhead.cluster.inventory.Contents.podClass;
import static dev.bulkhead.cluster.inventory.Contents.service;
import static dev.bulkhead.cluster.inventory.Contents.stamped;
import static dev.bulkhead.cluster.inventory.Contents.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamespaceSliceTest {

    private static final Workload.Key CHECKOUT = new Workload.Key("Deployment", "checkout");
    private static final PodClass WEB = podClass("web");
    private static final PodClass DATABASE = podClass("database");

    private final NamespaceSlice slice = new NamespaceSlice(
            "shop", new PerPodLabels(), new NamespaceMemory(OperatorSettings.DEFAULT_NAMESPACE_MEMORY));

    @Test
    void whatStandsInItMayComeFirstAndDoesNotMakeItExist() {
        slice.setService("web", Optional.of(service("web", 80)));
        assertFalse(slice.exists());
        slice.setObject(Optional.of(namespace("shop")));
        assertTrue(slice.exists());
        assertEquals(Set.of("web"), slice.value().services().keySet());
        slice.setObject(Optional.empty());
        assertFalse(slice.exists());
    }

    @Test
    void itIsEmptyOnceNothingOfItIsKnown() {
        assertTrue(slice.isEmpty());

        slice.setObject(Optional.of(namespace("shop")));
        assertFalse(slice.isEmpty());
        slice.setObject(Optional.empty());
        assertTrue(slice.isEmpty());

        slice.setService("web", Optional.of(service("web", 80)));
        assertFalse(slice.isEmpty());
        slice.setService("web", Optional.empty());
        assertTrue(slice.isEmpty());

        slice.setWorkload(CHECKOUT, Optional.of(workload(CHECKOUT, "checkout")));
        assertFalse(slice.isEmpty());
        slice.setWorkload(CHECKOUT, Optional.empty());
        assertTrue(slice.isEmpty());

        slice.setPod("a", Optional.of(pod("shop", "a", WEB)));
        assertFalse(slice.isEmpty());
        slice.setPod("a", Optional.empty());
        assertTrue(slice.isEmpty());
    }

    @Test
    void theObjectMakesADifferenceWhenItsOwnFactsDo() {
        assertTrue(slice.setObject(Optional.of(namespace("shop"))));
        assertFalse(slice.setObject(Optional.of(namespace("shop"))));
        assertTrue(slice.setObject(Optional.of(namespace("shop", Map.of("team", "a")))));
        assertEquals("a", slice.value().labels().get("team"));
        assertTrue(slice.setObject(Optional.of(Contents.terminating("shop"))));
        assertTrue(slice.value().terminating());
        assertTrue(slice.setObject(Optional.empty()));
        assertFalse(slice.setObject(Optional.empty()));
    }

    @Test
    void aServiceMakesADifferenceWhenItIsNewOrAnotherOrGone() {
        slice.setObject(Optional.of(namespace("shop")));
        assertTrue(slice.setService("web", Optional.of(service("web", 80))));
        assertFalse(slice.setService("web", Optional.of(service("web", 80))));
        assertTrue(slice.setService("web", Optional.of(service("web", 81))));
        assertEquals(Map.of("web", service("web", 81)), slice.value().services());
        assertTrue(slice.setService("web", Optional.empty()));
        assertFalse(slice.setService("web", Optional.empty()));
        assertEquals(Map.of(), slice.value().services());
    }

    @Test
    void soDoesAWorkload() {
        slice.setObject(Optional.of(namespace("shop")));
        assertTrue(slice.setWorkload(CHECKOUT, Optional.of(workload(CHECKOUT, "checkout"))));
        assertFalse(slice.setWorkload(CHECKOUT, Optional.of(workload(CHECKOUT, "checkout"))));
        assertTrue(slice.setWorkload(CHECKOUT, Optional.of(workload(CHECKOUT, "till"))));
        assertEquals(Map.of(CHECKOUT, workload(CHECKOUT, "till")), slice.value().workloads());
        assertTrue(slice.setWorkload(CHECKOUT, Optional.empty()));
        assertFalse(slice.setWorkload(CHECKOUT, Optional.empty()));
        assertEquals(Map.of(), slice.value().workloads());
    }

    @Test
    void workloadsOfTheSameNameAndAnotherKindAreTwo() {
        Workload.Key statefulSet = new Workload.Key("StatefulSet", "checkout");
        slice.setObject(Optional.of(namespace("shop")));
        slice.setWorkload(CHECKOUT, Optional.of(workload(CHECKOUT, "checkout")));
        slice.setWorkload(statefulSet, Optional.of(workload(statefulSet, "checkout")));
        assertEquals(Set.of(CHECKOUT, statefulSet), slice.value().workloads().keySet());
    }

    @Test
    void ofThePodsOfAClassTheFirstAndTheLastMakeADifference() {
        slice.setObject(Optional.of(namespace("shop")));
        assertTrue(slice.setPod("a", Optional.of(pod("shop", "a", WEB))));
        assertFalse(slice.setPod("a", Optional.of(pod("shop", "a", WEB))));
        assertFalse(slice.setPod("b", Optional.of(pod("shop", "b", WEB))));
        assertEquals(Set.of(WEB), slice.value().pods());
        assertFalse(slice.setPod("a", Optional.empty()));
        assertEquals(Set.of(WEB), slice.value().pods());
        assertTrue(slice.setPod("b", Optional.empty()));
        assertEquals(Set.of(), slice.value().pods());
        assertFalse(slice.setPod("b", Optional.empty()));
    }

    @Test
    void aPodThatTurnsToAnotherClassLeavesItsOwn() {
        slice.setObject(Optional.of(namespace("shop")));
        slice.setPod("a", Optional.of(pod("shop", "a", WEB)));
        assertTrue(slice.setPod("a", Optional.of(pod("shop", "a", DATABASE))));
        assertEquals(Set.of(DATABASE), slice.value().pods());

        slice.setPod("b", Optional.of(pod("shop", "b", WEB)));
        slice.setPod("c", Optional.of(pod("shop", "c", WEB)));
        assertFalse(slice.setPod("c", Optional.of(pod("shop", "c", DATABASE))), "both classes are there as before");
        assertEquals(Set.of(WEB, DATABASE), slice.value().pods());
        assertTrue(slice.setPod("b", Optional.of(pod("shop", "b", DATABASE))), "the last of its class");
        assertEquals(Set.of(DATABASE), slice.value().pods());
    }

    @Test
    void everySinglePodIsListedAsItIsNow() {
        slice.setPod("b", Optional.of(pod("shop", "b", WEB)));
        slice.setPod("a", Optional.of(pod("shop", "a", WEB)));
        assertEquals(List.of(pod("shop", "a", WEB), pod("shop", "b", WEB)), slice.pods());
        assertSame(slice.pods(), slice.pods(), "nothing changed");
        slice.setPod("a", Optional.of(pod("shop", "a", WEB, "10.0.0.1")));
        assertEquals(List.of(pod("shop", "a", WEB, "10.0.0.1"), pod("shop", "b", WEB)), slice.pods());
        slice.setPod("b", Optional.empty());
        assertEquals(List.of(pod("shop", "a", WEB, "10.0.0.1")), slice.pods());
    }

    @Test
    void itCountsThePodsThatLackTheStamp() {
        assertEquals(0, slice.unstamped());
        slice.setPod("a", Optional.of(pod("shop", "a", WEB)));
        slice.setPod("b", Optional.of(pod("shop", "b", WEB)));
        slice.setPod("c", Optional.of(pod("shop", "c", stamped(WEB))));
        assertEquals(2, slice.unstamped());
        slice.setPod("a", Optional.of(pod("shop", "a", WEB)));
        assertEquals(2, slice.unstamped());
        slice.setPod("a", Optional.of(pod("shop", "a", stamped(WEB))));
        assertEquals(1, slice.unstamped());
        slice.setPod("b", Optional.empty());
        slice.setPod("c", Optional.empty());
        assertEquals(0, slice.unstamped());
    }

    @Test
    void itIsPutTogetherAnewOnlyWhereSomethingChanged() {
        slice.setObject(Optional.of(namespace("shop")));
        slice.setPod("a", Optional.of(pod("shop", "a", WEB)));
        Namespace before = slice.value();
        slice.setPod("b", Optional.of(pod("shop", "b", WEB)));
        assertSame(before, slice.value());
        slice.setPod("b", Optional.of(pod("shop", "b", DATABASE)));
        assertNotSame(before, slice.value());
        assertEquals("shop", slice.value().name());
    }

    @Test
    void whatThereIsNoRoomForIsNotKnownAndSaidToBeThere() {
        NamespaceSlice small = small(MemoryWeights.service(service("web", 80)));
        assertTrue(small.setService("web", Optional.of(service("web", 80))));
        assertFalse(small.setService("more", Optional.of(service("more", 80))));
        assertFalse(small.setWorkload(CHECKOUT, Optional.of(workload(CHECKOUT, "checkout"))));
        assertFalse(small.setPod("a", Optional.of(pod("shop", "a", WEB))));
        assertEquals(Optional.of("Deployment checkout and 2 more"), small.leftOut());
        assertFalse(small.isEmpty());

        small.setService("web", Optional.empty());
        assertEquals(Set.of("Service", "Deployment", "Pod"), small.kindsWithRoom());
        small.setService("more", Optional.empty());
        small.setWorkload(CHECKOUT, Optional.empty());
        small.setPod("a", Optional.empty());
        assertEquals(Optional.empty(), small.leftOut());
        assertTrue(small.isEmpty());
    }

    /** Ten thousand pods of a workload share their labels. */
    @Test
    void thePodsOfAClassTakeWhatTheClassTakesOnceAndLittleMore() {
        NamespaceSlice small = small(MemoryWeights.pods(WEB) + 3 * MemoryWeights.POD);
        for (String name : List.of("a", "b", "c")) {
            small.setPod(name, Optional.of(pod("shop", name, WEB)));
            small.setPod(name, Optional.of(pod("shop", name, WEB)));
        }
        assertEquals(Optional.empty(), small.leftOut());
        small.setPod("d", Optional.of(pod("shop", "d", WEB)));
        assertEquals(Optional.of("Pod d"), small.leftOut());

        for (String name : List.of("a", "b", "c", "d")) {
            small.setPod(name, Optional.empty());
        }
        assertEquals(Optional.empty(), small.leftOut());
        for (String name : List.of("a", "b", "c")) {
            small.setPod(name, Optional.of(pod("shop", name, DATABASE)));
            small.setPod(name, Optional.of(pod("shop", name, WEB)));
        }
        assertEquals(Optional.empty(), small.leftOut(), "whatever came and went in between");
    }

    @Test
    void ofWhatIsTooLargeToBeReadTheNameIsKnown() {
        slice.setObject(Optional.of(namespace("shop")));
        slice.setPod("a", Optional.of(pod("shop", "a", WEB)));
        assertTrue(slice.leavePodOut("a"), "its labels may be others by now");
        assertEquals(Set.of(), slice.value().pods());
        slice.leaveServiceOut("web");
        slice.leaveWorkloadOut(CHECKOUT);
        assertEquals(Optional.of("Deployment checkout and 2 more"), slice.leftOut());
        slice.setPod("a", Optional.of(pod("shop", "a", WEB)));
        slice.setService("web", Optional.of(service("web", 80)));
        slice.setWorkload(CHECKOUT, Optional.of(workload(CHECKOUT, "checkout")));
        assertEquals(Optional.empty(), slice.leftOut());
        assertTrue(slice.leaveLabelsOut(Namespace.empty("shop", /* terminating= */ true)));
        assertEquals(Optional.of("Namespace labels"), slice.leftOut());
        assertTrue(slice.value().terminating());
    }

    private static NamespaceSlice small(long limit) {
        return new NamespaceSlice("shop", new PerPodLabels(), new NamespaceMemory(limit));
    }
}
