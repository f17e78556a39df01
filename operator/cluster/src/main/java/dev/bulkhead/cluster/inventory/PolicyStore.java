package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The live policies. Own writes are put in when they are acknowledged, so that the next look sees them and their echo
 * from the watch, which may come much later, is no news.
 */
final class PolicyStore {

    /** How many deleted objects are remembered. */
    private static final int MAXIMUM_GONE = 10_000;

    private final SharedMap<String, ImmutableSortedMap<String, LivePolicy>> copies = new SharedMap<>();
    private final Set<String> stale = new HashSet<>();
    private final Map<String, SharedMap<String, LivePolicy>> byNamespace = new LinkedHashMap<>();
    /** Writes of ours that were not answered yet: what the policy is to be, absent for a deletion. */
    private final Map<NetworkPolicy.Key, Optional<NetworkPolicy>> underWay = new HashMap<>();
    /** Everything that a complete list showed up to here is known; what is not known and not newer is gone. */
    private final Map<ListScope, String> listedUpTo = new EnumMap<>(ListScope.class);
    /** The highest version of anything that the API server told us. */
    private String latest = "";
    /** Those whose version says nothing about what is older and what is newer. */
    private final Set<NetworkPolicy.Key> undated = new HashSet<>();
    /** Uids of what is gone: late events, lists that were read meanwhile and answers that come too late still show it. */
    private final Set<String> gone = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAXIMUM_GONE;
        }
    });

    /** Of what is kept of policies by others, by namespace. */
    private final Map<String, NamespaceMemory> accounts = new HashMap<>();

    private final long limit;

    /** @param limit of what is kept of the policies by others in one namespace, in bytes */
    PolicyStore(long limit) {
        this.limit = limit;
    }

    LivePolicy get(NetworkPolicy.Key key) {
        SharedMap<String, LivePolicy> policies = byNamespace.get(key.namespace());
        return policies == null ? null : policies.get(key.name());
    }

    /** @return whether the watch showed something that was not known */
    boolean observed(LivePolicy shown) {
        LivePolicy known = get(shown.policy().key());
        if (gone.contains(shown.uid()) || (known != null && isOlder(shown, known))) {
            return false;
        }
        LivePolicy seen = put(shown);
        Optional<NetworkPolicy> wanted = underWay.get(seen.policy().key());
        if (wanted != null && wanted.equals(Optional.of(seen.policy())) && seen.isTidy()) {
            return false;
        }
        return known == null
                || !known.uid().equals(seen.uid())
                || !known.policy().equals(seen.policy())
                || known.offered() != seen.offered()
                || !known.attachments().equals(seen.attachments())
                || !known.problem().equals(seen.problem());
    }

    private boolean isOlder(LivePolicy seen, LivePolicy known) {
        return !undated.contains(known.policy().key()) && seen.isCoveredBy(known);
    }

    /**
     * The watch, a list or an answer shows that it is gone.
     *
     * @return whether it was thought to be there, and somebody else deleted it
     */
    boolean observedGone(NetworkPolicy.Key key, String uid) {
        gone.add(uid);
        LivePolicy known = get(key);
        if (known == null || !known.uid().equals(uid)) {
            return false;
        }
        remove(key);
        Optional<NetworkPolicy> wanted = underWay.get(key);
        return wanted == null || wanted.isPresent();
    }

    /**
     * We are about to write this, or to delete it; the watch may show that before the answer comes.
     *
     * @param wanted absent for a deletion
     */
    void writing(NetworkPolicy.Key key, Optional<NetworkPolicy> wanted) {
        underWay.put(key, wanted);
    }

    /** The answer came, or none will. */
    void answered(NetworkPolicy.Key key) {
        underWay.remove(key);
    }

    void written(LivePolicy policy) {
        LivePolicy known = get(policy.policy().key());
        boolean same = known != null && known.uid().equals(policy.uid());
        // A list that is newer than this version does not contain the object: it was deleted meanwhile.
        boolean unlisted = !same
                && listedUpTo.entrySet().stream()
                        .filter(list -> list.getKey().covers(policy))
                        .anyMatch(list -> LivePolicy.isNotAfter(policy.resourceVersion(), list.getValue()));
        boolean deleted = unlisted || gone.contains(policy.uid());
        if (!deleted && (known == null || !isOlder(policy, known))) {
            put(policy);
        }
    }

    void deleted(NetworkPolicy.Key key, String uid) {
        LivePolicy known = get(key);
        if (known != null && known.uid().equals(uid)) {
            gone.add(uid);
            remove(key);
        }
    }

    /**
     * A complete list ended, and everything in it was put in: whatever is known in a version that is not newer than the
     * list, and is not listed, is gone.
     *
     * @param scope whose policies the list would contain
     * @param isListed whether the list, or something newer, contains the object of this name and uid
     * @return those that were thought to be there, as they were known
     */
    List<LivePolicy> listed(String resourceVersion, ListScope scope, BiPredicate<NetworkPolicy.Key, String> isListed) {
        listedUpTo.merge(scope, resourceVersion, (before, now) -> LivePolicy.isNotAfter(before, now) ? now : before);
        return missing(
                byNamespace.values().stream()
                        .flatMap(policies -> policies.copy().values().stream())
                        .filter(scope::covers),
                resourceVersion,
                isListed);
    }

    /** Likewise for a list of the policies of one namespace, which says nothing of others. */
    List<LivePolicy> listedIn(
            String namespace, String resourceVersion, BiPredicate<NetworkPolicy.Key, String> isListed) {
        return missing(
                Optional.ofNullable(byNamespace.get(namespace)).stream()
                        .flatMap(policies -> policies.copy().values().stream()),
                resourceVersion,
                isListed);
    }

    private List<LivePolicy> missing(
            Stream<LivePolicy> inScope, String resourceVersion, BiPredicate<NetworkPolicy.Key, String> isListed) {
        List<LivePolicy> missing = inScope.filter(
                        known -> undated.contains(known.policy().key())
                                || LivePolicy.isNotAfter(known.resourceVersion(), resourceVersion))
                .filter(known -> !isListed.test(known.policy().key(), known.uid()))
                .toList();
        return missing.stream()
                .filter(known -> observedGone(known.policy().key(), known.uid()))
                .toList();
    }

    /** The API server has come as far as this version, of whatever object. */
    void told(String version) {
        if (LivePolicy.isNotAfter(latest, version)) {
            latest = version;
        }
    }

    KnownPolicies known() {
        return new KnownPolicies(latest, copy(), ImmutableSet.copyOf(undated), ImmutableSet.copyOf(gone));
    }

    /**
     * The API server's versions went back, as after the restore of a backup: what is known is no longer newer than what is
     * going to be listed, and no deletion that we know of need have happened.
     */
    void versionsWentBack() {
        gone.clear();
        listedUpTo.clear();
        latest = "";
        byNamespace
                .values()
                .forEach(policies -> policies.copy()
                        .values()
                        .forEach(known -> undated.add(known.policy().key())));
    }

    ImmutableSortedMap<String, ImmutableSortedMap<String, LivePolicy>> copy() {
        stale.forEach(namespace -> {
            SharedMap<String, LivePolicy> policies = byNamespace.get(namespace);
            if (policies == null) {
                copies.remove(namespace);
            } else {
                copies.put(namespace, policies.copy());
            }
        });
        stale.clear();
        return copies.copy();
    }

    boolean hasAny(String namespace) {
        return byNamespace.containsKey(namespace);
    }

    /** @return the policy as it is kept: one by others for which there is no room is one that cannot be read */
    private LivePolicy put(LivePolicy policy) {
        told(policy.resourceVersion());
        NetworkPolicy.Key key = policy.policy().key();
        undated.remove(key);
        LivePolicy kept = account(key, Optional.of(policy))
                .orElseGet(() -> policy.unreadable("there is no room for it in memory"));
        byNamespace
                .computeIfAbsent(key.namespace(), unknown -> new SharedMap<>())
                .put(key.name(), kept);
        stale.add(key.namespace());
        return kept;
    }

    private void remove(NetworkPolicy.Key key) {
        account(key, Optional.empty());
        SharedMap<String, LivePolicy> policies = byNamespace.get(key.namespace());
        policies.remove(key.name());
        undated.remove(key);
        if (policies.isEmpty()) {
            byNamespace.remove(key.namespace());
            accounts.remove(key.namespace());
        }
        stale.add(key.namespace());
    }

    private Optional<LivePolicy> account(NetworkPolicy.Key key, Optional<LivePolicy> now) {
        long before = Optional.ofNullable(get(key)).map(PolicyStore::weight).orElse(0L);
        return accounts.computeIfAbsent(key.namespace(), unknown -> new NamespaceMemory(limit))
                .keep("NetworkPolicy " + key.name(), now, before, PolicyStore::weight);
    }

    /** What we write ourselves is bounded by the intents that it is for. */
    private static long weight(LivePolicy policy) {
        return policy.isManaged() || policy.problem().isPresent() ? 0 : MemoryWeights.policy(policy.policy());
    }

    /** See {@link NamespaceMemory#kindsWithRoom}. */
    Set<String> kindsWithRoom() {
        return accounts.values().stream()
                .flatMap(account -> account.kindsWithRoom().stream())
                .collect(Collectors.toSet());
    }
}
