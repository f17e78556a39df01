package dev.bulkhead.demo;

import io.fabric8.kubernetes.api.model.Pod;

/** One of those between whom connections are open or closed. */
sealed interface ShopParty {

    /** In a word, for a table. */
    String name();

    /** A party inside the cluster. */
    sealed interface OfPods extends ShopParty {

        boolean has(Pod pod);
    }

    /** All pods that run under a service account, which is a fact and not a label. */
    record Workload(String namespace, String serviceAccount) implements OfPods {

        @Override
        public boolean has(Pod pod) {
            return pod.getMetadata().getNamespace().equals(namespace)
                    && serviceAccount.equals(pod.getSpec().getServiceAccountName());
        }

        @Override
        public String name() {
            return serviceAccount;
        }

        @Override
        public String toString() {
            return namespace + "/" + serviceAccount;
        }
    }

    /** A pod by itself, whatever it pretends to be. */
    record Single(String namespace, String name) implements OfPods {

        @Override
        public boolean has(Pod pod) {
            return pod.getMetadata().getNamespace().equals(namespace)
                    && pod.getMetadata().getName().equals(name);
        }

        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }

    /** Some address that belongs to nobody in the cluster. */
    record Internet() implements ShopParty {

        @Override
        public String name() {
            return "internet";
        }

        @Override
        public String toString() {
            return "the internet";
        }
    }
}
