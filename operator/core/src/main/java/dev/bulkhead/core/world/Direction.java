package dev.bulkhead.core.world;

/** Seen from the pod that a policy selects. A connection needs the egress half of its source and the ingress half of its destination. */
public enum Direction {
    EGRESS("Egress"),
    INGRESS("Ingress");

    private final String policyType;

    Direction(String policyType) {
        this.policyType = policyType;
    }

    /** The word of {@code spec.policyTypes}. */
    public String policyType() {
        return policyType;
    }

    public Direction opposite() {
        return this == EGRESS ? INGRESS : EGRESS;
    }
}
