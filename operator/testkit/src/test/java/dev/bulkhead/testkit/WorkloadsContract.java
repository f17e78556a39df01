package dev.bulkhead.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What controllers do: pods for Deployments, addresses for pods, an end for what was deleted; and the pods' identity. */
abstract class WorkloadsContract extends Contract {

    private static final String IDENTITY = "bulkhead.dev/service-account";

    WorkloadsContract(KubernetesClient client) {
        super(client);
    }

    @Test
    void aDeploymentHasAsManyRunningPodsAsItAsksFor() {
        client.resource(deployment("web", 3, Map.of())).create();
        awaitRunning(3);
        scale("web", 5);
        awaitRunning(5);
        scale("web", 1);
        awaitRunning(1);
        scale("web", 0);
        awaitRunning(0);
    }

    @Test
    void podsOfADeploymentCarryItsTemplateAndAnAddressOfTheirOwn() {
        client.resource(serviceAccount("web")).create();
        client.resource(deployment("web", 3, Map.of("tier", "front"))).create();
        awaitRunning(3);
        Set<String> addresses = new HashSet<>();
        for (Pod pod : pods()) {
            assertEquals("web", pod.getMetadata().getLabels().get("app"));
            assertEquals("front", pod.getMetadata().getLabels().get("tier"));
            assertNotNull(pod.getMetadata().getLabels().get("pod-template-hash"));
            assertEquals("web", pod.getSpec().getServiceAccountName());
            assertEquals(
                    "ReplicaSet", pod.getMetadata().getOwnerReferences().get(0).getKind());
            assertNotNull(pod.getSpec().getNodeName());
            addresses.add(pod.getStatus().getPodIP());
        }
        assertEquals(3, addresses.size(), addresses.toString());
    }

    @Test
    void aPodThatIsDeletedIsReplaced() {
        client.resource(deployment("web", 2, Map.of())).create();
        awaitRunning(2);
        String gone = pods().get(0).getMetadata().getName();
        client.pods().inNamespace(namespace).withName(gone).delete();
        await(
                "another takes its place",
                () -> running().size() == 2
                        && running().stream()
                                .noneMatch(pod -> pod.getMetadata().getName().equals(gone)));
    }

