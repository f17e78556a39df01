package dev.bulkhead.cluster.decode;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Optional;

/** The kinds that make pods, and what these will look like. */
final class TemplateReader {

    private TemplateReader() {}

    /** Whether objects of this kind make pods. */
    static boolean makesPods(HasMetadata object) {
        return object instanceof Deployment
                || object instanceof StatefulSet
                || object instanceof DaemonSet
                || object instanceof ReplicaSet
                || object instanceof ReplicationController
                || object instanceof Job
                || object instanceof CronJob
                || object instanceof TemplatedWorkload;
    }

    /**
     * @param maker of a kind that makes pods
     * @throws UnreadableObjectException if it does not say what they look like
     */
    static PodTemplateSpec template(HasMetadata maker) {
        Optional<PodTemplateSpec> template = Optional.empty();
        if (maker instanceof Deployment deployment) {
            template = Optional.ofNullable(deployment.getSpec()).map(spec -> spec.getTemplate());
        } else if (maker instanceof StatefulSet statefulSet) {
            template = Optional.ofNullable(statefulSet.getSpec()).map(spec -> spec.getTemplate());
        } else if (maker instanceof DaemonSet daemonSet) {
            template = Optional.ofNullable(daemonSet.getSpec()).map(spec -> spec.getTemplate());
        } else if (maker instanceof ReplicaSet replicaSet) {
            template = Optional.ofNullable(replicaSet.getSpec()).map(spec -> spec.getTemplate());
        } else if (maker instanceof ReplicationController controller) {
            template = Optional.ofNullable(controller.getSpec()).map(spec -> spec.getTemplate());
        } else if (maker instanceof Job job) {
            template = Optional.ofNullable(job.getSpec()).map(spec -> spec.getTemplate());
        } else if (maker instanceof CronJob cronJob) {
            template = Optional.ofNullable(cronJob.getSpec())
                    .map(spec -> spec.getJobTemplate())
                    .map(job -> job.getSpec())
                    .map(spec -> spec.getTemplate());
        } else if (maker instanceof TemplatedWorkload templated) {
            template = Optional.ofNullable(templated.template());
        }
        String field = maker instanceof CronJob ? "spec.jobTemplate.spec.template" : "spec.template";
        return template.orElseThrow(() -> new UnreadableObjectException(field, "it is not there"));
    }
}
