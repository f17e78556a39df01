package dev.bulkhead.cluster.inventory;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What an informer must remember to tell new from old, and no more: which object and which version of it. What the
 * objects say, the inventory keeps as records.
 */
final class VersionStore<T extends HasMetadata> implements ItemStore<T> {

    private final Supplier<T> empty;
    private final Map<String, Version> versions = new ConcurrentHashMap<>();
    /** Removed here and not handed on yet. */
    private final Map<String, Version> leaving = new ConcurrentHashMap<>();

    private final LongAdder puts = new LongAdder();

    /** @param empty makes the object that stands in for one that is not kept */
    VersionStore(Supplier<T> empty) {
        this.empty = empty;
    }

    @Override
    public String getKey(T object) {
        String namespace = object.getMetadata().getNamespace();
        String name = object.getMetadata().getName();
        return namespace == null ? name : namespace + "/" + name;
    }

    /** How often an object was put, be it known or not. */
    long puts() {
        return puts.sum();
    }

    @Override
    public T put(String key, T object) {
        puts.increment();
        return stub(key, versions.put(key, Version.of(object.getMetadata())));
    }

    @Override
    public T remove(String key) {
        Version known = versions.get(key);
        if (known != null) {
            // At any moment it is in one of the two maps, since a successor may be made on another thread.
            leaving.put(key, known);
            versions.remove(key);
        }
        return stub(key, known);
    }

    @Override
    public Stream<String> keySet() {
        return versions.keySet().stream();
    }

    @Override
    public Stream<T> values() {
        return versions.entrySet().stream().map(entry -> stub(entry.getKey(), entry.getValue()));
    }

    @Override
    public int size() {
        return versions.size();
    }

    @Override
    public T get(String key) {
        return stub(key, versions.get(key));
    }

    void removalHandedOn(T object) {
        leaving.remove(getKey(object));
    }

    /**
     * For an informer that takes the place of this one's: of what was handed on it knows the names, so that it tells what is
     * gone, but no versions, so that it hands on everything else again.
     */
    VersionStore<T> successor() {
        VersionStore<T> next = new VersionStore<>(empty);
        // In this order: what moves from one to the other meanwhile is found there.
        versions.forEach((key, version) -> next.versions.put(key, version.unknown()));
        leaving.forEach((key, version) -> next.versions.putIfAbsent(key, version.unknown()));
        return next;
    }

    /** Whether it holds this very object, in whatever version. */
    boolean holds(String key, String uid) {
        Version version = versions.get(key);
        return version != null && version.uid() != null && version.uid().equals(uid);
    }

    /** Makes the informer hand on the objects of its first list as they come, not as they are kept. */
    @Override
    public boolean isFullState() {
        return false;
    }

    private T stub(String key, Version version) {
        if (version == null) {
            return null;
        }
        int slash = key.indexOf('/');
        T stub = empty.get();
        stub.setMetadata(new ObjectMetaBuilder()
                .withNamespace(slash < 0 ? null : key.substring(0, slash))
                .withName(key.substring(slash + 1))
                .withUid(version.uid())
                .withResourceVersion(version.resourceVersion())
                .build());
        return stub;
    }
}
