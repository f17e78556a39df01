package dev.bulkhead.app.manifest;

import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;

/** The kinds that make pods. */
final class WorkloadDecoder {

    private WorkloadDecoder() {}

    static Deployment deployment(Fields object) {
        Deployment decoded = new Deployment();
        decoded.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        decoded.setSpec(object.part("spec", spec -> {
            DeploymentSpec made = new DeploymentSpec();
            made.setReplicas(spec.number("replicas"));
            made.setSelector(spec.part("selector", MetadataDecoder::selector));
            made.setTemplate(spec.part("template", PodDecoder::template));
            return made;
        }));
        return decoded;
    }

    static StatefulSet statefulSet(Fields object) {
        StatefulSet decoded = new StatefulSet();
        decoded.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        decoded.setSpec(object.part("spec", spec -> {
            StatefulSetSpec made = new StatefulSetSpec();
            made.setReplicas(spec.number("replicas"));
            made.setSelector(spec.part("selector", MetadataDecoder::selector));
            made.setTemplate(spec.part("template", PodDecoder::template));
            return made;
        }));
        return decoded;
    }

    static DaemonSet daemonSet(Fields object) {
        DaemonSet decoded = new DaemonSet();
        decoded.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        decoded.setSpec(object.part("spec", spec -> {
            DaemonSetSpec made = new DaemonSetSpec();
            made.setSelector(spec.part("selector", MetadataDecoder::selector));
            made.setTemplate(spec.part("template", PodDecoder::template));
            return made;
        }));
        return decoded;
    }

    static ReplicaSet replicaSet(Fields object) {
        ReplicaSet decoded = new ReplicaSet();
        decoded.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        decoded.setSpec(object.part("spec", spec -> {
            ReplicaSetSpec made = new ReplicaSetSpec();
            made.setReplicas(spec.number("replicas"));
            made.setTemplate(spec.part("template", PodDecoder::template));
            return made;
        }));
        return decoded;
    }

    static ReplicationController replicationController(Fields object) {
        ReplicationController decoded = new ReplicationController();
        decoded.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        decoded.setSpec(object.part("spec", spec -> {
            ReplicationControllerSpec made = new ReplicationControllerSpec();
            made.setReplicas(spec.number("replicas"));
            made.setTemplate(spec.part("template", PodDecoder::template));
            return made;
        }));
        return decoded;
    }

    static Job job(Fields object) {
        Job decoded = new Job();
        decoded.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        decoded.setSpec(object.part("spec", WorkloadDecoder::jobSpec));
        return decoded;
    }

    static CronJob cronJob(Fields object) {
        CronJob decoded = new CronJob();
        decoded.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        decoded.setSpec(object.part("spec", spec -> {
            CronJobSpec made = new CronJobSpec();
            made.setJobTemplate(spec.part("jobTemplate", template -> {
                JobTemplateSpec job = new JobTemplateSpec();
                job.setSpec(template.part("spec", WorkloadDecoder::jobSpec));
                return job;
            }));
            return made;
        }));
        return decoded;
    }

    private static JobSpec jobSpec(Fields spec) {
        JobSpec made = new JobSpec();
        made.setTemplate(spec.part("template", PodDecoder::template));
        return made;
    }
}
