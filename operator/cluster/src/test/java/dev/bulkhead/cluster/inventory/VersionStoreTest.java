package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VersionStoreTest {

    private static final String UID = "2f1b6f0c-58a5-4f52-9d62-3d7f3c1f7a11";

    private final VersionStore<Pod> store = new VersionStore<>(Pod::new);

    @Test
    void aSuccessorKnowsTheObjectsAndTakesNoVersionForKnown() {
        store.put("shop/a", pod("a", "7"));
        Pod known = store.successor().get("shop/a");
        assertEquals(UID, known.getMetadata().getUid());
        assertEquals("", known.getMetadata().getResourceVersion());
    }

    @Test
    void aSuccessorStillKnowsWhatWasRemovedAndNotHandedOn() {
        store.put("shop/a", pod("a", "7"));
        store.put("shop/b", pod("b", "8"));
        store.remove("shop/a");
        store.remove("shop/b");
        store.removalHandedOn(pod("b", "9"));
        assertEquals(Set.of("shop/a"), store.successor().keySet().collect(Collectors.toSet()));
    }

    @Test
    void aSuccessorMadeWhileAnObjectIsRemovedKnowsIt() throws InterruptedException {
        store.put("shop/a", pod("a", "7"));
        AtomicBoolean over = new AtomicBoolean();
        Thread remover = new Thread(() -> {
            while (!over.get()) {
                store.remove("shop/a");
                store.put("shop/a", pod("a", "8"));
            }
        });
        remover.start();
        int lacking = 0;
        for (int successor = 0; successor < 100_000; successor++) {
            lacking += store.successor().size() == 0 ? 1 : 0;
        }
        over.set(true);
        remover.join();
        assertEquals(0, lacking);
    }

    @Test
    void itHoldsAnObjectAndNoOtherOfTheSameName() {
        store.put("shop/a", pod("a", "7"));
        assertTrue(store.holds("shop/a", UID));
        assertFalse(store.holds("shop/a", "another"));
        assertFalse(store.holds("shop/b", UID));
    }

    @Test
    void itKeepsOfEachObjectWhichOneItIsAndNothingElse() {
        Pod whole = pod("a", "7");
        whole.getMetadata().setLabels(Map.of("app", "web"));
        assertNull(store.put("shop/a", whole));
        assertStub("7", store.get("shop/a"));
        assertStub("7", store.put("shop/a", pod("a", "8")));
        assertStub("8", store.get("shop/a"));
        assertEquals(1, store.size());
        assertEquals(Set.of("shop/a"), store.keySet().collect(Collectors.toSet()));
        store.values().forEach(stub -> assertStub("8", stub));
        assertEquals(1, store.values().count());

        assertStub("8", store.remove("shop/a"));
        assertNull(store.remove("shop/a"));
        assertNull(store.get("shop/a"));
        assertEquals(0, store.size());
    }

    private static void assertStub(String version, Pod stub) {
        assertEquals("shop", stub.getMetadata().getNamespace());
        assertEquals("a", stub.getMetadata().getName());
        assertEquals(UID, stub.getMetadata().getUid());
        assertEquals(version, stub.getMetadata().getResourceVersion());
        assertTrue(stub.getMetadata().getLabels().isEmpty());
    }

    @Test
    void whatIsInNoNamespaceGoesByItsNameAlone() {
        Pod node = pod("a", "7");
        node.getMetadata().setNamespace(null);
        assertEquals("a", store.getKey(node));
        assertEquals("shop/a", store.getKey(pod("a", "7")));
        store.put("a", node);
        assertNull(store.get("a").getMetadata().getNamespace());
        assertEquals("a", store.get("a").getMetadata().getName());
    }

    /** Otherwise the informer keeps all objects of its first list before it hands on the first. */
    @Test
    void itIsNoFullStateOfTheObjects() {
        assertFalse(store.isFullState());
    }

    @Test
    void anObjectWithoutUidIsNoneThatIsHeld() {
        Pod pod = pod("a", "7");
        pod.getMetadata().setUid(null);
        store.put("shop/a", pod);
        assertFalse(store.holds("shop/a", UID));
    }

    private static Pod pod(String name, String version) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withUid(UID)
                .withResourceVersion(version)
                .endMetadata()
                .build();
    }
}