    @Test
    void aNewTemplateReplacesThePods() {
        client.resource(deployment("web", 2, Map.of())).create();
        awaitRunning(2);
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName("web")
                // Not of a version: its controller may be writing its status.
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\": {\"template\": {\"metadata\": {\"labels\": {\"version\": \"2\"}}}}}");
        await(
                "all pods are of the new template",
                () -> pods().size() == 2
                        && running().stream()
                                        .filter(pod -> "2"
                                                .equals(pod.getMetadata()
                                                        .getLabels()
                                                        .get("version")))
                                        .count()
                                == 2);
    }

    @Test
    void podsGoWithTheirDeployment() {
        client.resource(deployment("web", 2, Map.of())).create();
        awaitRunning(2);
        client.apps().deployments().inNamespace(namespace).withName("web").delete();
        await("the pods have gone", () -> pods().isEmpty());
    }

    @Test
    void aPodRunsUnderTheDefaultServiceAccountUnlessItNamesAnother() {
        client.resource(pod("lone", Map.of(), null)).create();
        await("the pod runs", () -> running().size() == 1);
        assertEquals("default", running().get(0).getSpec().getServiceAccountName());
    }

    @Test
    void whatHasLostItsOwnerGoes() {
        ConfigMap owner = client.resource(configMap("owner", Map.of())).create();
        ConfigMap owned = client.resource(new ConfigMapBuilder(configMap("owned", Map.of()))
                        .editMetadata()
                        .addNewOwnerReference()
                        .withApiVersion("v1")
                        .withKind("ConfigMap")
                        .withName("owner")
                        .withUid(owner.getMetadata().getUid())
                        .endOwnerReference()
                        .endMetadata()
                        .build())
                .create();
        client.resource(owner).delete();
        await("the owned has gone", () -> client.resource(owned).get() == null);
    }

    @Test
    void aDeletedNamespaceTakesNothingNewAndGoesWithItsContents() {
        client.resource(new ConfigMapBuilder(configMap("guarded", Map.of()))
                        .editMetadata()
                        .addToFinalizers("bulkhead.dev/test")
                        .endMetadata()
                        .build())
                .create();
        ConfigMap plain = client.resource(configMap("plain", Map.of())).create();
        client.namespaces().withName(namespace).delete();
        await("the contents go", () -> client.resource(plain).get() == null);
        assertEquals(
                "Terminating",
                client.namespaces().withName(namespace).get().getStatus().getPhase());
        assertRefused(403, () -> client.resource(configMap("late", Map.of())).create());
        client.configMaps()
                .inNamespace(namespace)
                .withName("guarded")
                .edit(map -> new ConfigMapBuilder(map)
                        .editMetadata()
                        .withFinalizers()
                        .endMetadata()
                        .build());
        await(
                "the namespace has gone",
                () -> client.namespaces().withName(namespace).get() == null);
    }

    @Test
    void podsAreStampedWithTheirServiceAccountWhateverTheyClaim() {
        client.resource(serviceAccount("web")).create();
        List<HasMetadata> policies =
                client.load(Contract.class.getResourceAsStream("identity.yaml")).create();
        try {
            await("pods are stamped", this::isStamped);
            client.resource(deployment("web", 1, Map.of(IDENTITY, "payments"))).create();
            awaitRunning(1);
            Pod pod = pods().get(0);
            assertEquals("web", label(pod));
            assertEquals("web", label(relabelled(pod, false)));
            // A policy takes effect some time after it was created; until then the forgery is undone by the next
            // update.
            await("a forged status is refused", () -> {
                boolean refused = isRefusedAsForged(pod);
                assertEquals("web", label(relabelled(pod, false)));
                return refused;
            });
        } finally {
            client.resourceList(policies).delete();
        }
    }

    @Test
    void podsKeepTheirLabelsWhereNoIdentityPolicyIsInstalled() {
        Pod created =
                client.resource(pod("lone", Map.of(IDENTITY, "claimed"), null)).create();
        assertEquals("claimed", label(created));
        assertNull(client.resource(pod("other", Map.of(), null))
                .create()
                .getMetadata()
                .getLabels()
                .get(IDENTITY));
    }

    /** What demands the stamp may be heeded before what sets it. */
    private boolean isStamped() {
        try {
            Pod probe =
                    client.resource(pod("probe", Map.of(), "web")).dryRun(true).create();
            return "web".equals(label(probe));
        } catch (KubernetesClientException e) {
            assertEquals(422, e.getCode(), e.getMessage());
            return false;
        }
    }

    private boolean isRefusedAsForged(Pod pod) {
        try {
            relabelled(pod, true);
            return false;
        } catch (KubernetesClientException e) {
            assertEquals(422, e.getCode(), e.getMessage());
            assertTrue(e.getMessage().contains(IDENTITY), e.getMessage());
            return true;
        }
    }

    private Pod relabelled(Pod pod, boolean throughStatus) {
        Pod fresh = client.resource(pod).get();
        Pod forged = new PodBuilder(fresh)
                .editMetadata()
                .addToLabels(IDENTITY, "payments")
                .endMetadata()
                .build();
        return throughStatus
                ? client.resource(forged).updateStatus()
                : client.resource(forged).update();
    }

    private static String label(Pod pod) {
        return pod.getMetadata().getLabels().get(IDENTITY);
    }

    final void scale(String deployment, int replicas) {
        client.apps().deployments().inNamespace(namespace).withName(deployment).scale(replicas);
    }

    final void awaitRunning(int count) {
        await(count + " pods run", () -> running().size() == count && pods().size() == count);
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(namespace).list().getItems();
    }

    final List<Pod> running() {
        return pods().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> pod.getStatus().getPhase().equals("Running"))
                .filter(pod -> pod.getStatus().getPodIP() != null)
                .toList();
    }

    private HasMetadata serviceAccount(String name) {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .build();
    }

    private Pod pod(String name, Map<String, String> labels, String serviceAccount) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels)
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(serviceAccount)
                .addNewContainer()
                .withName("main")
                .withImage("example")
                .endContainer()
                .endSpec()
                .build();
    }

    final Deployment deployment(String name, int replicas, Map<String, String> labels) {
        String serviceAccount =
                client.serviceAccounts().inNamespace(namespace).withName(name).get() == null ? null : name;
        Pod template = pod(name, labels, serviceAccount);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(template.getMetadata().getLabels())
                .endMetadata()
                .withSpec(template.getSpec())
                .endTemplate()
                .endSpec()
                .build();
    }
}
