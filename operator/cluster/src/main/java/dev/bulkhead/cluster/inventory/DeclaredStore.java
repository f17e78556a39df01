package dev.bulkhead.cluster.inventory;

import com.google.common.collect.EvictingQueue;
import com.google.common.collect.ImmutableSortedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Objects of one of our own kinds, by name. One that does not decode keeps the meaning it had before. */
final class DeclaredStore<M, S> implements Statuses<String, S> {

    /** So many statuses of ours may be under way at a time. */
    private static final int REMEMBERED = 8;

    private final SharedMap<String, M> meanings = new SharedMap<>();
    private final SharedMap<String, Revision> revisions = new SharedMap<>();
    private final SharedMap<String, Rejection> rejections = new SharedMap<>();
    private final TreeMap<String, LiveStatus<S>> statuses = new TreeMap<>();
    /** By name; hashes, since whole statuses are large. */
    private final Map<String, EvictingQueue<Integer>> meant = new HashMap<>();

    /** @return whether more than the status differs from what was known, or somebody else wrote the status */
    boolean seen(String name, Sighting<M, S> sighting) {
        LiveStatus<S> before = statuses.put(name, sighting.status());
        Revision revision = sighting.status().revision();
        if (before != null && before.revision().equals(revision) && rejections.get(name) == null) {
            return isForeign(name, sighting.status());
        }
        if (sighting.meaning().isPresent()) {
            rejections.remove(name);
            meanings.put(name, sighting.meaning().get());
            revisions.put(name, revision);
            return true;
        }
        revisions.remove(name);
        return rejections.put(
                name, new Rejection(Optional.of(revision), sighting.problem(), meanings.get(name) != null));
    }

    /** Whether it is none of ours; the watch shows each of those, some after the next was written. */
    private boolean isForeign(String name, LiveStatus<S> status) {
        EvictingQueue<Integer> ours = meant.get(name);
        return ours != null && !ours.contains(status.status().hashCode());
    }

    @Override
    public void statusMeant(String name, S status) {
        EvictingQueue<Integer> ours = meant.computeIfAbsent(name, unknown -> EvictingQueue.create(REMEMBERED));
        int hash = Optional.of(status).hashCode();
        if (!ours.contains(hash)) {
            ours.add(hash);
        }
    }

    @Override
    public void statusWritten(String name, LiveStatus<S> status) {
        statuses.computeIfPresent(
                name, (unchanged, known) -> known.revision().equals(status.revision()) ? status : known);
    }

    /** The object is gone and what it means is still in force. One that never decoded stays rejected. */
    void lost(String name) {
        statuses.remove(name);
        meant.remove(name);
        Rejection rejection = rejections.get(name);
        if (meanings.get(name) != null) {
            revisions.remove(name);
            rejections.remove(name);
        } else if (rejection != null) {
            rejections.put(name, new Rejection(Optional.empty(), rejection.message(), false));
        }
    }

    boolean isLost(String name) {
        return !statuses.containsKey(name) && (meanings.get(name) != null || rejections.get(name) != null);
    }

    void gone(String name) {
        meanings.remove(name);
        revisions.remove(name);
        rejections.remove(name);
        statuses.remove(name);
        meant.remove(name);
    }

    Optional<M> meaning(String name) {
        return Optional.ofNullable(meanings.get(name));
    }

    @Override
    public Optional<LiveStatus<S>> status(String name) {
        return Optional.ofNullable(statuses.get(name));
    }

    /** Those that decode. */
    List<S> statuses() {
        return statuses.values().stream()
                .flatMap(status -> status.status().stream())
                .toList();
    }

    ImmutableSortedMap<String, S> statusesByName() {
        ImmutableSortedMap.Builder<String, S> named = ImmutableSortedMap.naturalOrder();
        statuses.forEach((name, status) -> status.status().ifPresent(said -> named.put(name, said)));
        return named.build();
    }

    boolean isEmpty() {
        return statuses.isEmpty();
    }

    ImmutableSortedMap<String, M> meanings() {
        return meanings.copy();
    }

    ImmutableSortedMap<String, Revision> revisions() {
        return revisions.copy();
    }

    ImmutableSortedMap<String, Rejection> rejections() {
        return rejections.copy();
    }
}
