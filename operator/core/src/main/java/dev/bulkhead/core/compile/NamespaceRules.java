package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import dev.bulkhead.core.world.Direction;

/** The resolved rules of one namespace, and those that stand a chance to meet a rule of a given other namespace. */
final class NamespaceRules {

    private record Towards(Direction direction, String namespace) {}

    private final ImmutableList<ResolvedRule> all;
    private final ImmutableListMultimap<Towards, ResolvedRule> towards;

    NamespaceRules(ImmutableList<ResolvedRule> all) {
        this.all = all;
        ImmutableListMultimap.Builder<Towards, ResolvedRule> index = ImmutableListMultimap.builder();
        for (ResolvedRule rule : all) {
            rule.pods()
                    .ifPresent(pods -> pods.namespaces()
                            .forEach(namespace ->
                                    index.put(new Towards(rule.rule().direction(), namespace), rule)));
        }
        this.towards = index.build();
    }

    ImmutableList<ResolvedRule> all() {
        return all;
    }

    /** The rules of a direction, both ends resolved, whose peer is pods of that namespace. */
    ImmutableList<ResolvedRule> towards(Direction direction, String namespace) {
        return towards.get(new Towards(direction, namespace));
    }
}
