package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a set of NetworkPolicies allows. Immutable: another set of policies is another evaluator, which shares whatever
 * is the same.
 *
 * <p>Answers about single pairs; {@link Reachability} answers about all of them at once. Judges classes of pods. That a pod always reaches itself and its node, and that replies pass, is true for each of
 * them and not said again here.
 */
public final class Evaluator {

    private final ImmutableMap<String, ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy>> policies;
    private final PeerMatch match;

    private Evaluator(
            ImmutableMap<String, ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy>> policies, PeerMatch match) {
        this.policies = policies;
        this.match = match;
    }

    /**
     * @param namespaces by name; one that is missing has the label that the API server gives every namespace
     * @param policies of any namespace, by anybody; of two with one key the later counts
     */
    public static Evaluator of(
            Map<String, Namespace> namespaces, Collection<NetworkPolicy> policies, PluginSemantics reading) {
        Map<String, SortedMap<NetworkPolicy.Key, NetworkPolicy>> byNamespace = new TreeMap<>();
        for (NetworkPolicy policy : policies) {
            byNamespace
                    .computeIfAbsent(policy.key().namespace(), namespace -> new TreeMap<>())
                    .put(policy.key(), policy);
        }
        return new Evaluator(
                ImmutableMap.copyOf(Maps.transformValues(byNamespace, ImmutableSortedMap::copyOfSorted)),
                new PeerMatch(immutable(namespaces), reading));
    }

    /** A sorted one would be copied else, which takes longer than a look at a few policies where namespaces are many. */
    private static ImmutableMap<String, Namespace> immutable(Map<String, Namespace> namespaces) {
        return namespaces instanceof ImmutableMap<String, Namespace> already
                ? already
                : ImmutableMap.copyOf(namespaces);
    }

    /** This set of policies with one more, in the place of the one with its key if there is any. */
    public Evaluator with(NetworkPolicy policy) {
        SortedMap<NetworkPolicy.Key, NetworkPolicy> changed =
                new TreeMap<>(policies(policy.key().namespace()));
        changed.put(policy.key(), policy);
        return withPolicies(policy.key().namespace(), changed);
    }

    /** This set of policies less one, if it is there. */
    public Evaluator without(NetworkPolicy.Key key) {
        SortedMap<NetworkPolicy.Key, NetworkPolicy> changed = new TreeMap<>(policies(key.namespace()));
        changed.remove(key);
        return withPolicies(key.namespace(), changed);
    }

    public Optional<NetworkPolicy> policy(NetworkPolicy.Key key) {
        return Optional.ofNullable(policies(key.namespace()).get(key));
    }

    /** One end's half, to be asked about many others. */
    public Half half(Direction direction, Endpoint self) {
        return new Half(direction, self, isolating(direction, self), match);
    }

    /** What the policies on {@code self} allow between it and {@code other}; every port where none isolates it. */
    public PortSet half(Direction direction, Endpoint self, Endpoint other) {
        return half(direction, self).ports(other);
    }

    /** The destination's ports on which the source may connect to it, over either address family. */
    public PortSet allowed(Endpoint source, Endpoint destination) {
        PortSet allowed = PortSet.none();
        for (Endpoint.Pair pair : Endpoint.byFamily(source, destination)) {
            PortSet egress = half(Direction.EGRESS, pair.source(), pair.destination());
            if (!egress.isEmpty()) {
                allowed =
                        allowed.union(egress.intersection(half(Direction.INGRESS, pair.destination(), pair.source())));
            }
        }
        return allowed;
    }

    /**
     * Of two address families the one that lets the connection pass decides.
     *
     * @param port of the destination
     */
    public Verdict verdict(Endpoint source, Endpoint destination, Protocol protocol, int port) {
        List<Verdict> verdicts = Endpoint.byFamily(source, destination).stream()
                .map(pair -> ofOneFamily(pair, protocol, port))
                .toList();
        Verdict deciding =
                verdicts.stream().filter(Verdict::allowed).findFirst().orElse(verdicts.get(0));
        return new Verdict(
                deciding.egress(),
                deciding.ingress(),
                new Remarks(this, match).about(source, destination, protocol, port, verdicts));
    }

    private Verdict ofOneFamily(Endpoint.Pair pair, Protocol protocol, int port) {
        return new Verdict(
                half(Direction.EGRESS, pair.source()).decide(pair.destination(), protocol, port),
                half(Direction.INGRESS, pair.destination()).decide(pair.source(), protocol, port),
                ImmutableSortedSet.of());
    }

    /** The same policies, read in another way. */
    Evaluator readAs(PluginSemantics reading) {
        return new Evaluator(policies, new PeerMatch(match.namespaces(), reading));
    }

    private ImmutableList<NetworkPolicy> isolating(Direction direction, Endpoint self) {
        return self.fold(pods -> isolating(direction, pods), outside -> ImmutableList.of());
    }

    private ImmutableList<NetworkPolicy> isolating(Direction direction, Endpoint.Pods pods) {
        if (!match.reading().recognizes(pods)) {
            return ImmutableList.of();
        }
        return policies(pods.namespace()).values().stream()
                .filter(policy -> policy.directions().contains(direction)
                        && policy.subject().matches(pods.pods().labels()))
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies(String namespace) {
        return policies.getOrDefault(namespace, ImmutableSortedMap.of());
    }

    private Evaluator withPolicies(String namespace, SortedMap<NetworkPolicy.Key, NetworkPolicy> changed) {
        Map<String, ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy>> all = new HashMap<>(policies);
        all.put(namespace, ImmutableSortedMap.copyOf(changed, Comparator.naturalOrder()));
        return new Evaluator(ImmutableMap.copyOf(all), match);
    }
}
