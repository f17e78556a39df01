package dev.bulkhead.cluster.decode;

import dev.bulkhead.core.world.Workload;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

/** The kinds that have a pod selector of their own. */
public final class WorkloadReader {

    private final PodReader pods;

    public WorkloadReader(PodReader pods) {
        this.pods = pods;
    }

    public Workload read(Deployment deployment) {
        return deployment.getSpec() == null
                ? withoutSpec()
                : read(
                        deployment,
                        deployment.getSpec().getSelector(),
                        deployment.getSpec().getTemplate());
    }

    public Workload read(StatefulSet statefulSet) {
        return statefulSet.getSpec() == null
                ? withoutSpec()
                : read(
                        statefulSet,
                        statefulSet.getSpec().getSelector(),
                        statefulSet.getSpec().getTemplate());
    }

    public Workload read(DaemonSet daemonSet) {
        return daemonSet.getSpec() == null
                ? withoutSpec()
                : read(
                        daemonSet,
                        daemonSet.getSpec().getSelector(),
                        daemonSet.getSpec().getTemplate());
    }

    private static Workload withoutSpec() {
        throw new UnreadableObjectException("spec", "it is not there");
    }

    private Workload read(HasMetadata object, LabelSelector selector, PodTemplateSpec template) {
        if (selector == null) {
            throw new UnreadableObjectException("spec.selector", "it is not there");
        }
        if (template == null) {
            throw new UnreadableObjectException("spec.template", "it is not there");
        }
        return new Workload(
                new Workload.Key(object.getKind(), object.getMetadata().getName()),
                SelectorReader.read(selector, "spec.selector"),
                pods.read(template));
    }
}
