package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PortSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Finds what some policies open that the others keep closed, over the pods that are there. */
public final class Widenings {

    /** So many are enough to show what a policy does. */
    private static final int EXAMPLES = 3;

    /** Addresses that people take for what they are: some outside ones. */
    private static final ImmutableList<IpAddress> OUTSIDE =
            ImmutableList.of(IpAddress.parse("203.0.113.1"), IpAddress.parse("2001:db8::1"));

    private final Map<String, Namespace> namespaces;
    private final Evaluator ours;
    private final Evaluator all;
    private final List<Endpoint.Pods> pods;

    private Widenings(
            Map<String, Namespace> namespaces, Collection<NetworkPolicy> policies, Predicate<NetworkPolicy> ours) {
        this.namespaces = namespaces;
        this.ours = Evaluator.of(namespaces, policies.stream().filter(ours).toList(), Reading.upstream());
        this.all = Evaluator.of(namespaces, policies, Reading.upstream());
        this.pods = namespaces.values().stream()
                .flatMap(namespace -> pods(namespace).stream())
                .toList();
    }

    /**
     * @param policies of the whole cluster
     * @param ours which of them are to be widened by nobody
     * @param watched the directions to look at, by namespace
     * @return a few for each policy that is not ours and direction, by policy
     */
    public static ImmutableList<Widening> find(
            Map<String, Namespace> namespaces,
            Collection<NetworkPolicy> policies,
            Predicate<NetworkPolicy> ours,
            Function<String, ImmutableSet<Direction>> watched) {
        List<NetworkPolicy> others = policies.stream()
                .filter(ours.negate())
                .filter(policy -> namespaces.containsKey(policy.key().namespace()))
                .filter(policy -> watched.apply(policy.key().namespace()).stream()
                        .anyMatch(direction -> !policy.rules(direction).isEmpty()))
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .toList();
        if (others.isEmpty()) {
            return ImmutableList.of();
        }
        Widenings search = new Widenings(namespaces, policies, ours);
        ImmutableList.Builder<Widening> found = ImmutableList.builder();
        for (NetworkPolicy policy : others) {
            for (Direction direction : watched.apply(policy.key().namespace())) {
                found.addAll(search.examples(policy, direction));
            }
        }
        return found.build();
    }

    private static List<Endpoint.Pods> pods(Namespace namespace) {
        return namespace.pods().stream()
                .filter(pod -> !pod.hostNetwork())
                .map(pod -> Endpoint.Pods.of(namespace.name(), pod))
                .toList();
    }

    private List<Widening> examples(NetworkPolicy policy, Direction direction) {
        List<Widening> examples = new ArrayList<>();
        if (!policy.directions().contains(direction) || policy.rules(direction).isEmpty()) {
            return examples;
        }
        Evaluator alone = Evaluator.of(namespaces, List.of(policy), Reading.upstream());
        List<Endpoint> others = new ArrayList<>(pods);
        addresses(policy, direction).forEach(address -> others.add(new Endpoint.Outside(address)));
        for (Endpoint.Pods self : pods(namespaces.get(policy.key().namespace()))) {
            if (policy.subject().matches(self.pods().labels())) {
                Half given = alone.half(direction, self);
                Half kept = ours.half(direction, self);
                for (Endpoint other : others) {
                    PortSet more = given.ports(other).difference(kept.ports(other));
                    if (!more.isEmpty()) {
                        Widening widening = new Widening(policy.key(), direction, self, other, more);
                        PortSet open = more.intersection(all.allowed(widening.source(), widening.destination()));
                        if (!open.isEmpty()) {
                            examples.add(new Widening(policy.key(), direction, self, other, open));
                        }
                    }
                    if (examples.size() == EXAMPLES) {
                        return examples;
                    }
                }
            }
        }
        return examples;
    }

    /** For every part into which its blocks cut the addresses at least one. */
    private static Set<IpAddress> addresses(NetworkPolicy policy, Direction direction) {
        Set<IpAddress> addresses = new LinkedHashSet<>(OUTSIDE);
        for (PolicyRule rule : policy.rules(direction)) {
            for (PolicyPeer peer : rule.peers().orElse(ImmutableList.of())) {
                peer.asAddresses().ifPresent(block -> edges(block.block(), addresses));
            }
        }
        return addresses;
    }

    private static void edges(IpBlock block, Set<IpAddress> addresses) {
        addresses.add(block.cidr().network());
        addresses.add(block.cidr().last());
        for (Cidr except : block.except()) {
            addresses.add(except.network().previous());
            addresses.add(except.last().next());
        }
    }
}
