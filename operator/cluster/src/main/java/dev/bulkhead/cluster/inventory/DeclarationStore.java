package dev.bulkhead.cluster.inventory;

import com.google.common.collect.EvictingQueue;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Objects of one of our own kinds, by name. One that does not decode keeps the meaning it had before. */
final class DeclarationStore<M, S> implements Statuses<String, S> {

    /** How many writes of ours the watch may lag behind. */
    private static final int REMEMBERED = 8;

    /** What we say in the status of one object. */
    private static final class Said {

        /** Of the status that it is to have; a hash, since whole statuses are large. */
        private int meant;
        /** The resourceVersions that our own writes led to, the latest last; none from before one that was seen. */
        private final EvictingQueue<String> versions = EvictingQueue.create(REMEMBERED);

        /** No echo comes of what was written before this: whoever shows it shows that it is there again. */
        private void seen(String version) {
            if (versions.contains(version)) {
                while (!versions.element().equals(version)) {
                    versions.remove();
                }
            }
        }
    }

    private final SharedMap<String, M> meanings = new SharedMap<>();
    private final SharedMap<String, Revision> revisions = new SharedMap<>();
    private final SharedMap<String, Rejection> rejections = new SharedMap<>();
    private final SharedMap<String, Revision> withdrawn = new SharedMap<>();
    private final TreeMap<String, LiveStatus<S>> statuses = new TreeMap<>();
    private final Map<String, Said> said = new HashMap<>();
    /**
     * What the watch shows last, where another status is taken for the newer one: a write of ours that the watch has not shown
     * yet. Absent where the watch shows what is known.
     */
    private final Map<String, LiveStatus<S>> shown = new HashMap<>();
    /** As it was when {@link #settleEchoes} was called the last time. */
    private Map<String, LiveStatus<S>> shownBefore = Map.of();

    /** @return whether more than the status differs from what was known, or somebody else wrote the status */
    boolean seen(String name, DecodedObject<M, S> sighting) {
        Revision revision = sighting.status().revision();
        boolean sameObject = isKnown(name, revision);
        boolean foreign = statusSeen(name, sighting.status());
        if (sameObject && rejections.get(name) == null && withdrawn.get(name) == null) {
            return foreign;
        }
        withdrawn.remove(name);
        if (sighting.meaning().isPresent()) {
            rejections.remove(name);
            meanings.put(name, sighting.meaning().get());
            revisions.put(name, revision);
            return true;
        }
        revisions.remove(name);
        boolean news = rejections.put(
                name, new Rejection(Optional.of(revision), sighting.problem(), meanings.get(name) != null));
        return news || foreign;
    }

    /**
     * The object is being deleted, and there until its finalizers are gone: it means nothing any more.
     *
     * @return whether that is news, or somebody else wrote the status
     */
    boolean withdrawnSeen(String name, LiveStatus<S> status) {
        boolean foreign = statusSeen(name, status);
        meanings.remove(name);
        revisions.remove(name);
        rejections.remove(name);
        return withdrawn.put(name, status.revision()) || foreign;
    }

    private boolean isKnown(String name, Revision revision) {
        LiveStatus<S> known = statuses.get(name);
        return known != null && known.revision().equals(revision);
    }

    /** @return whether somebody else wrote it */
    private boolean statusSeen(String name, LiveStatus<S> status) {
        LiveStatus<S> before = statuses.get(name);
        boolean sameObject = isKnown(name, status.revision());
        if (sameObject && isOvertaken(name, status)) {
            shown.put(name, status);
        } else {
            shown.remove(name);
            statuses.put(name, status);
        }
        boolean foreign = sameObject && (isForeign(name, status) || isTakenBack(name, before));
        Optional.ofNullable(said.get(name)).ifPresent(ours -> ours.seen(status.version()));
        return foreign;
    }

    /** Whether it is the echo of a write of ours, and we have written again since. */
    private boolean isOvertaken(String name, LiveStatus<S> status) {
        Said ours = said.get(name);
        return ours != null
                && ours.versions.contains(status.version())
                && !status.version().equals(Iterables.getLast(ours.versions));
    }

    /**
     * Whether somebody else wrote it: it is not what the object is to say, and not the echo of a write of ours. A status of ours
     * that somebody else brings back has another version.
     */
    private boolean isForeign(String name, LiveStatus<S> status) {
        Said ours = said.get(name);
        return ours != null && ours.meant != status.status().hashCode() && !ours.versions.contains(status.version());
    }

    /**
     * Whether what was known was what the object is to say, and now it is something else: a write of ours came to an object that
     * was newer than we knew, and what that said is known only now.
     */
    private boolean isTakenBack(String name, LiveStatus<S> before) {
        Said ours = said.get(name);
        return ours != null
                && ours.meant == before.status().hashCode()
                && ours.meant != statuses.get(name).status().hashCode();
    }

    /**
     * To be called every few minutes, which is longer than a watch is ever behind: where the watch shows the same as the last
     * time, and not the write of ours that was taken for newer, that write is gone and what the watch shows is there. It happens
     * where etcd is restored from a backup.
     *
     * @return the objects that say something else than they are to say
     */
    Set<String> settleEchoes() {
        Set<String> back = new HashSet<>();
        shownBefore.forEach((name, status) -> {
            if (shown.remove(name, status)) {
                Said ours = said.get(name);
                ours.versions.clear();
                statuses.put(name, status);
                if (ours.meant != status.status().hashCode()) {
                    back.add(name);
                }
            }
        });
        shownBefore = Map.copyOf(shown);
        return back;
    }

    @Override
    public void statusMeant(String name, S status) {
        said.computeIfAbsent(name, unknown -> new Said()).meant =
                Optional.of(status).hashCode();
    }

    @Override
    public void statusWritten(String name, LiveStatus<S> status) {
        Said ours = said.computeIfAbsent(name, unknown -> new Said());
        if (isBefore(status.version(), ours)) {
            // Our writes come one after the other, so versions went back in between.
            ours.versions.clear();
            statuses.computeIfPresent(name, (unchanged, known) -> status);
        }
        ours.versions.add(status.version());
        // The echo may have come before the answer.
        status(name).map(LiveStatus::version).filter(status.version()::equals).ifPresent(ours::seen);
        status(name).filter(known -> isReplaced(known, status)).ifPresent(known -> {
            shown.putIfAbsent(name, known);
            statuses.put(name, status);
        });
    }

    private static <S> boolean isReplaced(LiveStatus<S> known, LiveStatus<S> written) {
        return known.revision().equals(written.revision())
                && !known.version().equals(written.version())
                && LivePolicy.isNotAfter(known.version(), written.version());
    }

    /** Whether an earlier write of ours has a later version. */
    private static boolean isBefore(String version, Said ours) {
        return !ours.versions.isEmpty() && !LivePolicy.isNotAfter(Iterables.getLast(ours.versions), version);
    }

    /** As after the restore of a backup: what is seen next is what is there, also where we wrote it once. */
    void versionsWentBack() {
        said.values().forEach(ours -> ours.versions.clear());
    }

    /** The object is gone and what it means is still in force. One that never decoded stays rejected. */
    void lost(String name) {
        statuses.remove(name);
        said.remove(name);
        shown.remove(name);
        withdrawn.remove(name);
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
        withdrawn.remove(name);
        statuses.remove(name);
        said.remove(name);
        shown.remove(name);
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

    /** Those that are being deleted. */
    ImmutableSortedMap<String, Revision> withdrawn() {
        return withdrawn.copy();
    }
}
