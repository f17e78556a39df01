package dev.bulkhead.app.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.app.endtoend.Observation;
import dev.bulkhead.app.rights.ConfinedOperator;
import dev.bulkhead.cluster.Operator;
import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.chart.ChartAccount;
import dev.bulkhead.testkit.faults.FaultProxy;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A cluster, an operator that reaches its API server through a {@link FaultProxy} only, and somebody who declares things,
 * looks on and judges without it. Pods are objects that nobody runs: that is all that policies are about.
 */
final class FaultyTown implements AutoCloseable {

    static final String API = "bulkhead.dev/v1alpha1";
    static final String BASELINE = "bulkhead-baseline";
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> KINDS = List.of("accessintents", "guardrails", "segments", "wellknownpeers");
    private static final List<String> APPS = List.of("web", "api", "db");
    private static final List<Integer> PORTS = List.of(8080, 9090);

    private final ControlPlane controlPlane;
    private final KubernetesClient client;
    private final FaultProxy proxy;
    private final List<NaiveJudge.End> ends = new ArrayList<>();
    private final Set<String> segments = new LinkedHashSet<>();
    private ConfinedOperator operator;

    FaultyTown(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        client = controlPlane.client();
        proxy = FaultProxy.before(controlPlane.configuration());
        ends.add(NaiveJudge.End.outside("203.0.113.7"));
        ends.add(NaiveJudge.End.outside("198.51.100.7"));
    }

    /** Once for a control plane. */
    static void prepare(ControlPlane controlPlane) {
        KubernetesClient client = controlPlane.client();
        KINDS.forEach(kind -> installDefinition(client, kind));
        ChartAccount.ofOperator(controlPlane).create();
    }

    static void installDefinition(KubernetesClient client, String plural) {
        client.load(FaultyTown.class.getResourceAsStream("/crds/bulkhead.dev_" + plural + ".yaml"))
                .items()
                .forEach(definition ->
                        client.resource(definition).forceConflicts().serverSideApply());
        Await.until(plural + " are served", PATIENCE, () -> {
            try {
                client.raw("/apis/" + API + "/" + plural);
                return true;
            } catch (KubernetesClientException e) {
                return false;
            }
        });
    }

    /** Deletes all objects of the kind, too. */
    void removeDefinition(String plural) {
        String name = plural + ".bulkhead.dev";
        client.apiextensions().v1().customResourceDefinitions().withName(name).delete();
        await(
                name + " is gone",
                () -> client.apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .withName(name)
                                .get()
                        == null);
    }

    KubernetesClient client() {
        return client;
    }

    FaultProxy proxy() {
        return proxy;
    }

    Operator operator() {
        return operator.operator();
    }

    void startOperator() {
        startOperator(OperatorSettings.alone());
    }

    void startOperator(OperatorSettings settings) {
        startOperator(settings, proxy::configuration);
    }

    /** @param route how whoever would connect directly connects */
    void startOperator(OperatorSettings settings, UnaryOperator<Config> route) {
        operator = ConfinedOperator.startBehind(
                route.apply(ChartAccount.ofOperator(controlPlane).configuration()), settings);
    }

    void stopOperator() {
        operator.close();
    }

