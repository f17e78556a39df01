package dev.bulkhead.app.snapshot;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.WorkloadName;
import java.util.Optional;
import java.util.function.Function;

/** One end of a question, found by what was written. */
public sealed interface End {

    <T> T fold(
            Function<? super Workload, ? extends T> workload,
            Function<? super OnePod, ? extends T> onePod,
            Function<? super Outside, ? extends T> outside);

    /** As answers write it. */
    String label();

    /**
     * Every pod of a workload.
     *
     * @param service the Service that was named for it; it may select some of the pods only
     */
    record Workload(WorkloadName name, ImmutableList<Pod> pods, Optional<Service> service) implements End {
        @Override
        public <T> T fold(
                Function<? super Workload, ? extends T> workload,
                Function<? super OnePod, ? extends T> onePod,
                Function<? super Outside, ? extends T> outside) {
            return workload.apply(this);
        }

        @Override
        public String label() {
            return name.toString();
        }
    }

    record OnePod(Pod pod) implements End {
        @Override
        public <T> T fold(
                Function<? super Workload, ? extends T> workload,
                Function<? super OnePod, ? extends T> onePod,
                Function<? super Outside, ? extends T> outside) {
            return onePod.apply(this);
        }

        @Override
        public String label() {
            return pod.namespace() + "/" + pod.name();
        }
    }

    /** An address that belongs to no pod. */
    record Outside(IpAddress address) implements End {
        @Override
        public <T> T fold(
                Function<? super Workload, ? extends T> workload,
                Function<? super OnePod, ? extends T> onePod,
                Function<? super Outside, ? extends T> outside) {
            return outside.apply(this);
        }

        @Override
        public String label() {
            return address.toString();
        }
    }

    /** The pods; none for an address outside. */
    default ImmutableList<Pod> pods() {
        return fold(Workload::pods, one -> ImmutableList.of(one.pod), outside -> ImmutableList.of());
    }

    /** The Service that was named for the pods behind it. */
    default Optional<Service> service() {
        return fold(Workload::service, one -> Optional.empty(), outside -> Optional.empty());
    }

    /** The workload that the end is, or belongs to. */
    default Optional<WorkloadName> workload() {
        return pods().stream().map(Pod::workload).findFirst();
    }

    /** @param pod one of the end's pods; absent for an address */
    static Endpoint endpoint(Optional<Pod> pod, End end) {
        return pod.<Endpoint>map(Endpoint.Pods::of)
                .orElseGet(() -> end.fold(
                        workload -> noPodOf(end),
                        one -> noPodOf(end),
                        outside -> new Endpoint.Outside(outside.address())));
    }

    private static Endpoint noPodOf(End end) {
        throw new IllegalArgumentException("no pod of " + end.label());
    }
}
