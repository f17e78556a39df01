package dev.bulkhead.app.attack;

import com.google.common.base.Splitter;
import com.google.common.collect.Maps;
import com.marcnuri.helm.Helm;
import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.ConditionStatus;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.app.endtoend.Observation;
import dev.bulkhead.app.rights.ConfinedOperator;
import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * A cluster with the chart as Helm installs it by default, an operator under the chart's own rights, and
 * what {@code attack-town.yaml} puts on top.
 */
final class Town implements AutoCloseable {

    private static final Path CHART = Path.of(System.getProperty("bulkhead.root"), "charts", "bulkhead");

    static final Duration PATIENCE = Duration.ofSeconds(90);
    static final List<String> NAMESPACES = List.of("shop", "lab", "twin-twin", "pay", "web", "vault", "default");

    /** Of pods and Services: these nodes do not tell, so an administrator has to. */
    private static final List<Cidr> NETWORKS = List.of(Cidr.parse("10.128.0.0/9"), Cidr.parse("10.96.0.0/16"));

    private static final String SECURITY_TEAM = "security team";
    private static final String TOKEN_OF = "serviceaccount ";

    private final ControlPlane controlPlane;
    private final Map<String, KubernetesClient> clients = new HashMap<>();
    private ConfinedOperator operator;
    private List<Cidr> networks = NETWORKS;

