package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Maps;
import com.google.common.collect.MultimapBuilder;
import dev.bulkhead.core.world.Direction;

/** The resolved rules of one namespace, and those that stand a chance to meet a rule of a given other namespace. */
final class NamespaceRules {

    private static final RulesByPeer NONE = new RulesByPeer(ImmutableList.of());

    private record Towards(Direction direction, String namespace) {}

    private final ImmutableList<ResolvedRule> all;
    private final ImmutableMap<Towards, RulesByPeer> towards;

    NamespaceRules(ImmutableList<ResolvedRule> all) {
        this.all = all;
        ListMultimap<Towards, ResolvedRule> index =
                MultimapBuilder.hashKeys().arrayListValues().build();
        for (ResolvedRule rule : all) {
            rule.pods()
                    .ifPresent(pods -> pods.namespaces()
                            .forEach(namespace ->
                                    index.put(new Towards(rule.rule().direction(), namespace), rule)));
        }
        this.towards = ImmutableMap.copyOf(Maps.transformValues(index.asMap(), RulesByPeer::new));
    }

    ImmutableList<ResolvedRule> all() {
        return all;
    }

    /** The rules of a direction, both ends resolved, whose peer is pods of that namespace. */
    RulesByPeer towards(Direction direction, String namespace) {
        return towards.getOrDefault(new Towards(direction, namespace), NONE);
    }
}
