package dev.bulkhead.app.endtoend;

import dev.bulkhead.app.rights.ConfinedOperator;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A cluster with our definitions and an operator, and words for what people do to it. */
final class Cluster implements AutoCloseable {

    static final String API = "bulkhead.dev/v1alpha1";
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ControlPlane controlPlane;
    private final KubernetesClient client;
    private ConfinedOperator operator;

    Cluster(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        client = controlPlane.client();
    }

    KubernetesClient client() {
        return client;
    }

    void installDefinitions() {
        for (String kind : List.of("accessintents", "guardrails", "segments", "wellknownpeers")) {
            client.load(Cluster.class.getResourceAsStream("/crds/bulkhead.dev_" + kind + ".yaml"))
                    .items()
                    .forEach(definition ->
                            client.resource(definition).forceConflicts().serverSideApply());
        }
        Await.until(
                "the definitions are served",
                PATIENCE,
                () -> isServed("AccessIntent")
                        && isServed("Guardrail")
                        && isServed("Segment")
                        && isServed("WellKnownPeers"));
    }

    private boolean isServed(String kind) {
        try {
            client.genericKubernetesResources(API, kind).inAnyNamespace().list();
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    void startOperator() {
        operator = ConfinedOperator.start(controlPlane);
    }

    /** Why the operator would not be called ready; empty when it is. */
    List<String> unready() {
        return operator.operator().unready();
    }

    void stopOperator() {
        operator.close();
    }

    @Override
    public void close() {
        if (operator != null) {
            operator.close();
        }
    }

    void namespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    void serviceAccount(String namespace, String name) {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** Pods labelled {@code app: name}, of the service account of that name, with the ports http (8080) and admin (9090). */
    Deployment deployment(String namespace, String name, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(name)
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/app:1")
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .endPort()
                .addNewPort()
                .withName("admin")
                .withContainerPort(9090)
                .endPort()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /** Has its service account, its Deployment and the pods of it. */
    void workload(String namespace, String name) {
        serviceAccount(namespace, name);
        client.resource(deployment(namespace, name, 1)).create();
        awaitPods(namespace, name);
    }

    void awaitPods(String namespace, String name) {
        Await.until(
                "a pod of " + namespace + "/" + name,
                PATIENCE,
                () -> !client.pods()
                        .inNamespace(namespace)
                        .withLabel("app", name)
                        .list()
                        .getItems()
                        .isEmpty());
    }

    /** A policy of somebody else's. */
    void foreignPolicy(String namespace) {
        client.resource(new NetworkPolicyBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("somebody-elses")
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

    /** What tells whether anybody wrote to the policies of others: uid and resourceVersion of each. */
    Set<String> foreignPolicies() {
        return client.network().v1().networkPolicies().inAnyNamespace().list().getItems().stream()
                .filter(policy -> policy.getMetadata().getName().equals("somebody-elses"))
                .map(policy -> policy.getMetadata().getNamespace() + " "
                        + policy.getMetadata().getUid() + " "
                        + policy.getMetadata().getResourceVersion())
                .collect(Collectors.toSet());
    }

    void segment(String name, List<String> namespaces, boolean ingress, boolean egress, String trustBoundary) {
        apply(
                "Segment",
                null,
                name,
                Map.of(
                        "namespaces",
                        namespaces,
                        "enforce",
                        Map.of("ingress", ingress, "egress", egress),
                        "trustBoundary",
                        trustBoundary));
    }

    void guardrail(String name, Map<String, Object> spec) {
        apply("Guardrail", null, name, spec);
    }

    void deleteGuardrail(String name) {
        client.genericKubernetesResources(API, "Guardrail").withName(name).delete();
    }

    void intent(String namespace, String name, Map<String, Object> spec) {
        apply("AccessIntent", namespace, name, spec);
    }

    void apply(String kind, String namespace, String name, Map<String, Object> spec) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(API);
        object.setKind(kind);
        object.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        object.setAdditionalProperty("spec", spec);
        client.resource(object).forceConflicts().serverSideApply();
    }

    void deleteIntent(String namespace, String name) {
        client.genericKubernetesResources(API, "AccessIntent")
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    void deleteSegment(String name) {
        client.genericKubernetesResources(API, "Segment").withName(name).delete();
    }

    /** What this intent asks of this workload of another namespace, on its pods' port 8080, or the other way round. */
    void asks(String direction, String namespace, String workload, String peerNamespace, String peer) {
        String end = direction.equals("outbound") ? "to" : "from";
        intent(
                namespace,
                workload + "-" + direction + "-" + peer,
                Map.of(
                        "workload",
                        Map.of("serviceAccount", workload),
                        direction,
                        List.of(Map.of(
                                end,
                                Map.of("workload", Map.of("namespace", peerNamespace, "serviceAccount", peer)),
                                "ports",
                                List.of(Map.of("port", 8080))))));
    }

    /** The states of an intent's rules, with their messages; empty until the operator has seen what the intent says now. */
    List<String> ruleStates(String namespace, String intent) {
        GenericKubernetesResource object = client.genericKubernetesResources(API, "AccessIntent")
                .inNamespace(namespace)
                .withName(intent)
                .get();
        Number observed = object.get("status", "observedGeneration");
        List<Map<String, Object>> rules = object.get("status", "rules");
        boolean current =
                observed != null && observed.longValue() == object.getMetadata().getGeneration();
        return current && rules != null
                ? rules.stream()
                        .map(rule -> rule.get("state") + ": " + rule.get("message"))
                        .toList()
                : List.of();
    }

    /** Of its condition Ready; empty while there is none. */
    String readyMessage(String namespace, String intent) {
        GenericKubernetesResource object = client.genericKubernetesResources(API, "AccessIntent")
                .inNamespace(namespace)
                .withName(intent)
                .get();
        List<Map<String, Object>> conditions = object.get("status", "conditions");
        return conditions == null
                ? ""
                : conditions.stream()
                        .filter(condition -> "Ready".equals(condition.get("type")))
                        .map(condition -> String.valueOf(condition.get("message")))
                        .collect(Collectors.joining());
    }

    void awaitRuleState(String namespace, String intent, String state) {
        Await.until(namespace + "/" + intent + " is " + state, PATIENCE, () -> {
            List<String> states = ruleStates(namespace, intent);
            return !states.isEmpty() && states.stream().allMatch(found -> found.startsWith(state + ":"));
        });
    }
}
