package dev.bulkhead.cluster.inventory;

import static dev.bulkhead.cluster.inventory.Contents.namespace;
import static dev.bulkhead.cluster.inventory.Contents.pod;
import static dev.bulkhead.cluster.inventory.Contents.podClass;
import static dev.bulkhead.cluster.inventory.Contents.service;
import static dev.bulkhead.cluster.inventory.Contents.stamped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.core.world.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NamespaceStoreTest {

    private final NamespaceStore store = new NamespaceStore(OperatorSettings.DEFAULT_NAMESPACE_MEMORY);

    @Test
    void onlyANamespaceWhoseObjectIsKnownIsThere() {
        put("shop", Optional.of(namespace("shop")));
        store.change("pay", slice -> slice.setService("web", Optional.of(service("web", 80))));
        assertEquals(Set.of("shop"), store.known().keySet());
        assertTrue(store.exists("shop"));
        assertFalse(store.exists("pay"));
        assertFalse(store.exists("never heard of"));
    }

    @Test
    void whatCameBeforeTheObjectIsInIt() {
        store.change("pay", slice -> slice.setService("web", Optional.of(service("web", 80))));
        assertEquals(Map.of(), store.known());
        put("pay", Optional.of(namespace("pay")));
        assertEquals(Map.of("web", service("web", 80)), store.known().get("pay").services());
    }

    @Test
    void whatOutlivesTheObjectIsInTheNextOneOfTheName() {
        put("pay", Optional.of(namespace("pay")));
        store.change("pay", slice -> slice.setService("web", Optional.of(service("web", 80))));
        put("pay", Optional.empty());
        assertEquals(Set.of(), store.known().keySet());
        put("pay", Optional.of(namespace("pay")));
        assertEquals(Set.of("web"), store.known().get("pay").services().keySet());
    }

    @Test
    void ofANamespaceThatIsGoneWithAllThatStoodInItNothingIsKept() {
        put("pay", Optional.of(namespace("pay")));
        NamespaceSlice before = slice("pay");
        assertSame(before, slice("pay"));
        put("pay", Optional.empty());
        store.known();
        assertNotSame(before, slice("pay"));
    }

    @Test
    void whatIsShownToBeGoneAfterItsNamespaceWasLeavesNothing() {
        assertNotSame(slice("pay"), slice("pay"));
        assertEquals(Map.of(), store.known());
    }

    /** That which is there while something that nobody knows goes. */
    private NamespaceSlice slice(String name) {
        AtomicReference<NamespaceSlice> found = new AtomicReference<>();
        assertFalse(store.change(name, slice -> {
            found.set(slice);
            return slice.setPod("never heard of", Optional.empty());
        }));
        return found.get();
    }

    @Test
    void whatGoesBeforeAnybodyLookedIsGone() {
        put("pay", Optional.of(namespace("pay")));
        put("pay", Optional.empty());
        slice("pay");
        assertEquals(Map.of(), store.known());
    }

    @Test
    void aNamespaceThatDidNotChangeIsSharedWithTheAnswerBefore() {
        put("shop", Optional.of(namespace("shop")));
        put("pay", Optional.of(namespace("pay")));
        Map<String, Namespace> before = store.known();
        assertSame(before, store.known());
        put("pay", Optional.of(namespace("pay", Map.of("team", "a"))));
        assertNotSame(before, store.known());
        assertSame(before.get("shop"), store.known().get("shop"));
    }

    @Test
    void thePodsOfThoseThatAreThereAreListed() {
        put("shop", Optional.of(namespace("shop")));
        store.change("shop", slice -> slice.setPod("a", Optional.of(pod("shop", "a", podClass("web")))));
        store.change("pay", slice -> slice.setPod("b", Optional.of(pod("pay", "b", podClass("web")))));
        assertEquals(Map.of("shop", List.of(pod("shop", "a", podClass("web")))), store.pods());
    }

    @Test
    void oneThatIsAboutToGoDoesNotLive() {
        assertFalse(store.lives("shop"));
        put("shop", Optional.of(namespace("shop")));
        assertTrue(store.lives("shop"));
        put("shop", Optional.of(Contents.terminating("shop")));
        assertTrue(store.exists("shop"));
        assertFalse(store.lives("shop"));
        put("shop", Optional.empty());
        assertFalse(store.lives("shop"));
    }

    @Test
    void podsWithoutStampAreCountedInTheNamespacesThatAreNamed() {
        for (String name : List.of("shop", "pay", "cache")) {
            store.change(name, slice -> slice.setPod("a", Optional.of(pod(name, "a", podClass("web")))));
            store.change(name, slice -> slice.setPod("b", Optional.of(pod(name, "b", stamped(podClass("web"))))));
        }
        assertEquals(2, store.unstamped(List.of("shop", "cache", "never heard of")));
    }

    private void put(String name, Optional<Namespace> object) {
        store.change(name, slice -> slice.setObject(object));
    }
}
