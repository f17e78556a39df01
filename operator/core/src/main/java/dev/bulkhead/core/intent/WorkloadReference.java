package dev.bulkhead.core.intent;

import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Workload;

/** How a declaration names pods of one namespace. */
public sealed interface WorkloadReference {

    /** The pods that run under a service account: verified, by the stamp of the API server. */
    record ServiceAccount(String name) implements WorkloadReference {
        @Override
        public String toString() {
            return "service account " + name;
        }
    }

    /** The pods that the own selector of a Deployment, StatefulSet or DaemonSet selects: asserted. */
    record Owner(Workload.Key key) implements WorkloadReference {
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /** The pods with certain labels: asserted. */
    record Labels(LabelSelector selector) implements WorkloadReference {
        @Override
        public String toString() {
            return "pods with " + selector;
        }
    }

    /** Every pod of the namespace. */
    record All() implements WorkloadReference {
        @Override
        public String toString() {
            return "all pods";
        }
    }
}
