package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PodClass;
import java.util.HashSet;
import java.util.Set;

/**
 * Labels that the controllers of Kubernetes give to single pods, single runs and single revisions. As long as no selector
 * names one of them, a pod that differs from another one in them alone makes no difference to any policy. Not safe for use
 * by several threads.
 *
 * @see <a href="https://kubernetes.io/docs/reference/labels-annotations-taints/">Well-Known Labels, Annotations and Taints</a>
 */
final class PerPodLabels {

    private static final ImmutableSet<String> KEYS = ImmutableSet.of(
            "apps.kubernetes.io/pod-index",
            "batch.kubernetes.io/controller-uid",
            "batch.kubernetes.io/job-completion-index",
            "batch.kubernetes.io/job-name",
            "controller-revision-hash",
            "controller-uid",
            "job-name",
            "pod-template-generation",
            "pod-template-hash",
            "statefulset.kubernetes.io/pod-name");

    /** Also what a selector named that is gone by now: then a namespace is woken in vain. */
    private final Set<String> named = new HashSet<>();

    /** Takes note of what a selector of the cluster names, before the next pod is asked about. */
    void note(LabelSelector selector) {
        named.addAll(Sets.intersection(selector.requirements().keySet(), KEYS));
    }

    /** How many of the labels are named; grows alone, and what {@link #without} answered before is out of date then. */
    int named() {
        return named.size();
    }

    /** The same pods without the labels that nothing names. */
    PodClass without(PodClass pods) {
        ImmutableSortedMap<String, String> labels = pods.labels();
        if (Sets.difference(Sets.intersection(labels.keySet(), KEYS), named).isEmpty()) {
            return pods;
        }
        return new PodClass(
                ImmutableSortedMap.copyOf(Maps.filterKeys(labels, key -> !KEYS.contains(key) || named.contains(key))),
                pods.serviceAccount(),
                pods.ports(),
                pods.hostNetwork());
    }
}
