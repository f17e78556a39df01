package dev.bulkhead.cluster.access;

/** Whether somebody may ask. */
public enum AccessVerdict {
    ALLOWED,
    /** Nobody knows who it is. */
    UNAUTHENTICATED,
    /** It is known who it is, and that it may not. */
    FORBIDDEN
}
