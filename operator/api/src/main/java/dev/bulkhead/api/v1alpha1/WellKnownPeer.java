package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Peers that every cluster has and that the operator finds by itself. */
public enum WellKnownPeer {
    /** The cluster's DNS; knows its own ports. */
    @JsonProperty("KubeDNS")
    KUBE_DNS,
    /** The API server; knows its own ports. */
    @JsonProperty("KubeAPIServer")
    KUBE_API_SERVER,
    /** Everything outside the cluster and the private ranges; knows no ports. */
    @JsonProperty("Internet")
    INTERNET
}
