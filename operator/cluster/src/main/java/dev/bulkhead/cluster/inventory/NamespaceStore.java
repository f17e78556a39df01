package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The namespaces, each a slice of its own that is put together anew only where something in it changed. */
final class NamespaceStore {

    private final Map<String, NamespaceSlice> slices = new HashMap<>();
    private final SharedMap<String, Namespace> namespaces = new SharedMap<>();
    private final Set<String> stale = new HashSet<>();
    private final SharedMap<String, ImmutableList<IpAddress>> addresses = new SharedMap<>();
    private final Set<String> mayHaveMoved = new HashSet<>();
    private final PerPodLabels perPodLabels = new PerPodLabels();
    /** By namespace, one of the objects that are not known although they are there, and how many there are. */
    private final Map<String, String> leftOut = new HashMap<>();

    private final long limit;

    /** @param limit of what is kept of one namespace, in bytes */
    NamespaceStore(long limit) {
        this.limit = limit;
    }

    /**
     * Of a namespace of which nothing is known nothing is kept: a pod may be shown to be gone after its namespace was.
     *
     * @param change of its slice; tells whether it makes a difference
     * @return whether it did
     */
    boolean change(String name, Predicate<NamespaceSlice> change) {
        NamespaceSlice slice = slices.computeIfAbsent(
                name, found -> new NamespaceSlice(found, perPodLabels, new NamespaceMemory(limit)));
        boolean wasKnown = slice.leftOut().isEmpty();
        boolean changed = change.test(slice);
        if (slice.leftOut().isEmpty() != wasKnown) {
            slice.leftOutChanged();
            changed = true;
        }
        slice.leftOut().ifPresentOrElse(objects -> leftOut.put(name, objects), () -> leftOut.remove(name));
        mayHaveMoved.add(name);
        if (changed) {
            stale.add(name);
        } else if (slice.isEmpty() && !stale.contains(name)) {
            slices.remove(name);
        }
        return changed;
    }

    /**
     * @return whether it makes a difference to policies: another pod of a known class makes none, nor does one that differs
     *     from others in labels alone that are its own and that no selector names
     */
    boolean changePod(String namespace, Predicate<NamespaceSlice> change) {
        int before = podNews(namespace);
        change(namespace, change);
        return podNews(namespace) != before;
    }

    /** One of the objects of the namespace that are not known although they are there, and how many there are. */
    Optional<String> leftOut(String namespace) {
        return Optional.ofNullable(leftOut.get(namespace));
    }

    /** How many namespaces have more in them than there is room for. */
    int crowded() {
        return leftOut.size();
    }

    /** See {@link NamespaceMemory#kindsWithRoom}. */
    Set<String> kindsWithRoom() {
        return leftOut.keySet().stream()
                .flatMap(namespace -> slices.get(namespace).kindsWithRoom().stream())
                .collect(Collectors.toSet());
    }

    private int podNews(String namespace) {
        NamespaceSlice slice = slices.get(namespace);
        return slice == null ? 0 : slice.podNews();
    }

    /** Whatever selects pods has to be told before the event of a pod that comes after it. */
    void selectedBy(LabelSelector selector) {
        perPodLabels.note(selector);
    }

    boolean exists(String name) {
        return object(name).isPresent();
    }

    /** The Namespace object's own facts; absent where it is not there. */
    Optional<Namespace> object(String name) {
        return Optional.ofNullable(slices.get(name)).flatMap(NamespaceSlice::object);
    }

    /** Those that exist, with what stands in them now. */
    ImmutableSortedMap<String, Namespace> known() {
        for (String name : stale) {
            NamespaceSlice slice = slices.get(name);
            if (slice.exists()) {
                namespaces.put(name, slice.value());
            } else {
                namespaces.remove(name);
                if (slice.isEmpty()) {
                    slices.remove(name);
                }
            }
        }
        stale.clear();
        return namespaces.copy();
    }

    /** The pods of those that exist; what did not change is shared with the answer before. */
    ImmutableSortedMap<String, ImmutableList<Pod>> pods() {
        return known().keySet().stream()
                .collect(ImmutableSortedMap.toImmutableSortedMap(
                        Comparator.naturalOrder(),
                        name -> name,
                        name -> slices.get(name).pods()));
    }

    /** The addresses of those that exist and have any, in ascending order. */
    ImmutableSortedMap<String, ImmutableList<IpAddress>> addresses() {
        for (String name : mayHaveMoved) {
            ImmutableList<IpAddress> found = addresses(name);
            if (found.isEmpty()) {
                addresses.remove(name);
            } else {
                addresses.put(name, found);
            }
        }
        mayHaveMoved.clear();
        return addresses.copy();
    }

    /** In ascending order; none where the namespace is not there. */
    ImmutableList<IpAddress> addresses(String name) {
        return slice(name)
                .filter(NamespaceSlice::exists)
                .map(NamespaceSlice::addresses)
                .orElse(ImmutableList.of());
    }

    /** In ascending order; whether the namespace is there or not. */
    ImmutableList<IpAddress> addressesWherever(String name) {
        return slice(name).map(NamespaceSlice::addresses).orElse(ImmutableList.of());
    }

    ImmutableSortedSet<IpAddress> addressesOfPod(String namespace, String pod) {
        return slice(namespace).map(slice -> slice.addressesOfPod(pod)).orElse(ImmutableSortedSet.of());
    }

    ImmutableSortedSet<IpAddress> addressesOfService(String namespace, String service) {
        return slice(namespace).map(slice -> slice.addressesOfService(service)).orElse(ImmutableSortedSet.of());
    }

    private Optional<NamespaceSlice> slice(String name) {
        return Optional.ofNullable(slices.get(name));
    }

    /** Whether it is there, and not about to go. */
    boolean lives(String name) {
        Namespace found = known().get(name);
        return found != null && !found.terminating();
    }

    /** How many pods of these namespaces lack the stamp. */
    int unstamped(Collection<String> named) {
        return named.stream()
                .map(slices::get)
                .filter(Objects::nonNull)
                .mapToInt(NamespaceSlice::unstamped)
                .sum();
    }
}
