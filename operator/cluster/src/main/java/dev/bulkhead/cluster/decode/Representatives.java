package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.WorkloadName;
import java.util.Map;
import java.util.TreeMap;

/** Pods that stand for a workload that has none yet: two, so that what its pods may do to each other can be asked too. */
final class Representatives {

    private static final int COUNT = 2;

    private Representatives() {}

    static ImmutableList<Pod> of(WorkloadName workload, PodClass template) {
        ImmutableList.Builder<Pod> pods = ImmutableList.builder();
        for (int i = 0; i < COUNT; i++) {
            pods.add(new Pod(
                    workload.namespace(),
                    workload.name() + "-" + i,
                    workload,
                    new PodClass(
                            labels(workload, template, i),
                            template.serviceAccount(),
                            template.ports(),
                            template.hostNetwork()),
                    ImmutableSortedSet.of()));
        }
        return pods.build();
    }

    /** With the labels that the controllers give their pods, as far as these can be foreseen. */
    private static ImmutableSortedMap<String, String> labels(WorkloadName workload, PodClass template, int ordinal) {
        Map<String, String> labels = new TreeMap<>(template.labels());
        if (workload.kind().equals("StatefulSet")) {
            labels.put("statefulset.kubernetes.io/pod-name", workload.name() + "-" + ordinal);
            labels.put("apps.kubernetes.io/pod-index", Integer.toString(ordinal));
        } else if (workload.kind().equals("Job")) {
            labels.put("batch.kubernetes.io/job-name", workload.name());
            labels.put("job-name", workload.name());
        }
        return ImmutableSortedMap.copyOf(labels);
    }
}
