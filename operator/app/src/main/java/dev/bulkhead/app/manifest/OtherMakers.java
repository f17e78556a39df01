package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import dev.bulkhead.cluster.decode.TemplatedWorkload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Kinds by others that make pods. Nothing is known of them but that most have a template in {@code spec.template}, as a
 * Deployment has; what has one elsewhere is told apart from what makes no pods.
 */
final class OtherMakers {

    /** As deep as templates of other kinds stand, and deeper than any template of a pod. */
    private static final int DEPTH = 16;

    private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");

    /** Where groups of Kubernetes itself end; a group of anybody else has a dot. */
    private static final String OF_KUBERNETES = ".k8s.io";

    /** Their rules show what others' pods should look like. */
    private static final ImmutableSet<String> PATTERNS = ImmutableSet.of("kyverno.io", "gatekeeper.sh");

    /** What makes pods whose containers do not show: these are made up by a program that knows the kind. */
    private static final ImmutableSetMultimap<String, String> WITHOUT_CONTAINERS =
            ImmutableSetMultimap.<String, String>builder()
                    .putAll("argoproj.io", "Workflow", "CronWorkflow")
                    .putAll("elasticsearch.k8s.elastic.co", "Elasticsearch")
                    .putAll("helm.toolkit.fluxcd.io", "HelmRelease")
                    .putAll("kafka.strimzi.io", "Kafka", "KafkaBridge", "KafkaConnect", "KafkaMirrorMaker2")
                    .putAll("kibana.k8s.elastic.co", "Kibana")
                    .putAll("kubevirt.io", "VirtualMachine", "VirtualMachineInstance")
                    .putAll("monitoring.coreos.com", "Alertmanager", "Prometheus", "PrometheusAgent", "ThanosRuler")
                    .putAll("postgresql.cnpg.io", "Cluster", "Pooler")
                    .putAll("sparkoperator.k8s.io", "ScheduledSparkApplication", "SparkApplication")
                    .putAll("tekton.dev", "PipelineRun", "TaskRun")
                    .build();

    private static final String KNATIVE = "serving.knative.dev";

    private OtherMakers() {}

    /** Empty for what makes no pods, as far as can be seen. */
    static Optional<HasMetadata> decode(Tree.Mapping tree, String apiVersion, String group, String kind) {
        if (WITHOUT_CONTAINERS.containsEntry(group, kind)) {
            return Optional.of(unread(tree, group, kind));
        }
        if (!mayMakePods(group, kind)) {
            return Optional.empty();
        }
        String name = KubernetesKinds.isName(kind) || OwnKinds.isName(kind) ? kind + "." + group : kind;
        Optional<Tree> containers = tree.mapping("spec")
                .flatMap(spec -> spec.mapping("template"))
                .flatMap(template -> template.mapping("spec"))
                .flatMap(spec -> spec.get("containers"))
                .filter(Tree.Sequence.class::isInstance);
        if (containers.isPresent()) {
            return Optional.of(templated(tree, apiVersion, group, name));
        }
        return tree.get("spec").filter(spec -> holdsContainers(spec, DEPTH)).isPresent()
                ? Optional.of(unread(tree, group, kind))
                : Optional.empty();
    }

    private static boolean mayMakePods(String group, String kind) {
        return group.contains(".")
                && NameSyntax.SUBDOMAIN.fits(group)
                && KIND.matcher(kind).matches()
                && !group.endsWith(OF_KUBERNETES)
                && PATTERNS.stream().noneMatch(other -> group.equals(other) || group.endsWith("." + other));
    }

    /** What the API server makes of its fields is not known, so what does not fit is no mistake of whoever wrote it. */
    private static HasMetadata templated(Tree.Mapping tree, String apiVersion, String group, String name) {
        List<Flaw> flaws = new ArrayList<>();
        Fields object = new Fields(tree, flaws::add);
        PodTemplateSpec template = object.fields("spec").part("template", PodDecoder::template);
        TemplatedWorkload workload =
                new TemplatedWorkload(apiVersion, name, MetadataDecoder.metadata(object.fields("metadata")), template);
        if (!flaws.isEmpty()) {
            return unread(tree, group, name);
        }
        // Where its own containers declare none, nothing is known of the ports, and stays so.
        boolean declaresPorts = template.getSpec().getContainers().stream()
                .anyMatch(container ->
                        container.getPorts() != null && !container.getPorts().isEmpty());
        if (group.equals(KNATIVE) && declaresPorts) {
            template.getSpec().getContainers().add(queueProxy());
        }
        return workload;
    }

    private static UnreadMaker unread(Tree.Mapping tree, String group, String kind) {
        String name = kind.endsWith("." + group) ? kind : kind + "." + group;
        return new UnreadMaker(name, MetadataDecoder.metadata(new Fields(tree, flaw -> {}).fields("metadata")));
    }

    /** Knative puts it into each pod, in front of the container that the template names. */
    private static Container queueProxy() {
        Container proxy = new Container();
        proxy.setName("queue-proxy");
        proxy.setPorts(List.of(
                port("http-queueadm", 8022),
                port("http-autometric", 9090),
                port("http-usermetric", 9091),
                port("queue-port", 8012),
                port("http2-port", 8013),
                port("https-port", 8112)));
        return proxy;
    }

    private static ContainerPort port(String name, int number) {
        ContainerPort port = new ContainerPort();
        port.setName(name);
        port.setContainerPort(number);
        return port;
    }

    private static boolean holdsContainers(Tree tree, int depth) {
        if (depth == 0) {
            return false;
        }
        if (tree instanceof Tree.Sequence sequence) {
            return sequence.items().stream().anyMatch(item -> holdsContainers(item, depth - 1));
        }
        return tree instanceof Tree.Mapping mapping
                && mapping.entries().stream()
                        .anyMatch(entry -> (entry.name().equals("containers") && hasImages(entry.value()))
                                || holdsContainers(entry.value(), depth - 1));
    }

    private static boolean hasImages(Tree tree) {
        return tree instanceof Tree.Sequence sequence
                && sequence.items().stream()
                        .anyMatch(item -> item instanceof Tree.Mapping mapping
                                && mapping.text("image").isPresent());
    }
}
