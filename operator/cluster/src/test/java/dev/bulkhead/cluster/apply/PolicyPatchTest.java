package dev.bulkhead.cluster.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.core.policy.Marker;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Patches are applied to the object, as the API server does. */
class PolicyPatchTest {

    private static final String ROLE_PATH = "bulkhead.dev/role";

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void whatItAllowsIsReplacedAndLabelsAndAnnotationsOfOthersStay() throws JsonProcessingException {
        NetworkPolicy live = managed()
                .editMetadata()
                .addToLabels("team", "shop")
                .addToLabels("bulkhead.dev/old", "1")
                .addToAnnotations("example.com/ticket", "7")
                .addToAnnotations(Marker.PROVENANCE, "old")
                .endMetadata()
                .build();
        NetworkPolicy wanted = managed()
                .editMetadata()
                .addToAnnotations(Marker.INTENTS, "checkout")
                .endMetadata()
                .editSpec()
                .withPolicyTypes("Egress")
                .endSpec()
                .build();

        NetworkPolicy patched = patched(live, wanted);

        assertEquals(wanted.getSpec(), patched.getSpec());
        assertEquals(
                Map.of(Marker.MANAGED_BY, Marker.BULKHEAD, ROLE_PATH, "allow", "team", "shop"),
                patched.getMetadata().getLabels());
        assertEquals(
                Map.of("example.com/ticket", "7", Marker.INTENTS, "checkout"),
                patched.getMetadata().getAnnotations());
    }

    @Test
    void anObjectWithoutAnnotationsIsGivenThem() throws JsonProcessingException {
        NetworkPolicy wanted = managed()
                .editMetadata()
                .addToAnnotations(Marker.INTENTS, "checkout")
                .endMetadata()
                .build();
        assertEquals(
                Map.of(Marker.INTENTS, "checkout"),
                patched(managed().build(), wanted).getMetadata().getAnnotations());
    }

    @Test
    void anObjectWithoutLabelsIsGivenOurs() throws JsonProcessingException {
        NetworkPolicy live = managed()
                .editMetadata()
                .withName("bulkhead-baseline")
                .withLabels(null)
                .endMetadata()
                .build();
        NetworkPolicy wanted = managed().build();
        assertEquals(
                wanted.getMetadata().getLabels(),
                patched(live, wanted).getMetadata().getLabels());
    }

    @Test
    void finalizersAndOwnersGo() throws JsonProcessingException {
        NetworkPolicy live = managed()
                .editMetadata()
                .withFinalizers("example.com/keep")
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName("owner")
                .withUid("1-2-3")
                .endOwnerReference()
                .endMetadata()
                .build();
        NetworkPolicy patched = patched(live, managed().build());
        assertTrue(patched.getMetadata().getFinalizers().isEmpty());
        assertTrue(patched.getMetadata().getOwnerReferences().isEmpty());
    }

    @Test
    void itIsOnTheConditionThatTheObjectIsTheOneThatIsKnownAsItIsKnown() throws JsonProcessingException {
        JsonNode patch = patch(managed().build(), managed().build());
        assertEquals("17", value(patch, "/metadata/resourceVersion"));
        assertEquals("uid-1", value(patch, "/metadata/uid"));
        assertNull(value(patch, "/metadata/finalizers"));
        assertNull(value(patch, "/metadata/ownerReferences"));
    }

    private static String value(JsonNode patch, String path) {
        for (JsonNode operation : patch) {
            if (operation.path("path").asText().equals(path)) {
                return operation.path("value").asText();
            }
        }
        return null;
    }

    private NetworkPolicy patched(NetworkPolicy live, NetworkPolicy wanted) throws JsonProcessingException {
        JsonNode object = new ObjectMapper().readTree(serialization.asJson(live));
        return serialization.unmarshal(
                JsonPatch.apply(patch(live, wanted), object).toString(), NetworkPolicy.class);
    }

    private JsonNode patch(NetworkPolicy live, NetworkPolicy wanted) throws JsonProcessingException {
        return new ObjectMapper().readTree(new PolicyPatch(wanted, LivePolicy.of(live)).json(serialization));
    }

    private static NetworkPolicyBuilder managed() {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("bulkhead-egress-checkout")
                .withUid("uid-1")
                .withResourceVersion("17")
                .withCreationTimestamp("2026-06-01T00:00:00Z")
                .addToLabels(Marker.MANAGED_BY, Marker.BULKHEAD)
                .addToLabels(ROLE_PATH, "allow")
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .endSpec();
    }
}
