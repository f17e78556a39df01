package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterators;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PortSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds what some policies open that the others keep closed, over the pods that are there. What a search takes grows with the
 * policies of the namespace and with the pods that they may mean, not with the cluster. For one thread.
 */
public final class Widenings {

    /** So many are enough to show what a policy does. */
    private static final int EXAMPLES = 3;

    /** Addresses that people take for what they are: some outside ones. */
    private static final ImmutableList<IpAddress> OUTSIDE =
            ImmutableList.of(IpAddress.parse("203.0.113.1"), IpAddress.parse("2001:db8::1"));

    private final ImmutableMap<String, Namespace> namespaces;
    private final Function<String, ? extends Collection<NetworkPolicy>> policies;
    private final Predicate<NetworkPolicy> ours;
    private final PeerMatch match;
    private final Map<String, Evaluator> all = new HashMap<>();

    /**
     * @param policies of a namespace, by anybody
     * @param ours which of them are to be widened by nobody
     */
    public Widenings(
            ImmutableMap<String, Namespace> namespaces,
            Function<String, ? extends Collection<NetworkPolicy>> policies,
            Predicate<NetworkPolicy> ours) {
        this.namespaces = namespaces;
        this.policies = policies;
        this.ours = ours;
        this.match = new PeerMatch(namespaces, PluginSemantics.upstream());
    }

    /**
     * Looks at the policies of one namespace that are not ours.
     *
     * @param directions in which they are looked at
     */
    public Search in(String namespace, Set<Direction> directions) {
        return new Search(namespace, directions);
    }

    /** A search that goes on for as long as it is asked to. */
    public final class Search {

        private final Evaluator kept;
        private final Iterator<Part> parts;
        private final List<Widening> found = new ArrayList<>();
        private int examples;
        private Iterator<Candidate> candidates = Collections.emptyIterator();

        /** One policy in one direction. */
        private record Part(NetworkPolicy policy, Direction direction) {}

        private Search(String namespace, Set<Direction> directions) {
            Collection<NetworkPolicy> there =
                    namespaces.containsKey(namespace) ? policies.apply(namespace) : ImmutableList.of();
            this.kept = Evaluator.of(namespaces, there.stream().filter(ours).toList(), PluginSemantics.upstream());
            this.parts = there.stream()
                    .filter(ours.negate())
                    .sorted((one, other) -> one.key().compareTo(other.key()))
                    .flatMap(policy -> directions.stream()
                            .filter(direction -> policy.directions().contains(direction))
                            .map(direction -> new Part(policy, direction)))
                    .iterator();
        }

        /**
         * Looks at one connection more.
         *
         * @return false when there is nothing more to look at
         */
        public boolean advance() {
            if (examples == EXAMPLES || !candidates.hasNext()) {
                if (!parts.hasNext()) {
                    return false;
                }
                Part part = parts.next();
                examples = 0;
                candidates = candidates(kept, part.policy(), part.direction());
                return true;
            }
            widening(candidates.next()).ifPresent(widening -> {
                examples++;
                found.add(widening);
            });
            return true;
        }

        /** A few for each policy and direction, by policy. */
        public ImmutableList<Widening> found() {
            return ImmutableList.copyOf(found);
        }
    }

    /**
     * A connection that one peer of a policy may open.
     *
     * @param policy as if it had this peer alone
     * @param kept what ours allow
     */
    private record Candidate(
            NetworkPolicy policy, Direction direction, Endpoint.Pods self, Half kept, Endpoint other) {}

