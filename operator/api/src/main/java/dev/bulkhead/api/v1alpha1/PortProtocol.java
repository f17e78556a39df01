package dev.bulkhead.api.v1alpha1;

/** The protocols NetworkPolicy knows. */
public enum PortProtocol {
    TCP,
    UDP,
    SCTP
}
