package dev.bulkhead.core.compile;

/** How sure it is that pods are those of the workload that somebody named. */
public enum Assurance {
    /** The API server vouches for it: a stamped service account, or the name of a namespace. */
    VERIFIED,
    /** Labels say so, which whoever may create pods in the namespace can write. */
    ASSERTED
}
