package dev.bulkhead.core.reach;

/** How to read NetworkPolicies where correct network plugins differ. */
public record PluginSemantics(IpBlocks ipBlocks, HostNetwork hostNetwork) {

    private static final PluginSemantics UPSTREAM = new PluginSemantics(IpBlocks.MATCH_PODS, HostNetwork.NODE_TRAFFIC);

    /** Whether an {@code ipBlock} that contains a pod's address matches the pod. */
    public enum IpBlocks {
        /** As the upstream end-to-end tests demand. */
        MATCH_PODS,
        NEVER_MATCH_PODS
    }

    /** What pods on the host's network are taken for. */
    public enum HostNetwork {
        /** Their node: selected by no policy, matched by no selector, known by address alone. The common case. */
        NODE_TRAFFIC,
        LIKE_PODS
    }

    public static PluginSemantics upstream() {
        return UPSTREAM;
    }

    public PluginSemantics with(IpBlocks other) {
        return new PluginSemantics(other, hostNetwork);
    }

    public PluginSemantics with(HostNetwork other) {
        return new PluginSemantics(ipBlocks, other);
    }

    /** Whether selectors and port names can tell anything about these pods. */
    boolean recognizes(Endpoint.Pods pods) {
        return !pods.pods().hostNetwork() || hostNetwork == HostNetwork.LIKE_PODS;
    }
}
