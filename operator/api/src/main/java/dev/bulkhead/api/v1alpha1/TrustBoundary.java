package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Inside which bounds the declaration of one end is enough. */
public enum TrustBoundary {
    @JsonProperty("Workload")
    WORKLOAD,
    @JsonProperty("Namespace")
    NAMESPACE,
    @JsonProperty("Segment")
    SEGMENT
}
