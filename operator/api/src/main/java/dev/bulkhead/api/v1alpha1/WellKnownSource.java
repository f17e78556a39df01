package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How it is known where a well-known peer is. */
public enum WellKnownSource {
    /** It was found in the cluster. */
    @JsonProperty("Found")
    FOUND,
    /** The platform says so. */
    @JsonProperty("Configured")
    CONFIGURED,
    /** It is not known. */
    @JsonProperty("Missing")
    MISSING
}
