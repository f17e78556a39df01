package dev.bulkhead.app.snapshot;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Idle;
import dev.bulkhead.core.compile.IntentOutcome;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.compile.Visibility;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What runs in each namespace, by every kind of object that makes pods, and who may see it. */
final class Populations implements Visibility {

    private final ImmutableSetMultimap<String, PodClass> running;
    private final Predicate<String> visible;

    Populations(Topology topology, Predicate<String> visible) {
        this.running =
                topology.pods().collect(ImmutableSetMultimap.toImmutableSetMultimap(Pod::namespace, Pod::traits));
        this.visible = visible;
    }

    @Override
    public boolean sees(String namespace) {
        return visible.test(namespace);
    }

    @Override
    public Collection<PodClass> runs(String namespace) {
        return running.get(namespace);
    }

    /**
     * What is idle as far as files tell. Where they hold no workload of a namespace, they say nothing of what runs there; where they
     * do, they also say which Services and owners are there.
     *
     * @param unknown namespaces of which they do not say all
     */
    ImmutableSortedMap<String, Compilation> judged(
            ImmutableSortedMap<String, Compilation> compilations, Set<String> unknown, MissingPeers missing) {
        Predicate<String> known = namespace -> running.containsKey(namespace) && !unknown.contains(namespace);
        return ImmutableSortedMap.copyOfSorted(Maps.transformValues(
                compilations,
                compilation -> new Compilation(
                        compilation.namespace(),
                        compilation.held(),
                        compilation.policies(),
                        ImmutableSortedMap.copyOfSorted(Maps.transformValues(
                                compilation.intents(), outcome -> judged(outcome, known, missing))),
                        compilation.dependencies())));
    }

    private IntentOutcome judged(IntentOutcome outcome, Predicate<String> known, MissingPeers missing) {
        return new IntentOutcome(
                outcome.workload(),
                outcome.rules().stream()
                        .map(state -> state.withIdle(state.idle()
                                .or(() -> missing(state, missing))
                                .filter(idle -> known.test(idle.namespace()))))
                        .collect(ImmutableList.toImmutableList()),
                outcome.policies());
    }

    /** What is missing in a rule's own namespace is in its message. */
    private Optional<Idle> missing(RuleOutcome state, MissingPeers missing) {
        boolean mayWait =
                state.state() == RuleOutcome.State.AWAITING_PEER || state.state() == RuleOutcome.State.OBSERVED;
        return mayWait
                ? missing.of(state.rule().peer(), state.rule().ports()).filter(idle -> visible.test(idle.namespace()))
                : Optional.empty();
    }
}
