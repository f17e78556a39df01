package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.app.manifest.Finding;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.reach.PolicyMeaning;
import java.util.List;

/**
 * What all checks look at.
 *
 * @param policies as they were found, but for those that Bulkhead wrote itself
 * @param reconciled what will be in force
 */
record LintInput(
        Snapshot snapshot,
        PluginSemantics reading,
        ImmutableSortedMap<String, Compilation> compilations,
        ImmutableList<NetworkPolicy> policies,
        ImmutableList<NetworkPolicy> reconciled,
        PolicyMeaning meaning,
        Unread unread) {

    /** @param invalid what could not be read, and is no part of the snapshot */
    static LintInput of(Snapshot snapshot, List<Finding> invalid, PluginSemantics reading) {
        ImmutableSortedMap<String, Compilation> compilations = snapshot.compile();
        ImmutableList<NetworkPolicy> policies = snapshot.policies().values().stream()
                .filter(policy -> !Marker.isManaged(policy.labels()))
                .collect(ImmutableList.toImmutableList());
        return new LintInput(
                snapshot,
                reading,
                compilations,
                policies,
                snapshot.reconciled(compilations),
                new PolicyMeaning(snapshot.topology(), policies, reading),
                Unread.of(snapshot, invalid));
    }
}
