package dev.bulkhead.core.reach;

import dev.bulkhead.core.world.AddressRange;
import dev.bulkhead.core.world.WorkloadName;

/** Whoever takes part in connections, as people see them. */
public sealed interface Party {

    /** How it is written in answers; they are sorted by it. */
    String label();

    record OfWorkload(WorkloadName name) implements Party {
        @Override
        public String label() {
            return name.toString();
        }
    }

    /** Addresses that belong to no pod, all alike to the policies. */
    record Outside(AddressRange range) implements Party {
        @Override
        public String label() {
            return range + "[External]";
        }
    }

    /** Whatever serves Ingress objects: a pod of which nothing else is known. */
    record IngressController() implements Party {
        @Override
        public String label() {
            return "{ingress-controller}";
        }
    }
}
