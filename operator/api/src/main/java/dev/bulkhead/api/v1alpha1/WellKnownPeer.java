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
    INTERNET,
    /** The pods that bring requests from outside in; knows no ports. */
    @JsonProperty("IngressController")
    INGRESS_CONTROLLER,
    /** The pods that scrape metrics; knows no ports. */
    @JsonProperty("Monitoring")
    MONITORING,
    /** The nodes' own addresses; knows no ports. */
    @JsonProperty("Nodes")
    NODES
}
