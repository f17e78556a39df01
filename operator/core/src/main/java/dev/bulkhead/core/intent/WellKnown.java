package dev.bulkhead.core.intent;

/** Peers that every cluster has and no team should have to describe. */
public enum WellKnown {
    KUBE_DNS("KubeDNS"),
    KUBE_API_SERVER("KubeAPIServer"),
    INTERNET("Internet");

    private final String label;

    WellKnown(String label) {
        this.label = label;
    }

    /** As it is written in an intent. */
    public String label() {
        return label;
    }
}
