package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The objects, their versions and what happened to them lately. What goes in and comes out is never modified by anybody.
 * Listeners are told of changes in order, under the store's lock: they must be quick.
 */
final class ObjectStore {

    private static final int CHANGES_KEPT = 50_000;

    private final Map<String, NavigableMap<ObjectKey, ObjectNode>> objects = new LinkedHashMap<>();
    private final Deque<ObjectChange> history = new ArrayDeque<>();
    private final List<Consumer<ObjectChange>> listeners = new CopyOnWriteArrayList<>();
    private long version;
    private long oldestKnown;

    /**
     * What a list is made of.
     *
     * @param version as of which the objects are
     */
    record Snapshot(long version, List<ObjectNode> objects) {}

    synchronized Optional<ObjectNode> get(ObjectKey key) {
        return Optional.ofNullable(ofType(key.type()).get(key));
    }

    synchronized List<ObjectNode> list(ResourceType type) {
        return List.copyOf(ofType(type).values());
    }

    synchronized Snapshot snapshot(ResourceType type) {
        return new Snapshot(version, list(type));
    }

    synchronized List<ObjectKey> allKeys() {
        List<ObjectKey> keys = new ArrayList<>();
        objects.values().forEach(ofType -> keys.addAll(ofType.keySet()));
        return keys;
    }

    /** Stores an object, new or not, and returns it with its new version. */
    synchronized ObjectNode put(ObjectKey key, ObjectNode object) {
        ObjectNode stored = withVersion(object, ++version);
        ObjectNode before = ofType(key.type()).put(key, stored);
        publish(new ObjectChange(key, version, before, stored, stored));
        return stored;
    }

    synchronized ObjectNode remove(ObjectKey key) {
        ObjectNode before = ofType(key.type()).remove(key);
        ObjectNode last = withVersion(before, ++version);
        publish(new ObjectChange(key, version, before, null, last));
        return last;
    }

    /** Tells a listener of all changes from now on. */
    void listen(Consumer<ObjectChange> listener) {
        listeners.add(listener);
    }

    /** Tells a listener of the changes after a version, and of all from now on, none twice and none left out. */
    synchronized void listenFrom(long after, Consumer<ObjectChange> listener) {
        if (after < oldestKnown) {
            throw ApiException.expired("too old resource version: " + after + " (" + oldestKnown + ")");
        }
        history.stream().filter(change -> change.resourceVersion() > after).forEach(listener);
        listeners.add(listener);
    }

    /** Tells a listener of the objects of a type as if each had just come to be, and of all changes from now on. */
    synchronized void listenFromStart(ResourceType type, Consumer<ObjectChange> listener) {
        ofType(type).forEach((key, object) -> listener.accept(new ObjectChange(key, version, null, object, object)));
        listeners.add(listener);
    }

    /** Passes on the current version between two changes. */
    synchronized void betweenChanges(LongConsumer receiver) {
        receiver.accept(version);
    }

    void stopListening(Consumer<ObjectChange> listener) {
        listeners.remove(listener);
    }

    private NavigableMap<ObjectKey, ObjectNode> ofType(ResourceType type) {
        return objects.computeIfAbsent(type.qualifiedPlural(), name -> new TreeMap<>(ObjectKey.ORDER));
    }

    private void publish(ObjectChange change) {
        history.add(change);
        if (history.size() > CHANGES_KEPT) {
            oldestKnown = history.remove().resourceVersion();
        }
        listeners.forEach(listener -> listener.accept(change));
    }

    private static ObjectNode withVersion(ObjectNode object, long version) {
        ObjectNode copy = object.deepCopy();
        Json.metadata(copy).put("resourceVersion", Long.toString(version));
        return copy;
    }
}
