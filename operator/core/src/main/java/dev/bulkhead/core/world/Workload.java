package dev.bulkhead.core.world;

/**
 * A Deployment, StatefulSet or DaemonSet.
 *
 * @param selector its own pod selector
 * @param template the class its pods are born into, before the API server stamps anything
 */
public record Workload(Key key, LabelSelector selector, PodClass template) {

    /** Kind and name, as in {@code Deployment checkout}. */
    public record Key(String kind, String name) {
        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    /** The class of a pod that is born now, once the API server has stamped it. */
    public PodClass newborn() {
        return Identity.stamped(template);
    }
}
