package dev.bulkhead.app.snapshot;

import dev.bulkhead.core.reach.PluginSemantics;
import picocli.CommandLine.Option;

/** How a command reads NetworkPolicies where correct network plugins differ. */
public final class ReadingOptions {

    @Option(
            names = "--ip-blocks",
            defaultValue = "match-pods",
            paramLabel = "match-pods|never-match-pods",
            description =
                    "Whether an ipBlock that contains a pod's address means the pod: match-pods as Kubernetes' own"
                            + " tests demand, never-match-pods as Cilium has it (default: ${DEFAULT-VALUE}).")
    private PluginSemantics.IpBlocks ipBlocks;

    @Option(
            names = "--host-network",
            defaultValue = "node-traffic",
            paramLabel = "node-traffic|like-pods",
            description = "What pods on their node's network are taken for: node-traffic, which no policy holds and an"
                    + " ipBlock alone means, or like-pods (default: ${DEFAULT-VALUE}).")
    private PluginSemantics.HostNetwork hostNetwork;

    public PluginSemantics reading() {
        return new PluginSemantics(ipBlocks, hostNetwork);
    }
}
