package dev.bulkhead.app.snapshot;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.WorkloadName;
import java.util.Optional;

/** One end of a question, found by what was written. */
public sealed interface End {

    /** As answers write it. */
    String label();

    /** Every pod of a workload. */
    record Workload(WorkloadName name, ImmutableList<Pod> pods) implements End {
        @Override
        public String label() {
            return name.toString();
        }
    }

    record OnePod(Pod pod) implements End {
        @Override
        public String label() {
            return pod.namespace() + "/" + pod.name();
        }
    }

    /** An address that belongs to no pod. */
    record Outside(IpAddress address) implements End {
        @Override
        public String label() {
            return address.toString();
        }
    }

    /** The pods; none for an address outside. */
    default ImmutableList<Pod> pods() {
        if (this instanceof Workload workload) {
            return workload.pods;
        }
        return this instanceof OnePod one ? ImmutableList.of(one.pod) : ImmutableList.of();
    }

    /** The workload that the end is, or belongs to. */
    default Optional<WorkloadName> workload() {
        return pods().stream().map(Pod::workload).findFirst();
    }

    /** How the engine knows one of the pods, or the address. */
    static Endpoint endpoint(Optional<Pod> pod, End end) {
        return pod.<Endpoint>map(Endpoint.Pods::of).orElseGet(() -> new Endpoint.Outside(((Outside) end).address()));
    }
}
