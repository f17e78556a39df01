package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a Guardrail would do that is seldom meant. */
public enum Acknowledgement {
    /** It denies workloads the cluster's DNS. */
    @JsonProperty("DNS")
    DNS,
    /** It denies workloads the API server. */
    @JsonProperty("KubeAPIServer")
    KUBE_API_SERVER,
    /** It denies whatever there is. */
    @JsonProperty("Everything")
    EVERYTHING
}
