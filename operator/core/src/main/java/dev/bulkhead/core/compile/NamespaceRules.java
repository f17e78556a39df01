package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Maps;
import com.google.common.collect.MultimapBuilder;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.world.Direction;
import java.util.Set;

/** The resolved rules of one namespace, and those that stand a chance to meet a rule of a given other namespace. */
final class NamespaceRules {

    private static final RulesByPeer NONE = new RulesByPeer(ImmutableList.of());

    private record Towards(Direction direction, String namespace) {}

    private final ImmutableList<ResolvedRule> all;
    private final ImmutableMap<Towards, RulesByPeer> towards;
    private final ImmutableSet<Dependency> dependencies;
    private final ListMultimap<Towards, ImmutableSet<Dependency>> dependenciesTowards =
            MultimapBuilder.hashKeys().arrayListValues().build();
    /** Of rules that name a well-known peer, which may come to be in another namespace. */
    private final ListMultimap<Direction, ImmutableSet<Dependency>> dependenciesOfWellKnown =
            MultimapBuilder.enumKeys(Direction.class).arrayListValues().build();

    NamespaceRules(ImmutableList<Inputs.Recorded<ResolvedRule>> recorded) {
        this.all = recorded.stream().map(Inputs.Recorded::value).collect(ImmutableList.toImmutableList());
        this.dependencies =
                recorded.stream().flatMap(rule -> rule.dependencies().stream()).collect(ImmutableSet.toImmutableSet());
        ListMultimap<Towards, ResolvedRule> index =
                MultimapBuilder.hashKeys().arrayListValues().build();
        for (Inputs.Recorded<ResolvedRule> one : recorded) {
            ResolvedRule rule = one.value();
            Direction direction = rule.rule().direction();
            rule.pods()
                    .ifPresent(pods ->
                            pods.namespaces().forEach(namespace -> index.put(new Towards(direction, namespace), rule)));
            meant(rule)
                    .forEach(namespace ->
                            dependenciesTowards.put(new Towards(direction, namespace), one.dependencies()));
            if (rule.rule().peer().wellKnown().isPresent()) {
                dependenciesOfWellKnown.put(direction, one.dependencies());
            }
        }
        this.towards = ImmutableMap.copyOf(Maps.transformValues(index.asMap(), RulesByPeer::new));
    }

    /** The namespaces towards which the rule is, once both its ends resolve. */
    private static Set<String> meant(ResolvedRule rule) {
        Set<String> found = rule.peer()
                .found()
                .flatMap(ResolvedPeer::asPods)
                .<Set<String>>map(ResolvedPeer.Pods::namespaces)
                .orElse(ImmutableSet.of());
        return rule.rule().peer().fold(new Peer.Cases<>() {
            @Override
            public Set<String> workload(Peer.OfWorkload peer) {
                return ImmutableSet.of(peer.namespace());
            }

            @Override
            public Set<String> service(Peer.OfService peer) {
                return ImmutableSet.of(peer.namespace());
            }

            @Override
            public Set<String> namespace(Peer.OfNamespace peer) {
                return found;
            }

            @Override
            public Set<String> segment(Peer.OfSegment peer) {
                return found;
            }

            @Override
            public Set<String> network(Peer.OfNetwork peer) {
                return found;
            }

            @Override
            public Set<String> wellKnown(Peer.OfWellKnown peer) {
                return found;
            }
        });
    }

    ImmutableList<ResolvedRule> all() {
        return all;
    }

    /** What the rules depend on, apart from the intents that declare them. */
    ImmutableSet<Dependency> dependencies() {
        return dependencies;
    }

    /** The rules of a direction, both ends resolved, whose peer is pods of that namespace. */
    RulesByPeer towards(Direction direction, String namespace) {
        return towards.getOrDefault(new Towards(direction, namespace), NONE);
    }

    /** What these rules depend on, and those that may come to be among them. */
    Iterable<ImmutableSet<Dependency>> dependenciesTowards(Direction direction, String namespace) {
        return Iterables.concat(
                dependenciesTowards.get(new Towards(direction, namespace)), dependenciesOfWellKnown.get(direction));
    }
}