    /** With the pods web, api and db, labelled {@code app: name}. */
    void namespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        for (String app : APPS) {
            client.resource(new PodBuilder()
                            .withNewMetadata()
                            .withNamespace(name)
                            .withName(app)
                            .addToLabels("app", app)
                            .endMetadata()
                            .withNewSpec()
                            .addNewContainer()
                            .withName("main")
                            .withImage("registry.example/app:1")
                            .endContainer()
                            .endSpec()
                            .build())
                    .create();
            ends.add(NaiveJudge.End.pod(name, Map.of("app", app)));
        }
    }

    /** Enforces both directions. */
    void enrol(String segment, String... namespaces) {
        segment(segment, true, true, List.of(namespaces));
    }

    void segment(String segment, boolean ingress, boolean egress, List<String> namespaces) {
        segments.add(segment);
        apply(
                "Segment",
                null,
                segment,
                Map.of("namespaces", namespaces, "enforce", Map.of("ingress", ingress, "egress", egress)));
    }

    void release(String segment) {
        client.genericKubernetesResources(API, "Segment").withName(segment).delete();
    }

    /** The intent {@code web}: those pods may reach these of the same namespace, on port 8080. */
    void webReaches(String namespace, String... apps) {
        intent(namespace, "web", Map.of("app", "web"), "outbound", "to", namespace, List.of(apps));
    }

    void intent(
            String namespace,
            String name,
            Map<String, String> subject,
            String direction,
            String end,
            String peerNamespace,
            List<String> apps) {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (String app : apps) {
            rules.add(Map.of(
                    end,
                    Map.of("workload", Map.of("namespace", peerNamespace, "podSelector", labels(Map.of("app", app)))),
                    "ports",
                    List.of(Map.of("port", 8080))));
        }
        apply(
                "AccessIntent",
                namespace,
                name,
                Map.of("workload", Map.of("podSelector", labels(subject)), direction, rules));
    }

    private static Map<String, Object> labels(Map<String, String> labels) {
        return Map.of("matchLabels", labels);
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

    /** As text. */
    String segmentStatus(String segment) {
        Object status = client.genericKubernetesResources(API, "Segment")
                .withName(segment)
                .get()
                .get("status");
        return String.valueOf(status);
    }

    Optional<NetworkPolicy> find(String namespace, String name) {
        return Optional.ofNullable(client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    void deletePolicy(String namespace, String name) {
        client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    /** What is there of policies, without what the API server adds to them. */
    Map<String, String> policies(String namespace) {
        Map<String, String> policies = new TreeMap<>();
        client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(policy -> policies.put(
                        policy.getMetadata().getName(),
                        new TreeMap<>(policy.getMetadata().getLabels()) + " "
                                + new TreeMap<>(policy.getMetadata().getAnnotations()) + " "
                                + client.getKubernetesSerialization().asYaml(policy.getSpec())));
        return policies;
    }

    boolean allows(String namespace, String from, String to) {
        return new NaiveJudge(ends, PORTS)
                .allowed(client.network()
                        .v1()
                        .networkPolicies()
                        .inAnyNamespace()
                        .list()
                        .getItems())
                .contains(NaiveJudge.End.pod(namespace, Map.of("app", from)) + " to "
                        + NaiveJudge.End.pod(namespace, Map.of("app", to)) + ":8080");
    }

    void await(String what, BooleanSupplier condition) {
        Await.until(what, PATIENCE, condition);
    }

    /** Waits until web reaches these of its namespace and no others. */
    void awaitWebReaches(String namespace, String... apps) {
        List<String> wanted = List.of(apps);
        await(
                namespace + "/web reaches " + wanted,
                () -> List.of("api", "db").stream()
                        .allMatch(app -> allows(namespace, "web", app) == wanted.contains(app)));
    }

    /** Waits until policies and statuses are what a fresh render makes of what is declared: nothing is left to write. */
    void awaitConverged() {
        awaitConverged(PATIENCE);
    }

    void awaitConverged(Duration limit) {
        Observation.converged(client, "what is declared", limit);
    }

    /**
     * Does it, waits, and judges every state on the way.
     *
     * @return how many there were
     */
    int judged(Runnable change, Runnable awaited) {
        try (Journal journal = new Journal(client)) {
            change.run();
            awaited.run();
            List<Collection<NetworkPolicy>> states = journal.states();
            assertEquals(List.of(), wrong(states), () -> "after " + journal.events());
            return states.size();
        }
    }

    /** What is wrong with which state between the first and the last. */
    List<String> wrong(List<Collection<NetworkPolicy>> states) {
        return new NaiveJudge(ends, PORTS).wrong(states);
    }

    @Override
    public void close() {
        if (operator != null) {
            operator.close();
        }
        segments.forEach(this::release);
        proxy.close();
    }
}
