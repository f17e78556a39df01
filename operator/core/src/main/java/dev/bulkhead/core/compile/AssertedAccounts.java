package dev.bulkhead.core.compile;

import com.google.common.collect.Maps;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Requirement;
import dev.bulkhead.core.world.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What stands for a service account where no stamp can: the own selectors of the workloads that run under it. Asserted;
 * and only where they select nobody else's pods.
 */
final class AssertedAccounts {

    private AssertedAccounts() {}

    /** The selector, or why there is none. */
    static Resolution<LabelSelector> resolve(Namespace namespace, String account) {
        List<LabelSelector> selectors = namespace.workloads().values().stream()
                .filter(workload -> workload.template().serviceAccount().equals(account))
                .map(Workload::selector)
                .distinct()
                .toList();
        if (selectors.isEmpty()) {
            return failed("no Deployment, StatefulSet or DaemonSet runs under it, whose labels could stand for it");
        }
        Optional<LabelSelector> united = united(selectors);
        if (united.isEmpty()) {
            return failed("the labels of the workloads that run under it cannot be said as one selector");
        }
        boolean strangers = Stream.concat(
                        namespace.pods().stream(),
                        namespace.workloads().values().stream().map(Workload::template))
                .anyMatch(pod ->
                        !pod.serviceAccount().equals(account) && united.get().matches(pod.labels()));
        return strangers
                ? failed("pods of another service account carry the labels of the workloads that run under it")
                : new Resolution.Found<>(united.get());
    }

    private static Resolution<LabelSelector> failed(String why) {
        return new Resolution.Failed<>(RuleOutcome.State.UNRESOLVED, why);
    }

    /** Exactly what any of them selects, where they differ in the values of one label at most. */
    private static Optional<LabelSelector> united(List<LabelSelector> selectors) {
        Set<String> differing = new TreeSet<>();
        for (LabelSelector selector : selectors) {
            differing.addAll(
                    Maps.difference(selector.requirements(), selectors.get(0).requirements())
                            .entriesDiffering()
                            .keySet());
            if (!selector.requirements()
                    .keySet()
                    .equals(selectors.get(0).requirements().keySet())) {
                return Optional.empty();
            }
        }
        if (differing.isEmpty()) {
            return Optional.of(selectors.get(0));
        }
        String key = differing.iterator().next();
        List<Requirement> alternatives = selectors.stream()
                .map(selector -> selector.requirements().get(key))
                .toList();
        if (differing.size() > 1 || alternatives.stream().anyMatch(AssertedAccounts::isOpenEnded)) {
            return Optional.empty();
        }
        Set<String> values = new TreeSet<>();
        alternatives.forEach(alternative -> values.addAll(alternative.values()));
        LabelSelector common = LabelSelector.everything();
        for (Map.Entry<String, Requirement> requirement :
                selectors.get(0).requirements().entrySet()) {
            common = common.and(
                    requirement.getKey(),
                    requirement.getKey().equals(key) ? Requirement.in(values) : requirement.getValue());
        }
        return Optional.of(common);
    }

    private static boolean isOpenEnded(Requirement requirement) {
        return requirement.absent() || requirement.complement();
    }
}