    private Optional<Widening> widening(Candidate candidate) {
        Endpoint other = candidate.other();
        PortSet more = new Half(candidate.direction(), candidate.self(), ImmutableList.of(candidate.policy()), match)
                .ports(other)
                .difference(candidate.kept().ports(other));
        PortSet open = more.isEmpty() ? more : more.intersection(atOtherEnd(candidate));
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Widening(candidate.policy().key(), candidate.direction(), candidate.self(), other, open));
    }

    private PortSet atOtherEnd(Candidate candidate) {
        return candidate
                .other()
                .fold(
                        pods -> all.computeIfAbsent(
                                        pods.namespace(),
                                        name -> Evaluator.of(
                                                namespaces, policies.apply(name), PluginSemantics.upstream()))
                                .half(candidate.direction().opposite(), pods, candidate.self()),
                        outside -> PortSet.all());
    }

    /** One after the other, as they are asked for: there may be many millions. */
    private Iterator<Candidate> candidates(Evaluator kept, NetworkPolicy policy, Direction direction) {
        Iterator<Endpoint.Pods> selves = Iterators.filter(
                pods(policy.key().namespace()),
                pods -> policy.subject().matches(pods.pods().labels()));
        return Iterators.concat(Iterators.transform(selves, self -> {
            Half half = kept.half(direction, self);
            return Iterators.concat(Iterators.transform(
                    policy.rules(direction).iterator(),
                    rule -> Iterators.concat(Iterators.transform(
                            peers(rule),
                            peer -> Iterators.transform(
                                    others(peer, policy.key().namespace()),
                                    other -> new Candidate(
                                            alone(policy, direction, peer, rule), direction, self, half, other))))));
        }));
    }

    /** An absent one stands for anybody. */
    private static Iterator<Optional<PolicyPeer>> peers(PolicyRule rule) {
        return rule.peers().isEmpty()
                ? Iterators.singletonIterator(Optional.empty())
                : Iterators.transform(rule.peers().get().iterator(), Optional::of);
    }

    private static NetworkPolicy alone(
            NetworkPolicy policy, Direction direction, Optional<PolicyPeer> peer, PolicyRule rule) {
        ImmutableList<PolicyRule> rules = ImmutableList.of(new PolicyRule(peer.map(ImmutableList::of), rule.ports()));
        return new NetworkPolicy(
                policy.key(),
                policy.labels(),
                policy.annotations(),
                policy.subject(),
                ImmutableSet.of(direction),
                direction == Direction.INGRESS ? rules : ImmutableList.of(),
                direction == Direction.EGRESS ? rules : ImmutableList.of());
    }

    /** Whom a peer may mean: the pods of its own namespace come before those of others, which may be many. */
    private Iterator<? extends Endpoint> others(Optional<PolicyPeer> peer, String home) {
        if (peer.isEmpty()) {
            return Iterators.concat(
                    Iterators.transform(OUTSIDE.iterator(), Endpoint.Outside::new),
                    pods(home),
                    podsOf(namespaces.keySet().stream().filter(name -> !name.equals(home))));
        }
        return peer.get()
                .<Iterator<? extends Endpoint>>fold(
                        pods -> podsOf(pods.namespaces().map(this::candidates).orElseGet(() -> Stream.of(home))),
                        addresses -> Iterators.transform(edges(addresses.block()), Endpoint.Outside::new));
    }

    /** At least the namespaces that the selector matches. */
    private Stream<String> candidates(LabelSelector selector) {
        return selector
                .listed(Namespace.NAME_LABEL)
                .<Collection<String>>map(names -> names)
                .orElseGet(namespaces::keySet)
                .stream();
    }

    private Iterator<Endpoint.Pods> podsOf(Stream<String> names) {
        return Iterators.concat(Iterators.transform(names.iterator(), this::pods));
    }

    private Iterator<Endpoint.Pods> pods(String namespace) {
        Namespace known = namespaces.get(namespace);
        return known == null
                ? Collections.emptyIterator()
                : Iterators.transform(
                        Iterators.filter(known.pods().iterator(), pod -> !pod.hostNetwork()),
                        pod -> Endpoint.Pods.of(namespace, pod));
    }

    /** For every part into which the block cuts the addresses at least one, and what people take for outside if it is one of them. */
    private static Iterator<IpAddress> edges(IpBlock block) {
        Stream<IpAddress> edges = Stream.concat(
                Stream.of(block.cidr().network(), block.cidr().last()),
                block.except().stream()
                        .flatMap(except -> Stream.of(
                                except.network().previous(), except.last().next())));
        return Stream.concat(OUTSIDE.stream(), edges)
                .filter(block::contains)
                .distinct()
                .iterator();
    }
}
