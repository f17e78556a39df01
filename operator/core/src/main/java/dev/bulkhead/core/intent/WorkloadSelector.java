package dev.bulkhead.core.intent;

import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Workload;
import java.util.Optional;

/** How a declaration names pods of one namespace. */
public sealed interface WorkloadSelector {

    <T> T fold(Cases<T> cases);

    /** Whether labels stand for the workload, which anybody can set who may create pods in the namespace. */
    boolean isAsserted();

    /** The name of the service account, if that is how the pods are named. */
    default Optional<String> account() {
        return this instanceof ServiceAccount account ? Optional.of(account.name()) : Optional.empty();
    }

    /** The selector that the declaration itself is written with, if that is how the pods are named. */
    default Optional<LabelSelector> labels() {
        return this instanceof Labels labels ? Optional.of(labels.selector()) : Optional.empty();
    }

    /** What to do with each kind of reference. */
    interface Cases<T> {
        T serviceAccount(ServiceAccount reference);

        T owner(Owner reference);

        T labels(Labels reference);

        T all(All reference);
    }

    /** The pods that run under a service account: verified, by the stamp of the API server. */
    record ServiceAccount(String name) implements WorkloadSelector {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.serviceAccount(this);
        }

        @Override
        public boolean isAsserted() {
            return false;
        }

        @Override
        public String toString() {
            return "service account " + name;
        }
    }

    /** The pods that the own selector of a Deployment, StatefulSet or DaemonSet selects: asserted. */
    record Owner(Workload.Key key) implements WorkloadSelector {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.owner(this);
        }

        @Override
        public boolean isAsserted() {
            return true;
        }

        @Override
        public String toString() {
            return key.toString();
        }
    }

    /** The pods with certain labels: asserted. */
    record Labels(LabelSelector selector) implements WorkloadSelector {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.labels(this);
        }

        @Override
        public boolean isAsserted() {
            return true;
        }

        @Override
        public String toString() {
            return "pods with " + selector;
        }
    }

    /** Every pod of the namespace. */
    record All() implements WorkloadSelector {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.all(this);
        }

        @Override
        public boolean isAsserted() {
            return false;
        }

        @Override
        public String toString() {
            return "all pods";
        }
    }
}
