package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How sure it is that pods are those of the workload that somebody named. */
public enum IdentityAssurance {
    /** The API server vouches for it: a stamped service account, or the name of a namespace. */
    @JsonProperty("Verified")
    VERIFIED,
    /** Labels say so, which whoever may create pods in the namespace can write. */
    @JsonProperty("Asserted")
    ASSERTED
}
