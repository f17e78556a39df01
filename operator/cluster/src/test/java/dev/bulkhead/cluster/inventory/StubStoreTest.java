package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StubStoreTest {

    private static final String UID = "2f1b6f0c-58a5-4f52-9d62-3d7f3c1f7a11";

    private final StubStore<Pod> store = new StubStore<>(Pod::new);

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
    void itHoldsAnObjectAndNoOtherOfTheSameName() {
        store.put("shop/a", pod("a", "7"));
        assertTrue(store.holds("shop/a", UID));
        assertFalse(store.holds("shop/a", "another"));
        assertFalse(store.holds("shop/b", UID));
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
