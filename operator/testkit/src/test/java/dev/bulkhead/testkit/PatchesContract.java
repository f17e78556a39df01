package dev.bulkhead.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Server-side apply and the other patches. */
abstract class PatchesContract extends Contract {

    PatchesContract(KubernetesClient client) {
        super(client);
    }

    @Test
    void applyCreatesMergesAndTakesBack() {
        apply("one", Map.of("a", "1", "b", "1"), "first", false);
        apply("one", Map.of("c", "1"), "second", false);
        assertEquals(Map.of("a", "1", "b", "1", "c", "1"), data("one"));
        apply("one", Map.of("a", "2"), "first", false);
        assertEquals(Map.of("a", "2", "c", "1"), data("one"));
    }

    @Test
    void applyLeavesAloneWhatOthersWrote() {
        client.resource(new ConfigMapBuilder(configMap("one", Map.of("theirs", "yes")))
                        .withData(Map.of("theirs", "1"))
                        .build())
                .create();
        apply("one", Map.of("ours", "1"), "first", false);
        assertEquals(Map.of("theirs", "1", "ours", "1"), data("one"));
        assertEquals("yes", get("one").getMetadata().getLabels().get("theirs"));
    }

    @Test
    void whatTwoApplyDifferentlyIsAConflictUnlessForced() {
        apply("one", Map.of("a", "1"), "first", false);
        KubernetesClientException refused = assertRefused(409, () -> apply("one", Map.of("a", "2"), "second", false));
        assertTrue(refused.getMessage().contains("first"), refused.getMessage());
        apply("one", Map.of("a", "2"), "second", true);
        assertEquals(Map.of("a", "2"), data("one"));
        // What was taken over is not the first one's to remove any more.
        apply("one", Map.of("b", "1"), "first", false);
        assertEquals(Map.of("a", "2", "b", "1"), data("one"));
    }

    @Test
    void applyingTheSameAgainIsNoNewVersion() {
        String version =
                apply("one", Map.of("a", "1"), "first", true).getMetadata().getResourceVersion();
        assertEquals(
                version,
                apply("one", Map.of("a", "1"), "first", true).getMetadata().getResourceVersion());
    }

    @Test
    void applyOfAnOlderVersionIsRefused() {
        ConfigMap first = apply("one", Map.of("a", "1"), "first", true);
        apply("one", Map.of("a", "2"), "first", true);
        ConfigMap stale = new ConfigMapBuilder(configMap("one", Map.of()))
                .editMetadata()
                .withResourceVersion(first.getMetadata().getResourceVersion())
                .endMetadata()
                .withData(Map.of("a", "3"))
                .build();
        assertRefused(
                409,
                () -> client.resource(stale)
                        .fieldManager("first")
                        .forceConflicts()
                        .serverSideApply());
    }

    @Test
    void statusIsAppliedApart() {
        defineGadgets();
        GenericKubernetesResource gadget = gadget("one");
        gadget.setAdditionalProperty("spec", Map.of("size", 1));
        client.resource(gadget).create();
        GenericKubernetesResource report = gadget("one");
        report.setAdditionalProperty("status", Map.of("state", "good"));
        PatchContext forced = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("first")
                .withForce(true)
                .build();
        client.resource(report).subresource("status").patch(forced, report);
        GenericKubernetesResource after = client.resource(gadget).get();
        assertEquals(Map.of("size", 1), after.getAdditionalProperties().get("spec"));
        assertEquals(Map.of("state", "good"), after.getAdditionalProperties().get("status"));
    }

    @Test
    void aNullInAMergePatchRemoves() {
        ConfigMap map =
                client.resource(configMap("one", Map.of("a", "1", "b", "1"))).create();
        client.resource(map)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"a\":null,\"c\":\"1\"}}}");
        assertEquals(Map.of("b", "1", "c", "1"), get("one").getMetadata().getLabels());
    }

    @Test
    void aMergePatchOfAnOlderVersionIsRefused() {
        ConfigMap map = client.resource(configMap("one", Map.of())).create();
        String patch = "{\"metadata\":{\"resourceVersion\":\"1\",\"labels\":{\"a\":\"1\"}}}";
        assertRefused(409, () -> client.resource(map).patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    }

    @Test
    void editsChangeWhatTheyTouch() {
        ConfigMap map = client.resource(configMap("one", Map.of("a", "1"))).create();
        client.resource(map)
                .edit(it -> new ConfigMapBuilder(it).addToData("value", "1").build());
        assertEquals(Map.of("value", "1"), data("one"));
        assertEquals(Map.of("a", "1"), get("one").getMetadata().getLabels());
    }

    @Test
    void aJsonPatchWhoseTestFailsChangesNothing() {
        ConfigMap map = client.resource(configMap("one", Map.of("a", "1"))).create();
        String patch = """
                [{"op": "test", "path": "/metadata/labels/a", "value": "2"},
                 {"op": "remove", "path": "/metadata/labels/a"}]""";
        assertRefused(422, () -> client.resource(map).patch(PatchContext.of(PatchType.JSON), patch));
        assertEquals(map, client.resource(map).get());
    }

    private ConfigMap apply(String name, Map<String, String> data, String manager, boolean force) {
        ConfigMap wanted =
                new ConfigMapBuilder(configMap(name, null)).withData(data).build();
        var resource = client.resource(wanted).fieldManager(manager);
        return force ? resource.forceConflicts().serverSideApply() : resource.serverSideApply();
    }

    private ConfigMap get(String name) {
        return client.configMaps().inNamespace(namespace).withName(name).get();
    }

    private Map<String, String> data(String name) {
        ConfigMap map = get(name);
        assertNull(map.getMetadata().getDeletionTimestamp());
        return map.getData();
    }
}