    Town(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    void found() {
        new Helm(CHART)
                .install()
                .withName("bulkhead")
                .withNamespace(OperatorSettings.DEFAULT_NAMESPACE)
                .createNamespace()
                .withKubeConfig(controlPlane.kubeconfig())
                .call();
        Await.until("forged labels are refused", PATIENCE, () -> probe("""
                        {"metadata": {"name": "probe", "labels": {"bulkhead.dev/service-account": "probe"}},
                         "target": {"kind": "Node", "name": "none"}}""", "bindings") == 403);
        Await.until("managed policies are reserved", PATIENCE, () -> policyLikeOurs() == 403);
        Await.until(
                "pods are stamped",
                PATIENCE,
                () -> probe(
                                "{\"metadata\": {\"name\": \"probe\"}, \"spec\": {\"containers\": [{\"name\": \"main\", \"image\": \"x\"}]}}",
                                "pods")
                        == 201);
        client().load(Town.class.getResourceAsStream("/attack-town.yaml"))
                .items()
                .forEach(this::create);
        startOperator();
        Await.until("guardrails are heeded", PATIENCE, () -> probe("""
                        {"apiVersion": "bulkhead.dev/v1alpha1", "kind": "AccessIntent", "metadata": {"name": "probe"},
                         "spec": {"workload": {"all": true}, "outbound": [{"to": {"wellKnown": "Internet"}, "ports": [{"port": 443}]}]}}""", "accessintents") == 403);
        Await.until(
                "everybody is admitted",
                PATIENCE,
                () -> requests("attacker")
                        .get(Paths.of("shop", "accessintents"))
                        .accepted());
        Await.until("all pods have addresses", PATIENCE, () -> {
            List<Pod> pods = Judgement.pods(client());
            return pods.size() >= 7
                    && pods.stream().allMatch(pod -> pod.getStatus().getPodIP() != null);
        });
        converged("before the attacks");
    }

    private void startOperator() {
        OperatorSettings settings = new OperatorSettings(
                OperatorSettings.DEFAULT_NAMESPACE,
                "bulkhead",
                Optional.empty(),
                OperatorSettings.DEFAULT_THREADS,
                networks,
                PATIENCE,
                OperatorSettings.DEFAULT_SILENCE_LIMIT,
                OperatorSettings.DEFAULT_NAMESPACE_MEMORY);
        operator = ConfinedOperator.startInstalled(controlPlane, settings);
    }

    /** As when the kubelet starts it again; fails if it does not come to write. */
    void restartOperator() {
        operator.close();
        startOperator();
    }

    /** As where nobody sets {@code --cluster-cidr}: restarts the operator. */
    void forgetRanges() {
        networks = List.of();
        restartOperator();
    }

    /** Restarts the operator with the ranges again. */
    void tellRanges() {
        networks = NETWORKS;
        restartOperator();
    }

    /** From here on it is as if the chart had been installed with {@code reservedPolicies.enabled=false}. */
    void unreserve() {
        new Helm(CHART)
                .upgrade()
                .withName("bulkhead")
                .withNamespace(OperatorSettings.DEFAULT_NAMESPACE)
                .withKubeConfig(controlPlane.kubeconfig())
                .set("reservedPolicies.enabled", false)
                .call();
        Await.until("managed policies are not reserved any more", PATIENCE, () -> policyLikeOurs() == 201);
    }

    private int policyLikeOurs() {
        return probe("""
                {"metadata": {"name": "probe", "labels": {"app.kubernetes.io/managed-by": "bulkhead", "bulkhead.dev/role": "allow"}},
                 "spec": {"podSelector": {}}}""", "networkpolicies");
    }

    private void create(HasMetadata object) {
        client().resource(object).create();
        if (object.getKind().equals("Namespace")) {
            String name = object.getMetadata().getName();
            Await.until(
                    "the default account of " + name,
                    PATIENCE,
                    () -> client().serviceAccounts()
                                    .inNamespace(name)
                                    .withName("default")
                                    .get()
                            != null);
        }
    }

    private int probe(String body, String resource) {
        return requests("administrator")
                .send("post", Paths.of("default", resource + "?dryRun=All"), body)
                .code();
    }

    /** The administrator's. */
    KubernetesClient client() {
        return controlPlane.client();
    }

    /** @param user a tenant, {@code administrator}, {@code security team}, or {@code serviceaccount <namespace>/<name>} */
    Requests requests(String user) {
        return new Requests(client(user));
    }

    private KubernetesClient client(String user) {
        if (user.equals("administrator")) {
            return controlPlane.client();
        }
        return clients.computeIfAbsent(user, name -> {
            if (name.equals(SECURITY_TEAM)) {
                return securityTeam();
            }
            return name.startsWith(TOKEN_OF) ? account(name) : controlPlane.client(name);
        });
    }

    private KubernetesClient securityTeam() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(controlPlane.configuration())
                        .withImpersonateUsername("guard")
                        .withImpersonateGroups("bulkhead:security")
                        .build())
                .build();
    }

    private KubernetesClient account(String user) {
        String[] name = user.substring(TOKEN_OF.length()).split("/", 2);
        String token = client().serviceAccounts()
                .inNamespace(name[0])
                .withName(name[1])
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(controlPlane.configuration())
                        .withOauthToken(token)
                        .build())
                .build();
    }

    /** Waits until policies and statuses are what the cluster as it is now makes of them: then the operator has no more to do. */
    Observation converged(String situation) {
        return converged(situation, List.of());
    }

    /** @param unwritten namespaces into which nothing can be written */
    Observation converged(String situation, Collection<String> unwritten) {
        AtomicReference<Observation> last = new AtomicReference<>();
        AtomicReference<String> difference = new AtomicReference<>("");
        try {
            Await.until("policies and statuses are as rendered", PATIENCE, () -> {
                last.set(Observation.of(client(), networks));
                Map<String, List<String>> states = outside(unwritten, states());
                Map<String, List<String>> wanted = outside(unwritten, last.get().states());
                difference.set(
                        wanted.equals(states)
                                ? last.get().difference(unwritten) + heldByOthers()
                                : "states are\n" + states + "\nand should be\n" + wanted);
                return difference.get().isEmpty();
            });
        } catch (IllegalStateException e) {
            throw new AssertionError(situation + "\n" + difference.get(), e);
        }
        return last.get();
    }

    private static Map<String, List<String>> outside(Collection<String> namespaces, Map<String, List<String>> states) {
        return Maps.filterKeys(
                states,
                intent -> !namespaces.contains(
                        Splitter.on('/').split(intent).iterator().next()));
    }

    /**
     * Waits until people are told.
     *
     * @param segments for which reasons they are not Ready
     * @param unwritten namespaces whose intents say that nothing can be written
     */
    void awaitTold(Map<String, String> segments, Collection<String> unwritten) {
        segments.forEach((segment, reason) -> Await.until(
                "segment " + segment + " says " + reason,
                PATIENCE,
                () -> Optional.ofNullable(client().resources(Segment.class)
                                .withName(segment)
                                .get())
                        .flatMap(found -> Optional.ofNullable(found.getStatus()))
                        .filter(status -> isUnready(status.conditions(), reason))
                        .isPresent()));
        unwritten.forEach(namespace -> Await.until(
                "the intents of " + namespace + " say that nothing can be written",
                PATIENCE,
                () -> client().resources(AccessIntent.class).inNamespace(namespace).list().getItems().stream()
                        .allMatch(intent -> intent.getStatus() != null
                                && isUnready(intent.getStatus().conditions(), "Failing"))));
    }

    private static boolean isUnready(List<Condition> conditions, String reason) {
        return conditions.stream()
                .anyMatch(condition -> condition.type().equals("Ready")
                        && condition.status() == ConditionStatus.FALSE
                        && condition.reason().equals(reason));
    }

    /** The managed policies that a finalizer or an owner would keep or take away; empty if there are none. */
    private String heldByOthers() {
        return client().network().v1().networkPolicies().inAnyNamespace().list().getItems().stream()
                .filter(policy -> policy.getMetadata().getLabels() != null
                        && Marker.isManaged(policy.getMetadata().getLabels()))
                .filter(policy -> !policy.getMetadata().getFinalizers().isEmpty()
                        || !policy.getMetadata().getOwnerReferences().isEmpty()
                        || policy.isMarkedForDeletion())
                .map(policy -> policy.getMetadata().getNamespace() + "/"
                        + policy.getMetadata().getName() + " is held by others\n")
                .collect(Collectors.joining());
    }

    /** Waits until every intent of a namespace is computed and written. */
    void awaitServed(String namespace) {
        Await.until(
                "the intents of " + namespace + " are served",
                PATIENCE,
                () -> states().entrySet().stream()
                        .filter(intent -> intent.getKey().startsWith(namespace + "/"))
                        .noneMatch(intent -> intent.getValue().isEmpty()));
    }

    /** What the statuses say of the intents as they are now; of those that say that they are being deleted nothing is expected. */
    private Map<String, List<String>> states() {
        Map<String, List<String>> states = new HashMap<>();
        for (AccessIntent intent :
                client().resources(AccessIntent.class).inAnyNamespace().list().getItems()) {
            if (saysThatItIsBeingDeleted(intent)) {
                continue;
            }
            String name = intent.getMetadata().getNamespace() + "/"
                    + intent.getMetadata().getName();
            states.put(name, List.of());
            if (isUpToDate(intent)) {
                states.put(
                        name,
                        intent.getStatus().rules().stream()
                                .map(rule -> rule.state() + ": " + rule.message())
                                .toList());
            }
        }
        return states;
    }

    private static boolean isUpToDate(AccessIntent intent) {
        return intent.getStatus() != null
                && intent.getMetadata()
                        .getGeneration()
                        .equals(intent.getStatus().observedGeneration());
    }

    private static boolean saysThatItIsBeingDeleted(AccessIntent intent) {
        return intent.isMarkedForDeletion()
                && isUpToDate(intent)
                && intent.getStatus().rules().isEmpty()
                && isUnready(intent.getStatus().conditions(), "BeingDeleted");
    }

    @Override
    public void close() {
        if (operator != null) {
            operator.close();
        }
        clients.values().forEach(KubernetesClient::close);
    }
}
