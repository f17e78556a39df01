package dev.bulkhead.core.reach;

import dev.bulkhead.core.world.AddressRange;
import dev.bulkhead.core.world.WorkloadName;
import java.util.Optional;
import java.util.function.Function;

/** Whoever takes part in connections, as people see them. */
public sealed interface Party {

    <T> T fold(
            Function<? super OfWorkload, ? extends T> workload,
            Function<? super Outside, ? extends T> outside,
            Function<? super IngressController, ? extends T> ingressController);

    /** The name of the workload, if it is one. */
    default Optional<WorkloadName> workload() {
        return this instanceof OfWorkload workload ? Optional.of(workload.name()) : Optional.empty();
    }

    /** How it is written in answers; they are sorted by it. */
    String label();

    record OfWorkload(WorkloadName name) implements Party {
        @Override
        public <T> T fold(
                Function<? super OfWorkload, ? extends T> workload,
                Function<? super Outside, ? extends T> outside,
                Function<? super IngressController, ? extends T> ingressController) {
            return workload.apply(this);
        }

        @Override
        public String label() {
            return name.toString();
        }
    }

    /** Addresses that belong to no pod, all alike to the policies. */
    record Outside(AddressRange range) implements Party {
        @Override
        public <T> T fold(
                Function<? super OfWorkload, ? extends T> workload,
                Function<? super Outside, ? extends T> outside,
                Function<? super IngressController, ? extends T> ingressController) {
            return outside.apply(this);
        }

        @Override
        public String label() {
            return range + "[External]";
        }
    }

    /** Whatever serves Ingress objects: a pod of which nothing else is known. */
    record IngressController() implements Party {
        @Override
        public <T> T fold(
                Function<? super OfWorkload, ? extends T> workload,
                Function<? super Outside, ? extends T> outside,
                Function<? super IngressController, ? extends T> ingressController) {
            return ingressController.apply(this);
        }

        @Override
        public String label() {
            return "{ingress-controller}";
        }
    }
}
