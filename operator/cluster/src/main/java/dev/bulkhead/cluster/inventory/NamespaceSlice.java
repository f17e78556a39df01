package dev.bulkhead.cluster.inventory;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Multiset;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What stands in one namespace, as it becomes known; the Namespace object itself may come later than what is in it. Each
 * change says whether it makes a difference to policies: one more pod of a known class makes none.
 */
final class NamespaceSlice {

    private final String name;
    private final Map<String, Service> services = new TreeMap<>();
    private final Map<Workload.Key, Workload> workloads =
            new TreeMap<>(Comparator.comparing(Workload.Key::kind).thenComparing(Workload.Key::name));
    private final Map<String, Pod> pods = new TreeMap<>();
    private final Multiset<PodClass> classes = HashMultiset.create();
    private final PerPodLabels perPodLabels;
    /** The classes without the labels that nothing names; out of date as soon as more of them are named. */
    private final Multiset<PodClass> kinds = HashMultiset.create();

    /** In ascending order, each as often as something has it. */
    private final List<IpAddress> addresses = new ArrayList<>();

    private ImmutableList<IpAddress> addressList = ImmutableList.of();

    private int named;
    private int podNews;
    private Namespace object;
    private Namespace value;
    private ImmutableList<Pod> podList;
    private int unstamped;

    NamespaceSlice(String name, PerPodLabels perPodLabels) {
        this.name = name;
        this.perPodLabels = perPodLabels;
    }

    /** The Namespace object's own facts; absent when it is gone. */
    Optional<Namespace> object() {
        return Optional.ofNullable(object);
    }

    boolean exists() {
        return object != null;
    }

    boolean isEmpty() {
        return object == null && services.isEmpty() && workloads.isEmpty() && pods.isEmpty();
    }

    /** @param seen the Namespace object's own facts; absent when it is gone */
    boolean setObject(Optional<Namespace> seen) {
        Namespace before = object;
        object = seen.orElse(null);
        return stale(!Objects.equals(before, object));
    }

    boolean setService(String service, Optional<Service> seen) {
        move(addressesOfService(service), ofService(seen));
        return stale(set(services, service, seen));
    }

    boolean setWorkload(Workload.Key key, Optional<Workload> seen) {
        return stale(set(workloads, key, seen));
    }

    /** @param seen absent for a pod that is gone or finished */
    boolean setPod(String pod, Optional<Pod> seen) {
        move(addressesOfPod(pod), ofPod(seen));
        Optional<PodClass> before = Optional.ofNullable(seen.isPresent() ? pods.put(pod, seen.get()) : pods.remove(pod))
                .map(Pod::traits);
        podList = null;
        unstamped += unstamped(seen.map(Pod::traits)) - unstamped(before);
        Optional<PodClass> after = seen.map(Pod::traits);
        if (replace(kinds(), before.map(perPodLabels::without), after.map(perPodLabels::without))) {
            podNews++;
        }
        return stale(replace(classes, before, after));
    }

    /** How many changes of its pods made a difference to policies. */
    int podNews() {
        return podNews;
    }

    private Multiset<PodClass> kinds() {
        if (named != perPodLabels.named()) {
            named = perPodLabels.named();
            kinds.clear();
            classes.entrySet().forEach(pods -> kinds.add(perPodLabels.without(pods.getElement()), pods.getCount()));
        }
        return kinds;
    }

    /** @return whether the last one went or a first one came */
    private static <T> boolean replace(Multiset<T> multiset, Optional<T> before, Optional<T> after) {
        if (before.equals(after)) {
            return false;
        }
        boolean lost = before.isPresent() && multiset.remove(before.get(), 1) == 1;
        boolean gained = after.isPresent() && multiset.add(after.get(), 1) == 0;
        return gained || lost;
    }

    private void move(ImmutableSortedSet<IpAddress> before, ImmutableSortedSet<IpAddress> after) {
        if (before.equals(after)) {
            return;
        }
        for (IpAddress address : before) {
            addresses.remove(Collections.binarySearch(addresses, address));
        }
        for (IpAddress address : after) {
            int found = Collections.binarySearch(addresses, address);
            addresses.add(found < 0 ? -found - 1 : found, address);
        }
        addressList = null;
    }

    /** In ascending order, those that lead to pods of the namespace and to nothing else. */
    ImmutableList<IpAddress> addresses() {
        if (addressList == null) {
            addressList = ImmutableList.copyOf(addresses);
        }
        return addressList;
    }

    ImmutableSortedSet<IpAddress> addressesOfPod(String pod) {
        return ofPod(Optional.ofNullable(pods.get(pod)));
    }

    ImmutableSortedSet<IpAddress> addressesOfService(String service) {
        return ofService(Optional.ofNullable(services.get(service)));
    }

    /** None of a pod on the host network: it has those of its node. */
    static ImmutableSortedSet<IpAddress> ofPod(Optional<Pod> pod) {
        return pod.filter(found -> !found.traits().hostNetwork())
                .map(Pod::addresses)
                .orElse(ImmutableSortedSet.of());
    }

    static ImmutableSortedSet<IpAddress> ofService(Optional<Service> service) {
        return service.map(Service::addresses).orElse(ImmutableSortedSet.of());
    }

    /** By name. */
    ImmutableList<Pod> pods() {
        if (podList == null) {
            podList = ImmutableList.copyOf(pods.values());
        }
        return podList;
    }

    /** How many pods lack the stamp. */
    int unstamped() {
        return unstamped;
    }

    private static int unstamped(Optional<PodClass> traits) {
        return traits.filter(Identity::isUnstamped).isPresent() ? 1 : 0;
    }

    private static <K, V> boolean set(Map<K, V> map, K key, Optional<V> seen) {
        V before = seen.isPresent() ? map.put(key, seen.get()) : map.remove(key);
        return !Objects.equals(before, seen.orElse(null));
    }

    private boolean stale(boolean changed) {
        if (changed) {
            value = null;
        }
        return changed;
    }

    /** Only where the Namespace object is known. */
    Namespace value() {
        if (value == null) {
            value = new Namespace(
                    name,
                    object.labels(),
                    object.terminating(),
                    ImmutableMap.copyOf(services),
                    ImmutableMap.copyOf(workloads),
                    ImmutableSet.copyOf(classes.elementSet()));
        }
        return value;
    }
}
