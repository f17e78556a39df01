package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.compile.PolicyNames;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.world.LabelSelector;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which policies by others Bulkhead takes over. Of those that are offered, the ones that allow, to the letter of their
 * selectors, what one that it writes in the same namespace allows: that changes nothing that is allowed. And, offered or not,
 * whatever has the name of the baseline in a namespace that is to have one: a baseline is its key, so that nobody keeps a
 * namespace from being isolated by taking the marks off, or by taking the name beforehand.
 *
 * @param adopted by the policy of somebody else the one of ours that takes its place; the very same object where they have
 *     one name
 * @param refused what is offered and left alone, and why
 * @param replaced what has the name of a baseline and becomes the baseline, whatever it says
 */
public record Adoption(
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy.Key> adopted,
        ImmutableSortedMap<NetworkPolicy.Key, String> refused,
        ImmutableSortedSet<NetworkPolicy.Key> replaced) {

    /**
     * @param live every policy of the namespaces concerned, by whomever
     * @param desired every policy that Bulkhead should have in them; nothing is taken over where there are none
     * @param offered which of the policies may be taken over
     */
    public static Adoption of(
            Collection<NetworkPolicy> live,
            ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired,
            Set<NetworkPolicy.Key> offered) {
        Map<NetworkPolicy.Key, NetworkPolicy> others = live.stream()
                .filter(policy -> !Marker.isManaged(policy.labels()))
                .collect(Collectors.toMap(NetworkPolicy::key, policy -> policy, (one, same) -> one, TreeMap::new));
        Map<NetworkPolicy.Key, NetworkPolicy.Key> adopted = new TreeMap<>();
        Map<NetworkPolicy.Key, String> refused = new TreeMap<>();
        others.values().stream()
                .filter(policy -> offered.contains(policy.key()))
                .forEach(policy -> {
                    List<NetworkPolicy> ours = desired.values().stream()
                            .filter(one ->
                                    one.key().namespace().equals(policy.key().namespace()))
                            .toList();
                    Optional<NetworkPolicy.Key> equal = equal(policy, ours)
                            .filter(key -> key.equals(policy.key()) || !isReplaced(policy.key(), desired));
                    equal.ifPresent(key -> adopted.put(policy.key(), key));
                    if (equal.isEmpty() && !ours.isEmpty() && !isReplaced(policy.key(), desired)) {
                        refused.put(policy.key(), difference(policy, ours));
                    }
                });
        others.keySet().stream()
                .filter(name -> !name.equals(adopted.get(name)) && !isReplaced(name, desired))
                .filter(adopted::containsValue)
                .toList()
                .forEach(taken -> adopted.entrySet().removeIf(entry -> {
                    boolean in = entry.getValue().equals(taken);
                    if (in) {
                        refused.put(
                                entry.getKey(),
                                "another policy that is not Bulkhead's has the name of " + taken.name()
                                        + ", which would take its place");
                    }
                    return in;
                }));
        return new Adoption(
                ImmutableSortedMap.copyOf(adopted),
                ImmutableSortedMap.copyOf(refused),
                others.keySet().stream()
                        .filter(key -> isReplaced(key, desired) && !adopted.containsKey(key))
                        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder())));
    }

    private static boolean isReplaced(NetworkPolicy.Key key, Map<NetworkPolicy.Key, NetworkPolicy> desired) {
        return PolicyNames.isBaseline(key) && desired.containsKey(key);
    }

    /** The one of the same name before all others. */
    private static Optional<NetworkPolicy.Key> equal(NetworkPolicy policy, List<NetworkPolicy> ours) {
        CanonicalPolicy meaning = CanonicalPolicy.of(policy);
        return ours.stream()
                .filter(one -> CanonicalPolicy.of(one).equals(meaning))
                .map(NetworkPolicy::key)
                .min(Comparator.comparing((NetworkPolicy.Key key) -> !key.equals(policy.key()))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String difference(NetworkPolicy policy, List<NetworkPolicy> ours) {
        CanonicalPolicy meaning = CanonicalPolicy.of(policy);
        Optional<NetworkPolicy> nearest = ours.stream()
                .filter(one -> CanonicalPolicy.of(one).concernsTheSameAs(meaning))
                .min(Comparator.comparing((NetworkPolicy one) -> !one.key().equals(policy.key()))
                        .thenComparing(NetworkPolicy::key));
        if (nearest.isEmpty()) {
            return "no policy that Bulkhead writes here selects the same pods for the same policyTypes";
        }
        Allowances mine = CanonicalPolicy.of(nearest.get()).allowances();
        Allowances more = meaning.allowances().difference(mine);
        return "unlike " + nearest.get().key().name()
                + (more.isEmpty()
                        ? " it does not allow " + described(mine.difference(meaning.allowances()))
                        : " it allows " + described(more));
    }

    /** By an example. */
    private static String described(Allowances allowances) {
        Map.Entry<Allowances.Item, ?> first =
                allowances.ports().entrySet().iterator().next();
        int others = allowances.ports().size() - 1;
        return first.getKey().direction().policyType() + " " + first.getValue() + " with "
                + first.getKey().peer().map(Adoption::described).orElse("anybody")
                + (others == 0 ? "" : ", and " + others + " more");
    }

    private static String described(PolicyPeer peer) {
        return peer.fold(
                pods -> "pods " + named(pods.pods()) + " of namespaces "
                        + pods.namespaces().map(Adoption::named).orElse("(all)"),
                addresses -> addresses.block().toString());
    }

    private static String named(LabelSelector selector) {
        return selector.isEverything() ? "(all)" : selector.toString();
    }
}
