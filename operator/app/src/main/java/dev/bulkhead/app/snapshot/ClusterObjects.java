package dev.bulkhead.app.snapshot;

import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.Guardrail;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.api.v1alpha1.WellKnownPeers;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.connection.ApiFailure;
import dev.bulkhead.cluster.audit.OtherKind;
import dev.bulkhead.cluster.audit.OtherKinds;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Everything that a live cluster says about connections. Only reads, page by page; a list that fails stops all. */
final class ClusterObjects {

    private static final long PAGE = 500;
    /** Together they take about two seconds; somebody waits for the answer. */
    private static final int RETRIES = 4;

    private static final String NETWORKING = "networking.k8s.io/v1";
    private static final String ADMISSION = "admissionregistration.k8s.io/v1";
    private static final String OURS = "bulkhead.dev/v1alpha1";

    private final KubernetesClient client;
    private final Consumer<HasMetadata> each;

    private ClusterObjects(KubernetesClient client, Consumer<HasMetadata> each) {
        this.client = client;
        this.each = each;
    }

    /** @throws FailedException where the cluster cannot be read */
    static void read(Config connection, Consumer<HasMetadata> each) {
        Config impatient = new ConfigBuilder(connection)
                .withRequestRetryBackoffLimit(RETRIES)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(impatient).build()) {
            new ClusterObjects(client, each).readAll();
        }
    }

    private void readAll() {
        indispensable("v1", "namespaces", client.namespaces());
        indispensable("v1", "pods", client.pods().inAnyNamespace());
        list("v1", "nodes", client.nodes());
        list("v1", "services", client.services().inAnyNamespace());
        list("v1", "replicationcontrollers", client.replicationControllers().inAnyNamespace());
        list("apps/v1", "deployments", client.apps().deployments().inAnyNamespace());
        list("apps/v1", "replicasets", client.apps().replicaSets().inAnyNamespace());
        list("apps/v1", "statefulsets", client.apps().statefulSets().inAnyNamespace());
        list("apps/v1", "daemonsets", client.apps().daemonSets().inAnyNamespace());
        list("batch/v1", "jobs", client.batch().v1().jobs().inAnyNamespace());
        list("batch/v1", "cronjobs", client.batch().v1().cronjobs().inAnyNamespace());
        list(NETWORKING, "ingresses", client.network().v1().ingresses().inAnyNamespace());
        list(NETWORKING, "ingressclasses", client.network().v1().ingressClasses());
        indispensable(
                NETWORKING,
                "networkpolicies",
                client.network().v1().networkPolicies().inAnyNamespace());
        list(
                "discovery.k8s.io/v1",
                "endpointslices",
                client.discovery().v1().endpointSlices().inNamespace("default"));
        list(
                ADMISSION,
                "validatingadmissionpolicies",
                client.admissionRegistration().v1().validatingAdmissionPolicies());
        list(
                ADMISSION,
                "validatingadmissionpolicybindings",
                client.admissionRegistration().v1().validatingAdmissionPolicyBindings());
        list(
                ADMISSION,
                "mutatingadmissionpolicies",
                client.admissionRegistration().v1().mutatingAdmissionPolicies());
        list(
                ADMISSION,
                "mutatingadmissionpolicybindings",
                client.admissionRegistration().v1().mutatingAdmissionPolicyBindings());
        list(OURS, "segments", client.resources(Segment.class));
        list(OURS, "guardrails", client.resources(Guardrail.class));
        list(OURS, "wellknownpeers", client.resources(WellKnownPeers.class));
        list(OURS, "accessintents", client.resources(AccessIntent.class).inAnyNamespace());
        readOthers();
    }

    private void readOthers() {
        Map<String, OtherKind> others = new TreeMap<>();
        try {
            new OtherKinds(client).served().forEach(kind -> others.putIfAbsent(kind.name(), kind));
        } catch (KubernetesClientException e) {
            throw new FailedException(
                    "what kinds the cluster has cannot be found out: " + ApiFailure.reason(server(), e));
        }
        others.values().forEach(this::notJudged);
    }

    /** A kind of which one may not list the objects is an object itself: it may not be overlooked. */
    private void notJudged(OtherKind kind) {
        try {
            client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                            .withGroup(kind.group())
                            .withVersion(kind.version())
                            .withKind(kind.kind())
                            .withPlural(kind.plural())
                            .withNamespaced(kind.namespaced())
                            .build())
                    .inAnyNamespace()
                    .list()
                    .getItems()
                    .forEach(object -> {
                        object.setKind(kind.name());
                        each.accept(object);
                    });
        } catch (KubernetesClientException e) {
            GenericKubernetesResource unlisted = new GenericKubernetesResource();
            unlisted.setKind(kind.name());
            unlisted.setMetadata(
                    new ObjectMetaBuilder().withName("(cannot be listed)").build());
            each.accept(unlisted);
        }
    }

    /** Kinds that every API server has: one that answers "not found" is none, or has a wrong address. */
    private <T extends HasMetadata, L extends KubernetesResourceList<T>> void indispensable(
            String groupVersion, String plural, Listable<L> listable) {
        pages(groupVersion, plural, listable::list, true);
    }

    /** Kinds that an API server may do without: an older one, an aggregated one, or one without Bulkhead. */
    private <T extends HasMetadata, L extends KubernetesResourceList<T>> void list(
            String groupVersion, String plural, Listable<L> listable) {
        pages(groupVersion, plural, listable::list, false);
    }

    private <T extends HasMetadata, L extends KubernetesResourceList<T>> void pages(
            String groupVersion, String plural, Function<ListOptions, L> list, boolean indispensable) {
        String next = null;
        do {
            L page;
            try {
                page = list.apply(new ListOptionsBuilder()
                        .withLimit(PAGE)
                        .withContinue(next)
                        .build());
            } catch (KubernetesClientException e) {
                if (!indispensable
                        && e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                        && !isServed(groupVersion, plural)) {
                    return;
                }
                String what = plural + (groupVersion.equals(OURS) ? ".bulkhead.dev" : "");
                throw new FailedException(List.of(
                        "the cluster's " + what + " cannot be listed: " + ApiFailure.reason(server(), e),
                        "check the current context of the kubeconfig, and that it may list " + what
                                + " in all namespaces"));
            }
            page.getItems().forEach(each);
            next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
    }

    /** Asks again, elsewhere: what is only not found this time is not empty. */
    private boolean isServed(String groupVersion, String plural) {
        try {
            APIResourceList served = client.getApiResources(groupVersion);
            return served != null
                    && served.getResources().stream()
                            .anyMatch(resource -> resource.getName().equals(plural));
        } catch (KubernetesClientException e) {
            return true;
        }
    }

    private String server() {
        return client.getMasterUrl().toString();
    }
}
