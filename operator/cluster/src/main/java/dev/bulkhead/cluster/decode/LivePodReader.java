package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.WorkloadName;
import java.util.Optional;

/**
 * Pods one by one, with what owns them as far as they tell by themselves: a Job's CronJob they do not. Safe to use by
 * several threads.
 */
public final class LivePodReader {

    private final PodReader classes;
    private final Interner<WorkloadName> workloads = Interners.newWeakInterner();

    public LivePodReader(PodReader classes) {
        this.classes = classes;
    }

    /** Empty for a finished pod: its address may be another pod's by now. */
    public Optional<Pod> read(io.fabric8.kubernetes.api.model.Pod pod) {
        return classes.read(pod)
                .map(traits -> new Pod(
                        pod.getMetadata().getNamespace(),
                        pod.getMetadata().getName(),
                        workloads.intern(Owners.assumedOfPod(pod.getMetadata())),
                        traits,
                        addresses(pod)));
    }

    /** An address that cannot be read never keeps a pod, and the policies that are for it, from being seen. */
    private static ImmutableSortedSet<IpAddress> addresses(io.fabric8.kubernetes.api.model.Pod pod) {
        try {
            return AddressReader.addresses(pod);
        } catch (UnreadableObjectException e) {
            return ImmutableSortedSet.of();
        }
    }
}
