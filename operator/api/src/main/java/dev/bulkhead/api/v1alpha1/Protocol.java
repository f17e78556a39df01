package dev.bulkhead.api.v1alpha1;

/** The protocols NetworkPolicy knows. */
public enum Protocol {
    TCP,
    UDP,
    SCTP
}
