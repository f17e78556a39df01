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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What stands in one namespace, as it becomes known; the Namespace object itself may come later than what is in it. Each
 * change says whether it makes a difference to policies: one more pod of a known class makes none.
 */
final class NamespaceSlice {

    /** How the Namespace object is called among those that are left out. */
    private static final String OBJECT = "Namespace labels";

    private final String name;
    private final Map<String, Service> services = new TreeMap<>();
    private final Map<Workload.Key, Workload> workloads =
            new TreeMap<>(Comparator.comparing(Workload.Key::kind).thenComparing(Workload.Key::name));
    private final Map<String, Pod> pods = new TreeMap<>();
    private final Multiset<PodClass> classes = HashMultiset.create();
    private final PerPodLabels perPodLabels;
    private final NamespaceMemory account;
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

    NamespaceSlice(String name, PerPodLabels perPodLabels, NamespaceMemory account) {
        this.name = name;
        this.account = account;
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
        return object == null
                && services.isEmpty()
                && workloads.isEmpty()
                && pods.isEmpty()
                && account.leftOut().isEmpty();
    }

    /** @param seen the Namespace object's own facts; absent when it is gone */
    boolean setObject(Optional<Namespace> seen) {
        Namespace before = object;
        object = seen.orElse(null);
        account.keep(OBJECT, seen, /* before= */ 0, facts -> 0);
        return stale(!Objects.equals(before, object));
    }

    boolean setService(String service, Optional<Service> seen) {
        ImmutableSortedSet<IpAddress> before = addressesOfService(service);
        boolean changed = set(services, service, "Service " + service, seen, MemoryWeights::service);
        move(before, addressesOfService(service));
        return stale(changed);
    }

    boolean setWorkload(Workload.Key key, Optional<Workload> seen) {
        return stale(set(workloads, key, key.toString(), seen, MemoryWeights::workload));
    }

    /** @param seen absent for a pod that is gone or finished */
    boolean setPod(String pod, Optional<Pod> seen) {
        ImmutableSortedSet<IpAddress> addressesBefore = addressesOfPod(pod);
        Optional<PodClass> before = Optional.ofNullable(pods.get(pod)).map(Pod::traits);
        Optional<Pod> kept =
                account.keep(podName(pod), seen, before.map(this::weightOfOne).orElse(0L), now -> weight(now, before));
        kept.ifPresentOrElse(now -> pods.put(pod, now), () -> pods.remove(pod));
        move(addressesBefore, addressesOfPod(pod));
        podList = null;
        Optional<PodClass> after = kept.map(Pod::traits);
        unstamped += unstamped(after) - unstamped(before);
        if (replace(kinds(), before.map(perPodLabels::without), after.map(perPodLabels::without))) {
            podNews++;
        }
        return stale(replace(classes, before, after));
    }

    /** A pod that is the only one of its class takes what the class takes, too. */
    private long weightOfOne(PodClass traits) {
        return MemoryWeights.POD + (classes.count(traits) == 1 ? MemoryWeights.pods(traits) : 0);
    }

    private long weight(Pod now, Optional<PodClass> before) {
        PodClass traits = now.traits();
        boolean shared = classes.count(traits) > (before.equals(Optional.of(traits)) ? 1 : 0);
        return MemoryWeights.POD + (shared ? 0 : MemoryWeights.pods(traits));
    }

    private static String podName(String pod) {
        return "Pod " + pod;
    }

    /** The pod is there, and all that is known of it is its name. */
    boolean leavePodOut(String pod) {
        boolean changed = setPod(pod, Optional.empty());
        account.leaveOut(podName(pod));
        return changed;
    }

    /** Its labels are not known. */
    boolean leaveLabelsOut(Namespace nameless) {
        boolean changed = setObject(Optional.of(nameless));
        account.leaveOut(OBJECT);
        return changed;
    }

    boolean leaveServiceOut(String service) {
        boolean changed = setService(service, Optional.empty());
        account.leaveOut("Service " + service);
        return changed;
    }

    boolean leaveWorkloadOut(Workload.Key key) {
        boolean changed = setWorkload(key, Optional.empty());
        account.leaveOut(key.toString());
        return changed;
    }

    /** One of the objects that are not known although they are there, and how many there are. */
    Optional<String> leftOut() {
        return account.leftOut();
    }

    /** See {@link NamespaceMemory#kindsWithRoom}. */
    Set<String> kindsWithRoom() {
        return account.kindsWithRoom();
    }

    /** What is not known, or is known again, makes a difference like a pod of another class. */
    void leftOutChanged() {
        podNews++;
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

    private <K, V> boolean set(Map<K, V> map, K key, String called, Optional<V> seen, ToLongFunction<V> weight) {
        V before = map.get(key);
        Optional<V> kept = account.keep(
                called,
                seen,
                Optional.ofNullable(before).map(weight::applyAsLong).orElse(0L),
                weight);
        kept.ifPresentOrElse(now -> map.put(key, now), () -> map.remove(key));
        return !Objects.equals(before, kept.orElse(null));
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
