package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Workload;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which pods of one namespace a selection selects: of those that live, and those that the workloads there would give
 * birth to. Selections are many and ask again and again: each is looked up once, and by a label rather than pod by pod.
 * For one thread.
 */
final class SelectedPods {

    private final ImmutableList<PodClass> all;
    private final Map<String, ImmutableListMultimap<String, PodClass>> byLabel = new HashMap<>();
    private final Map<LabelSelector, ImmutableList<PodClass>> selected = new HashMap<>();

    SelectedPods(Namespace namespace) {
        this.all = ImmutableList.<PodClass>builder()
                .addAll(namespace.pods())
                .addAll(namespace.workloads().values().stream()
                        .map(Workload::newborn)
                        .iterator())
                .build();
    }

    ImmutableList<PodClass> by(Selection selection) {
        return selected.computeIfAbsent(selection.selector(), this::find);
    }

    private ImmutableList<PodClass> find(LabelSelector selector) {
        Optional<LabelSelector.Label> demanded = selector.demanded();
        ImmutableList<PodClass> candidates = demanded.isPresent()
                ? byLabel.computeIfAbsent(demanded.get().key(), this::index)
                        .get(demanded.get().value())
                : all;
        return candidates.stream()
                .filter(pod -> selector.matches(pod.labels()))
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableListMultimap<String, PodClass> index(String key) {
        return all.stream()
                .filter(pod -> pod.labels().containsKey(key))
                .collect(ImmutableListMultimap.toImmutableListMultimap(
                        pod -> pod.labels().get(key), pod -> pod));
    }
}
