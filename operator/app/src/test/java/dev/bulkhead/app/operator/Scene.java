package dev.bulkhead.app.operator;

import dev.bulkhead.app.rights.ConfinedOperator;
import dev.bulkhead.cluster.Operator;
import dev.bulkhead.testkit.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A cluster with our definitions, an operator, and words to declare things with. */
final class Scene implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String API = "bulkhead.dev/v1alpha1";

    private final ControlPlane controlPlane;
    private final KubernetesClient client;
    private final int number = NUMBER.incrementAndGet();
    private final List<HasMetadata> made = new ArrayList<>();
    private ConfinedOperator operator;

    Scene(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        client = controlPlane.client();
    }

    KubernetesClient client() {
        return client;
    }

    Operator operator() {
        return operator.operator();
    }

    void installDefinitions() {
        for (String kind : List.of("accessintents", "guardrails", "segments", "wellknownpeers")) {
            client.load(Scene.class.getResourceAsStream("/crds/bulkhead.dev_" + kind + ".yaml"))
                    .items()
                    .forEach(definition ->
                            client.resource(definition).forceConflicts().serverSideApply());
        }
        await("the definitions are served", () -> {
            try {
                client.genericKubernetesResources(API, "AccessIntent")
                        .inAnyNamespace()
                        .list();
                client.genericKubernetesResources(API, "Guardrail").list();
                client.genericKubernetesResources(API, "Segment").list();
                return true;
            } catch (RuntimeException e) {
                return false;
            }
        });
    }

    void startOperator() {
        operator = ConfinedOperator.start(controlPlane);
    }

    void restartOperator() {
        operator.close();
        startOperator();
    }

    @Override
    public void close() {
        if (operator != null) {
            operator.close();
        }
        made.forEach(object -> client.resource(object).delete());
    }

    String namespace(String name) {
        String unique = name + "-" + number;
        make(new NamespaceBuilder()
                .withNewMetadata()
                .withName(unique)
                .endMetadata()
                .build());
        return unique;
    }

    /** Pods need one, and a controller makes it. */
    void awaitDefaultAccount(String namespace) {
        await(
                "the default account of " + namespace,
                () -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
    }

    /** @return its name in full */
    String segment(String name, List<String> namespaces, boolean enforce) {
        String unique = name + "-" + number;
        apply(
                "Segment",
                null,
                unique,
                Map.of("namespaces", namespaces, "enforce", Map.of("ingress", enforce, "egress", enforce)));
        return unique;
    }

    void deleteSegment(String name) {
        client.genericKubernetesResources(API, "Segment").withName(name).delete();
    }

    String segmentReadyReason(String name) {
        return readyReason(
                client.genericKubernetesResources(API, "Segment").withName(name).get());
    }

    void deleteDefinitions() {
        for (String kind : List.of("accessintents", "guardrails", "segments", "wellknownpeers")) {
            client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(kind + ".bulkhead.dev")
                    .delete();
        }
    }

    void deployment(String namespace, String name, int replicas) {
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewSelector()
                        .withMatchLabels(Map.of("app", name))
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(Map.of("app", name))
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("registry.example/app:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        awaitPods(namespace, name, replicas);
    }

    void scale(String namespace, String name, int replicas) {
        client.apps().deployments().inNamespace(namespace).withName(name).scale(replicas);
        awaitPods(namespace, name, replicas);
    }

    private void awaitPods(String namespace, String name, int replicas) {
        await(
                replicas + " pods of " + name,
                () -> client.pods().inNamespace(namespace).withLabel("app", name).list().getItems().stream()
                                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                                .count()
                        == replicas);
    }

    /** {@code workload} and {@code peer} are names of Deployments. */
    void outbound(String namespace, String name, String workload, String peerNamespace, String peer, int port) {
        Map<String, Object> rule = Map.of(
                "to",
                Map.of("workload", Map.of("namespace", peerNamespace, "owner", deploymentNamed(peer))),
                "ports",
                List.of(Map.of("port", port)));
        intent(namespace, name, Map.of("workload", subject(workload), "outbound", List.of(rule)));
    }

    void inbound(String namespace, String name, String workload, String peerNamespace, String peer, int port) {
        Map<String, Object> rule = Map.of(
                "from",
                Map.of("workload", Map.of("namespace", peerNamespace, "owner", deploymentNamed(peer))),
                "ports",
                List.of(Map.of("port", port)));
        intent(namespace, name, Map.of("workload", subject(workload), "inbound", List.of(rule)));
    }

    void intent(String namespace, String name, Map<String, Object> spec) {
        apply("AccessIntent", namespace, name, spec);
    }

    private static Map<String, Object> subject(String deployment) {
        return Map.of("owner", deploymentNamed(deployment));
    }

    private static Map<String, Object> deploymentNamed(String name) {
        return Map.of("kind", "Deployment", "name", name);
    }

    void delete(String namespace, String intent) {
        client.genericKubernetesResources(API, "AccessIntent")
                .inNamespace(namespace)
                .withName(intent)
                .delete();
    }

    NetworkPolicy foreignPolicy(String namespace, String name) {
        return client.resource(new NetworkPolicyBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withNewPodSelector()
                        .addToMatchLabels("app", "somebody-elses")
                        .endPodSelector()
                        .withPolicyTypes("Ingress")
                        .endSpec()
                        .build())
                .create();
    }

    List<NetworkPolicy> policies(String namespace) {
        return client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    Optional<NetworkPolicy> find(String namespace, String name) {
        return Optional.ofNullable(client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    NetworkPolicy policy(String namespace, String name) {
        return find(namespace, name).orElseThrow(() -> new AssertionError("no policy " + namespace + "/" + name));
    }

    /** The reasons of the Events of a namespace. */
    Set<String> events(String namespace) {
        return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .map(Event::getReason)
                .collect(Collectors.toSet());
    }

    String readyReason(String namespace, String intent) {
        return readyReason(object(namespace, intent));
    }

    private static String readyReason(GenericKubernetesResource object) {
        List<Map<String, String>> conditions = object.get("status", "conditions");
        return Optional.ofNullable(conditions).orElse(List.of()).stream()
                .filter(condition -> condition.get("type").equals("Ready"))
                .map(condition -> condition.get("reason"))
                .findFirst()
                .orElse("");
    }

    /** Waits until nothing is allowed in a namespace but what was declared. */
    void awaitClosed(String namespace) {
        await(
                "the baseline of " + namespace + " is closed",
                () -> find(namespace, "bulkhead-baseline")
                        .filter(found -> found.getSpec().getEgress().isEmpty())
                        .isPresent());
    }

    void awaitRuleState(String namespace, String intent, String state) {
        await(
                namespace + "/" + intent + " is " + state,
                () -> statusList(namespace, intent, "rules").stream()
                                .allMatch(rule -> rule.get("state").equals(state))
                        && isObserved(namespace, intent));
    }

    private boolean isObserved(String namespace, String intent) {
        GenericKubernetesResource object = object(namespace, intent);
        Number observed = object.get("status", "observedGeneration");
        return observed != null && observed.longValue() == object.getMetadata().getGeneration();
    }

    private List<Map<String, String>> statusList(String namespace, String intent, String member) {
        List<Map<String, String>> list = object(namespace, intent).get("status", member);
        return list == null ? List.of() : list;
    }

    private GenericKubernetesResource object(String namespace, String intent) {
        return client.genericKubernetesResources(API, "AccessIntent")
                .inNamespace(namespace)
                .withName(intent)
                .get();
    }

    private void apply(String kind, String namespace, String name, Map<String, Object> spec) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(API);
        object.setKind(kind);
        object.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        object.setAdditionalProperty("spec", spec);
        client.resource(object).forceConflicts().serverSideApply();
        if (namespace == null) {
            made.add(0, object);
        }
    }

    private void make(HasMetadata object) {
        client.resource(object).create();
        made.add(object);
    }

    void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("waited " + PATIENCE.toSeconds() + " s in vain: " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting: " + what, e);
            }
        }
    }
}
