package dev.bulkhead.app.snapshot;

import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.Guardrail;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.api.v1alpha1.WellKnownPeers;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.cluster.audit.OtherKind;
import dev.bulkhead.cluster.audit.OtherKinds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
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

    private final KubernetesClient client;
    private final Consumer<HasMetadata> each;

    private ClusterObjects(KubernetesClient client, Consumer<HasMetadata> each) {
        this.client = client;
        this.each = each;
    }

    /** @throws FailedException where the cluster cannot be read */
    static void read(Config connection, Consumer<HasMetadata> each) {
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(connection).build()) {
            new ClusterObjects(client, each).readAll();
        }
    }

    private void readAll() {
        list("namespaces", client.namespaces());
        list("nodes", client.nodes());
        list("pods", client.pods().inAnyNamespace());
        list("services", client.services().inAnyNamespace());
        list("replicationcontrollers", client.replicationControllers().inAnyNamespace());
        list("deployments", client.apps().deployments().inAnyNamespace());
        list("replicasets", client.apps().replicaSets().inAnyNamespace());
        list("statefulsets", client.apps().statefulSets().inAnyNamespace());
        list("daemonsets", client.apps().daemonSets().inAnyNamespace());
        list("jobs", client.batch().v1().jobs().inAnyNamespace());
        list("cronjobs", client.batch().v1().cronjobs().inAnyNamespace());
        list("ingresses", client.network().v1().ingresses().inAnyNamespace());
        list("ingressclasses", client.network().v1().ingressClasses());
        list("networkpolicies", client.network().v1().networkPolicies().inAnyNamespace());
        list("endpointslices", client.discovery().v1().endpointSlices().inNamespace("default"));
        optional(
                "validatingadmissionpolicies",
                client.admissionRegistration().v1().validatingAdmissionPolicies());
        optional(
                "validatingadmissionpolicybindings",
                client.admissionRegistration().v1().validatingAdmissionPolicyBindings());
        optional(
                "mutatingadmissionpolicies", client.admissionRegistration().v1().mutatingAdmissionPolicies());
        optional(
                "mutatingadmissionpolicybindings",
                client.admissionRegistration().v1().mutatingAdmissionPolicyBindings());
        optional("segments.bulkhead.dev", client.resources(Segment.class));
        optional("guardrails.bulkhead.dev", client.resources(Guardrail.class));
        optional("wellknownpeers.bulkhead.dev", client.resources(WellKnownPeers.class));
        optional(
                "accessintents.bulkhead.dev",
                client.resources(AccessIntent.class).inAnyNamespace());
        Map<String, OtherKind> others = new TreeMap<>();
        new OtherKinds(client).served().forEach(kind -> others.putIfAbsent(kind.name(), kind));
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

    private <T extends HasMetadata, L extends KubernetesResourceList<T>> void list(String what, Listable<L> listable) {
        pages(what, listable::list, false);
    }

    /** Kinds that an older API server, or one without Bulkhead, does not know. */
    private <T extends HasMetadata, L extends KubernetesResourceList<T>> void optional(
            String what, Listable<L> listable) {
        pages(what, listable::list, true);
    }

    private <T extends HasMetadata, L extends KubernetesResourceList<T>> void pages(
            String what, Function<ListOptions, L> list, boolean optional) {
        String next = null;
        do {
            L page;
            try {
                page = list.apply(new ListOptionsBuilder()
                        .withLimit(PAGE)
                        .withContinue(next)
                        .build());
            } catch (KubernetesClientException e) {
                if (optional && e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                    return;
                }
                throw new FailedException(List.of(
                        "the cluster's " + what + " cannot be listed: "
                                + String.valueOf(e.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse(""),
                        "check the current context of the kubeconfig, and that it may list " + what
                                + " in all namespaces"));
            }
            page.getItems().forEach(each);
            next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
    }
}
