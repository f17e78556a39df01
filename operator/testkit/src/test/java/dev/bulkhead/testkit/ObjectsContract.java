package dev.bulkhead.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How objects are created, read, changed under conditions, and deleted. */
abstract class ObjectsContract extends Contract {

    ObjectsContract(KubernetesClient client) {
        super(client);
    }

    @Test
    void whatIsCreatedIsReadAndListedWithItsIdentity() {
        ConfigMap created = client.resource(configMap("one", Map.of())).create();
        assertNotNull(created.getMetadata().getUid());
        assertNotNull(created.getMetadata().getCreationTimestamp());
        assertNotNull(created.getMetadata().getResourceVersion());
        assertEquals(
                created,
                client.configMaps().inNamespace(namespace).withName("one").get());
        assertTrue(client.configMaps().inNamespace(namespace).list().getItems().contains(created));
        assertTrue(client.configMaps().inAnyNamespace().list().getItems().contains(created));
    }

    @Test
    void whatIsNotThereIsNull() {
        assertNull(client.configMaps().inNamespace(namespace).withName("absent").get());
        assertTrue(client.configMaps()
                .inNamespace(namespace)
                .withName("absent")
                .delete()
                .isEmpty());
    }

    @Test
    void theTokenOfAServiceAccountIsKnownAndAnyOtherOneIsNot() {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("somebody")
                        .endMetadata()
                        .build())
                .create();
        String token = client.serviceAccounts()
                .inNamespace(namespace)
                .withName("somebody")
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
        TokenReviewStatus known = review(token);
        assertTrue(known.getAuthenticated());
        assertEquals(
                "system:serviceaccount:" + namespace + ":somebody",
                known.getUser().getUsername());
        assertFalse(Boolean.TRUE.equals(review(token + "x").getAuthenticated()));
    }

    private TokenReviewStatus review(String token) {
        return client.tokenReviews()
                .create(new TokenReviewBuilder()
                        .withNewSpec()
                        .withToken(token)
                        .endSpec()
                        .build())
                .getStatus();
    }

    @Test
    void aNameIsTakenOnce() {
        client.resource(configMap("one", Map.of())).create();
        assertRefused(409, () -> client.resource(configMap("one", Map.of())).create());
    }

    @Test
    void nothingIsCreatedInANamespaceThatIsNotThere() {
        ConfigMap homeless = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("one")
                .withNamespace("absent")
                .endMetadata()
                .build();
        assertRefused(404, () -> client.resource(homeless).create());
    }

    @Test
    void kindsThatAreNotDefinedAreNotFound() {
        ResourceDefinitionContext absent = new ResourceDefinitionContext.Builder()
                .withGroup("absent.bulkhead.dev")
                .withVersion("v1")
                .withKind("Absent")
                .withPlural("absents")
                .withNamespaced(true)
                .build();
        assertRefused(
                404,
                () -> client.genericKubernetesResources(absent)
                        .inNamespace(namespace)
                        .list());
    }

    @Test
    void namesAreGenerated() {
        ConfigMap nameless = new ConfigMapBuilder()
                .withNewMetadata()
                .withGenerateName("some-")
                .withNamespace(namespace)
                .endMetadata()
                .build();
        String name = client.resource(nameless).create().getMetadata().getName();
        assertTrue(name.matches("some-[a-z0-9]{5}"), name);
    }

    @Test
    void namespacesCarryTheirNameAsALabel() {
        assertEquals(
                namespace,
                client.namespaces()
                        .withName(namespace)
                        .get()
                        .getMetadata()
                        .getLabels()
                        .get("kubernetes.io/metadata.name"));
    }

    @Test
    void anUpdateOfAnOlderVersionIsRefused() {
        ConfigMap first = client.resource(configMap("one", Map.of())).create();
        ConfigMap second = client.resource(withData(first, "2")).update();
        assertNotEquals(
                first.getMetadata().getResourceVersion(), second.getMetadata().getResourceVersion());
        assertRefused(409, () -> client.resource(withData(first, "3")).update());
    }

    @Test
    void anUpdateOfAnObjectThatWasMadeAnewIsRefused() {
        ConfigMap first = client.resource(configMap("one", Map.of())).create();
        client.resource(first).delete();
        client.resource(configMap("one", Map.of())).create();
        ConfigMap stale = new ConfigMapBuilder(withData(first, "2"))
                .editMetadata()
                .withResourceVersion(null)
                .endMetadata()
                .build();
        assertRefused(409, () -> client.resource(stale).update());
    }

    @Test
    void anUpdateThatChangesNothingIsNoNewVersion() {
        ConfigMap first = client.resource(configMap("one", Map.of())).create();
        ConfigMap again = client.resource(first).update();
        assertEquals(
                first.getMetadata().getResourceVersion(), again.getMetadata().getResourceVersion());
    }

    @Test
    void aDeletionOfAnOlderVersionIsRefused() {
        ConfigMap first = client.resource(configMap("one", Map.of())).create();
        ConfigMap second = client.resource(withData(first, "2")).update();
        assertRefused(
                409,
                () -> client.resource(first)
                        .lockResourceVersion(first.getMetadata().getResourceVersion())
                        .delete());
        client.resource(second)
                .lockResourceVersion(second.getMetadata().getResourceVersion())
                .delete();
        assertNull(client.resource(second).get());
    }

    @Test
    void aDeletionOfAnObjectThatWasMadeAnewIsRefused() {
        ConfigMap first = client.resource(configMap("one", Map.of())).create();
        client.resource(first).delete();
        client.resource(configMap("one", Map.of())).create();
        String path = "/api/v1/namespaces/" + namespace + "/configmaps/one";
        Map<String, Object> options = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "DeleteOptions",
                "preconditions",
                Map.of("uid", first.getMetadata().getUid()));
        assertRefused(409, () -> client.raw(path, "DELETE", options));
    }

    @Test
    void generationsCountChangesOfTheSpecAlone() {
        NetworkPolicy created = client.resource(policy()).create();
        assertEquals(1, created.getMetadata().getGeneration());
        NetworkPolicy labelled = client.resource(new NetworkPolicyBuilder(created)
                        .editMetadata()
                        .addToLabels("a", "b")
                        .endMetadata()
                        .build())
                .update();
        assertEquals(1, labelled.getMetadata().getGeneration());
        NetworkPolicy changed = client.resource(new NetworkPolicyBuilder(labelled)
                        .editSpec()
                        .addNewEgress()
                        .endEgress()
                        .endSpec()
                        .build())
                .update();
        assertEquals(2, changed.getMetadata().getGeneration());
    }

    @Test
    void specAndStatusAreWrittenApart() {
        defineGadgets();
        GenericKubernetesResource gadget = gadget("one");
        gadget.setAdditionalProperty("spec", Map.of("size", 1));
        gadget.setAdditionalProperty("status", Map.of("state", "ignored"));
        GenericKubernetesResource created = client.resource(gadget).create();
        assertNull(created.getAdditionalProperties().get("status"));

        created.setAdditionalProperty("spec", Map.of("size", 2));
        created.setAdditionalProperty("status", Map.of("state", "good"));
        GenericKubernetesResource reported = client.resource(created).updateStatus();
        assertEquals(Map.of("size", 1), reported.getAdditionalProperties().get("spec"));
        assertEquals(Map.of("state", "good"), reported.getAdditionalProperties().get("status"));
        assertEquals(1, reported.getMetadata().getGeneration());

        reported.setAdditionalProperty("spec", Map.of("size", 3));
        reported.setAdditionalProperty("status", Map.of("state", "bad"));
        GenericKubernetesResource updated = client.resource(reported).update();
        assertEquals(Map.of("size", 3), updated.getAdditionalProperties().get("spec"));
        assertEquals(Map.of("state", "good"), updated.getAdditionalProperties().get("status"));
        assertEquals(2, updated.getMetadata().getGeneration());
    }

    @Test
    void objectsWithFinalizersStayUntilTheLastIsGone() {
        ConfigMap guarded = new ConfigMapBuilder(configMap("one", Map.of()))
                .editMetadata()
                .addToFinalizers("bulkhead.dev/test")
                .endMetadata()
                .build();
        client.resource(guarded).create();
        client.resource(guarded).delete();
        ConfigMap going = client.resource(guarded).get();
        assertNotNull(going.getMetadata().getDeletionTimestamp());
        client.resource(new ConfigMapBuilder(going)
                        .editMetadata()
                        .withFinalizers()
                        .endMetadata()
                        .build())
                .update();
        assertNull(client.resource(guarded).get());
    }

    @Test
    void dryRunsLeaveNothingBehind() {
        client.resource(configMap("created", Map.of())).dryRun(true).create();
        client.resource(configMap("applied", Map.of()))
                .dryRun(true)
                .fieldManager("test")
                .serverSideApply();
        ConfigMap there = client.resource(configMap("there", Map.of())).create();
        client.resource(withData(there, "2")).dryRun(true).update();
        client.resource(there).dryRun(true).delete();
        assertNull(
                client.configMaps().inNamespace(namespace).withName("created").get());
        assertNull(
                client.configMaps().inNamespace(namespace).withName("applied").get());
        assertEquals(there, client.resource(there).get());
    }

    @Test
    void labelSelectorsMeanWhatTheySay() {
        client.resource(configMap("a", Map.of("tier", "front"))).create();
        client.resource(configMap("b", Map.of("tier", "back", "old", "yes"))).create();
        client.resource(configMap("c", Map.of("own", "yes"))).create();
        var maps = client.configMaps().inNamespace(namespace);
        assertEquals(
                List.of("a", "b"),
                names(maps.withLabelIn("tier", "front", "back").list().getItems()));
        assertEquals(
                List.of("a"),
                names(maps.withLabelIn("tier", "front", "none").list().getItems()));
        assertFalse(
                names(maps.withLabelNotIn("tier", "front").list().getItems()).contains("a"));
        assertTrue(names(maps.withLabelNotIn("tier", "front").list().getItems()).containsAll(List.of("b", "c")));
        assertEquals(
                List.of("b"),
                names(maps.withLabel("tier").withLabel("old").list().getItems()));
        assertEquals(
                List.of("c"),
                names(maps.withLabel("own").withoutLabel("tier").list().getItems()));
        assertEquals(
                List.of("a"),
                names(maps.withLabel("tier").withoutLabel("tier", "back").list().getItems()));
        assertEquals(
                List.of("b"), names(maps.withField("metadata.name", "b").list().getItems()));
    }

    @Test
    void longListsComeInPages() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            client.resource(configMap(name, Map.of("paged", "yes"))).create();
        }
        var maps = client.configMaps().inNamespace(namespace).withLabel("paged");
        var first = maps.list(new ListOptionsBuilder().withLimit(3L).build());
        var second = maps.list(new ListOptionsBuilder()
                .withLimit(3L)
                .withContinue(first.getMetadata().getContinue())
                .build());
        assertEquals(List.of("a", "b", "c"), names(first.getItems()));
        assertEquals(List.of("d", "e"), names(second.getItems()));
    }

    @Test
    void selectedObjectsAreDeletedTogether() {
        client.resource(configMap("a", Map.of("go", "yes"))).create();
        client.resource(configMap("b", Map.of("go", "yes"))).create();
        client.resource(configMap("c", Map.of("go", "no"))).create();
        client.configMaps().inNamespace(namespace).withLabel("go", "yes").delete();
        assertEquals(
                List.of("c"),
                names(client.configMaps()
                        .inNamespace(namespace)
                        .withLabel("go")
                        .list()
                        .getItems()));
    }

    @Test
    void whatIsLeftOutIsFilledIn() {
        Service service = client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("one")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        assertEquals(new IntOrString(80), service.getSpec().getPorts().get(0).getTargetPort());
        assertEquals("TCP", service.getSpec().getPorts().get(0).getProtocol());
        NetworkPolicy policy = client.resource(policy()).create();
        assertEquals(List.of("Ingress"), policy.getSpec().getPolicyTypes());
    }

    @Test
    void theApiServerHasAServiceAndAnAddress() {
        var slices = client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace("default")
                .withLabel("kubernetes.io/service-name", "kubernetes");
        await(
                "the API server's addresses are published",
                () -> !slices.list().getItems().isEmpty());
        assertFalse(slices.list()
                .getItems()
                .get(0)
                .getEndpoints()
                .get(0)
                .getAddresses()
                .isEmpty());
        assertNotNull(client.services()
                .inNamespace("default")
                .withName("kubernetes")
                .get()
                .getSpec()
                .getClusterIP());
    }

    @Test
    void usersLearnWhatTheyMayDo() {
        SelfSubjectRulesReview review = client.resource(new SelfSubjectRulesReviewBuilder()
                        .withNewSpec()
                        .withNamespace(namespace)
                        .endSpec()
                        .build())
                .create();
        assertTrue(review.getStatus().getResourceRules().stream()
                .anyMatch(rule -> rule.getVerbs().contains("*")
                        && rule.getApiGroups().contains("*")
                        && rule.getResources().contains("*")));
    }

    private NetworkPolicy policy() {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName("one")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .endPodSelector()
                .endSpec()
                .build();
    }

    private static ConfigMap withData(ConfigMap original, String value) {
        return new ConfigMapBuilder(original).withData(Map.of("value", value)).build();
    }

    private static List<String> names(List<ConfigMap> maps) {
        return maps.stream()
                .map(map -> map.getMetadata().getName())
                .filter(name -> !name.equals("kube-root-ca.crt"))
                .sorted()
                .toList();
    }
}
