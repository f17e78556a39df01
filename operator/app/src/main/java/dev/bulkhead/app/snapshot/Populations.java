package dev.bulkhead.app.snapshot;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.IntentOutcome;
import dev.bulkhead.core.compile.Sight;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;

/** What runs in each namespace, by every kind of object that makes pods, and who may see it. */
final class Populations implements Sight {

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
     * Files that hold no workload of a namespace say nothing of what runs there.
     *
     * @param unknown namespaces of which they do not say all
     */
    ImmutableSortedMap<String, Compilation> withoutGuesses(
            ImmutableSortedMap<String, Compilation> compilations, Set<String> unknown) {
        Predicate<String> known = namespace -> running.containsKey(namespace) && !unknown.contains(namespace);
        return ImmutableSortedMap.copyOfSorted(Maps.transformValues(
                compilations,
                compilation -> new Compilation(
                        compilation.namespace(),
                        compilation.held(),
                        compilation.policies(),
                        ImmutableSortedMap.copyOfSorted(
                                Maps.transformValues(compilation.intents(), outcome -> withoutGuesses(outcome, known))),
                        compilation.dependencies())));
    }

    private static IntentOutcome withoutGuesses(IntentOutcome outcome, Predicate<String> known) {
        return new IntentOutcome(
                outcome.workload(),
                outcome.rules().stream()
                        .map(state -> state.withIdle(state.idle().filter(idle -> known.test(idle.namespace()))))
                        .collect(ImmutableList.toImmutableList()),
                outcome.policies());
    }
}
