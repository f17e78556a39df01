package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.world.Pod;
import java.util.stream.Stream;

/** Pods on their node's network, in namespaces where somebody relies on policies. */
final class HostNetworkCheck implements Check {

    @Override
    public void check(LintInput input, Findings findings) {
        ImmutableSet<String> guarded = Stream.concat(input.policies().stream(), input.reconciled().stream())
                .map(policy -> policy.key().namespace())
                .collect(ImmutableSet.toImmutableSet());
        input.snapshot().topology().workloads().forEach((name, pods) -> {
            if (guarded.contains(name.namespace())
                    && pods.stream().map(Pod::traits).anyMatch(traits -> traits.hostNetwork())) {
                findings.about(
                        name,
                        Code.BH013,
                        "its pods are on their node's network, where most network plugins hold them by no policy",
                        "take hostNetwork off the pods, or guard the node");
            }
        });
    }
}
