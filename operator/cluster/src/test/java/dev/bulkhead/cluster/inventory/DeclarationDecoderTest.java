package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.world.Cidr;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

class DeclarationDecoderTest {

    private final LogQuota quota = mock();
    private final LoggingEventBuilder line = mock(RETURNS_SELF);
    private final DeclarationDecoder decoder = new DeclarationDecoder(new KubernetesSerialization(), quota);

    @BeforeEach
    void linesAreKept() {
        when(quota.line(any(), any(), anyString())).thenReturn(line);
    }

    @Test
    void anIntentIsDecodedWithItsStatus() {
        GenericKubernetesResource object = ApiObjects.intent("shop", "checkout");
        object.setAdditionalProperty("status", ApiObjects.yaml("{summary: 1/1, observedGeneration: 3}"));
        DecodedObject<DeclaredIntent, AccessIntentStatus> sighting = decoder.intent(object);
        assertEquals(
                new DeclaredIntent.Key("shop", "checkout"),
                sighting.meaning().orElseThrow().key());
        assertEquals("", sighting.problem());
        assertEquals(
                new LiveStatus<>(
                        new Revision("uid", 1),
                        Optional.of(new AccessIntentStatus(3L, null, null, null, null, "1/1")),
                        "9"),
                sighting.status());
    }

    @Test
    void everyKindIsDecodedAsWhatItIs() {
        assertEquals(
                List.of("shop"),
                decoder.segment(ApiObjects.segment("town", "shop"))
                        .meaning()
                        .orElseThrow()
                        .namespaces());
        assertEquals(
                "nothing leaves",
                decoder.guardrail(ApiObjects.guardrail("exits", "nothing leaves"))
                        .meaning()
                        .orElseThrow()
                        .description());
        assertEquals(
                Set.of(Cidr.parse("192.0.2.0/24")),
                decoder.wellKnownPeers(ApiObjects.wellKnownPeers("192.0.2.0/24"))
                        .meaning()
                        .orElseThrow()
                        .notInternet());
        assertTrue(decoder.wellKnownPeers(ApiObjects.wellKnownPeers("192.0.2.0/24"))
                .meaning()
                .orElseThrow()
                .namespaces(WellKnown.KUBE_DNS)
                .contains("kube-system"));
    }

    @Test
    void oneThatDoesNotDecodeSaysInOneLineWhatIsWrong() {
        DecodedObject<DeclaredIntent, AccessIntentStatus> wrong =
                decoder.intent(ApiObjects.withSpec(ApiObjects.intent("shop", "checkout"), "{workload: {all: true}}"));
        assertEquals(Optional.empty(), wrong.meaning());
        assertTrue(wrong.problem().startsWith("spec"), wrong.problem());

        DecodedObject<DeclaredIntent, AccessIntentStatus> unknown =
                decoder.intent(ApiObjects.withSpec(ApiObjects.intent("shop", "checkout"), "{workload: [1, 2]}"));
        assertEquals(Optional.empty(), unknown.meaning());
        assertFalse(unknown.problem().isEmpty());
        assertFalse(unknown.problem().contains("\n"), unknown.problem());
        assertEquals(new Revision("uid", 1), unknown.status().revision());
    }

    @Test
    void aFailureWithoutMessageIsNamed() {
        KubernetesSerialization failing = mock();
        when(failing.convertValue(any(), any())).thenThrow(new ArrayStoreException());
        DeclarationDecoder other = new DeclarationDecoder(failing, quota);
        assertEquals(
                "ArrayStoreException",
                other.segment(ApiObjects.segment("town", "shop")).problem());
    }

    /** Such as one by a later version of the operator, or by somebody who was allowed to write it. */
    @ParameterizedTest
    @ValueSource(strings = {"{rules: [{state: HalfOpen}]}", "scribbled", "[]"})
    void aStatusThatDoesNotDecodeIsNoneAndTheObjectMeansWhatItSays(String status) {
        GenericKubernetesResource object = ApiObjects.intent("shop", "checkout");
        object.setAdditionalProperty("status", ApiObjects.yaml(status));
        DecodedObject<DeclaredIntent, AccessIntentStatus> sighting = decoder.intent(object);
        assertEquals("", sighting.problem());
        assertTrue(sighting.meaning().isPresent());
        assertEquals(Optional.empty(), sighting.status().status());
    }

    @Test
    void aRejectionIsLoggedOnceForEachStateOfEachObject() {
        GenericKubernetesResource broken =
                ApiObjects.withSpec(ApiObjects.intent("shop", "checkout"), "{workload: {all: true}}");
        decoder.intent(broken);
        decoder.intent(broken);
        verify(quota, times(1)).line(any(), any(), anyString());
        verify(quota).line(any(), eq(Level.WARN), eq("shop"));
        verify(line).log("Object rejected");

        broken.getMetadata().setGeneration(2L);
        decoder.intent(broken);
        verify(quota, times(2)).line(any(), any(), anyString());

        broken.getMetadata().setName("another");
        decoder.intent(broken);
        broken.getMetadata().setNamespace("pay");
        decoder.intent(broken);
        verify(quota, times(4)).line(any(), any(), anyString());
    }

    @Test
    void whatDecodesIsNotLoggedAndWhatIsInNoNamespaceTakesNobodysShare() {
        decoder.intent(ApiObjects.intent("shop", "checkout"));
        decoder.segment(ApiObjects.withSpec(ApiObjects.segment("town", "shop"), "{}"));
        verify(quota, never()).line(any(), any(), anyString());
    }
}
