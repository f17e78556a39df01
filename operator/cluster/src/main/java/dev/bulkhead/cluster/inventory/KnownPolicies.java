package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Map;

/**
 * What was known of the policies at one time. A list that no cache answers and that is asked for after that shows nothing
 * older; if it does, the API server's versions went back.
 *
 * @param latest the highest version of anything that the API server told us; empty before it told us anything
 * @param undated those whose version says nothing about what is older and what is newer
 * @param gone uids of objects that were deleted
 */
record KnownPolicies(
        String latest,
        ImmutableSortedMap<String, ImmutableSortedMap<String, LivePolicy>> policies,
        ImmutableSet<NetworkPolicy.Key> undated,
        ImmutableSet<String> gone) {

    /** Whether the version of a list as a whole is older. */
    boolean isNewerThan(String listVersion) {
        return !LivePolicy.isNotAfter(latest, listVersion);
    }

    /** Whether an object that the list contains is older, or one that was deleted. */
    boolean isNewerThan(NetworkPolicy.Key key, String uid, String version) {
        Map<String, LivePolicy> there = policies.getOrDefault(key.namespace(), ImmutableSortedMap.of());
        LivePolicy known = undated.contains(key) ? null : there.get(key.name());
        return gone.contains(uid) || (known != null && !LivePolicy.isNotAfter(known.resourceVersion(), version));
    }
}
