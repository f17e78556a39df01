package dev.bulkhead.core.policy;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;

/** How a policy shows that Bulkhead wrote it, and why. */
public final class Marker {

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String BULKHEAD = "bulkhead";
    /** One of the words of {@link Role}. */
    public static final String ROLE = "bulkhead.dev/role";
    /** The intents that the policy carries; those of other namespaces as {@code namespace/name}. */
    public static final String INTENTS = "bulkhead.dev/intents";
    /** Hashes of the intents that {@link #INTENTS} has no room for. */
    public static final String MORE_INTENTS = "bulkhead.dev/more-intents";
    /** Which of several intents stand behind which rule. */
    public static final String PROVENANCE = "bulkhead.dev/provenance";

    /** By which whoever may change a policy of somebody else offers it to Bulkhead: {@code true}. */
    public static final String ADOPT = "bulkhead.dev/adopt";
    /** Stands in place of a policy by others that cannot be read: nobody knows what it allows and whom it isolates. */
    public static final String UNREADABLE = "bulkhead.dev/unreadable";
    /** A label of pods that get nothing from any policy of ours, but for being isolated. */
    public static final String QUARANTINE = "bulkhead.dev/quarantine";

    /** What a managed policy is for. */
    public enum Role {
        /** Isolates every pod of the namespace and allows nothing. */
        BASELINE("baseline"),
        /** Allows every pod of the namespace something that the segment grants. */
        CARVE_OUT("carve-out"),
        /** Allows one workload what intents ask for. */
        ALLOW("allow");

        private final String label;

        Role(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    private Marker() {}

    public static ImmutableSortedMap<String, String> labels(Role role) {
        return ImmutableSortedMap.of(MANAGED_BY, BULKHEAD, ROLE, role.label());
    }

    /** Whether these are the annotations of what stands in place of a policy that cannot be read. */
    public static boolean isUnreadable(Map<String, String> annotations) {
        return annotations.containsKey(UNREADABLE);
    }

    /** Whether these are the labels of a policy that Bulkhead wrote. */
    public static boolean isManaged(Map<String, String> labels) {
        return BULKHEAD.equals(labels.get(MANAGED_BY)) && labels.containsKey(ROLE);
    }
}
