package dev.bulkhead.core.intent;

/** Peers that every cluster has and no team should have to describe. */
public enum WellKnown {
    KUBE_DNS("KubeDNS"),
    KUBE_API_SERVER("KubeAPIServer"),
    INTERNET("Internet"),
    INGRESS_CONTROLLER("IngressController"),
    MONITORING("Monitoring"),
    NODES("Nodes");

    private final String label;

    WellKnown(String label) {
        this.label = label;
    }

    /** As it is written in an intent. */
    public String label() {
        return label;
    }

    /** Whether it is pods, wherever they are found, rather than addresses. */
    public boolean isWorkload() {
        return this == KUBE_DNS || this == INGRESS_CONTROLLER || this == MONITORING;
    }

    /** Whether whoever calls it need not say on which ports. */
    public boolean knowsItsPorts() {
        return this == KUBE_DNS || this == KUBE_API_SERVER;
    }
}
