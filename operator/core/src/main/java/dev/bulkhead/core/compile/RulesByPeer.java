package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import dev.bulkhead.core.world.LabelSelector.Label;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules whose peer is pods, to be found by the pods that they mean. */
final class RulesByPeer {

    private final ImmutableList<ResolvedRule> all;
    private final ImmutableList<ResolvedRule> undemanding;
    /** By a label's key, and the value that the peer must have of it. */
    private final Map<String, ListMultimap<String, ResolvedRule>> demanding = new HashMap<>();

    /** @param rules whose ends are both resolved */
    RulesByPeer(Collection<ResolvedRule> rules) {
        ImmutableList.Builder<ResolvedRule> others = ImmutableList.builder();
        for (ResolvedRule rule : rules) {
            Optional<Label> demanded =
                    rule.pods().orElseThrow().selection().selector().demanded();
            demanded.ifPresentOrElse(
                    label -> demanding
                            .computeIfAbsent(
                                    label.key(),
                                    key -> MultimapBuilder.hashKeys()
                                            .arrayListValues(/* expectedValuesPerKey= */ 1)
                                            .build())
                            .put(label.value(), rule),
                    () -> others.add(rule));
        }
        this.all = ImmutableList.copyOf(rules);
        this.undemanding = others.build();
    }

    ImmutableList<ResolvedRule> all() {
        return all;
    }

    /** Every rule that means some of these pods, and perhaps more; in no certain order. */
    Iterable<ResolvedRule> meaning(Selection pods) {
        List<Iterable<ResolvedRule>> parts = new ArrayList<>();
        parts.add(undemanding);
        demanding.forEach((key, byValue) -> parts.add(pods.selector()
                .demanded(key)
                .<Iterable<ResolvedRule>>map(byValue::get)
                .orElse(byValue.values())));
        return Iterables.concat(parts);
    }
}
