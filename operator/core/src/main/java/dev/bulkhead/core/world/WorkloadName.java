package dev.bulkhead.core.world;

import java.util.Comparator;

/**
 * What people call a workload: that which owns pods, or a pod that nothing owns.
 *
 * @param kind {@code Pod} for a pod that nothing owns
 */
public record WorkloadName(String namespace, String kind, String name) implements Comparable<WorkloadName> {

    /** The kind of a pod that nothing owns. */
    public static final String POD = "Pod";

    private static final Comparator<WorkloadName> ORDER = Comparator.comparing(WorkloadName::namespace)
            .thenComparing(WorkloadName::name)
            .thenComparing(WorkloadName::kind);

    @Override
    public int compareTo(WorkloadName other) {
        return ORDER.compare(this, other);
    }

    /** {@code shop/checkout[Deployment]}. */
    @Override
    public String toString() {
        return namespace + "/" + name + "[" + kind + "]";
    }
}
