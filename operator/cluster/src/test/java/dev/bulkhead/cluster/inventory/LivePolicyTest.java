package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import dev.bulkhead.core.policy.Marker;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivePolicyTest {

    @Test
    void whatWeWroteIsTidy() {
        LivePolicy live = LivePolicy.of(ours());
        assertTrue(live.isTidy());
        assertEquals(live.policy(), live.forPlanning());
    }

    @Test
    void withAFinalizerOrAnOwnerOrADeletionUnderWayItIsToBeWritten() {
        NetworkPolicy kept = ours();
        kept.getMetadata().setFinalizers(List.of("example.com/mine"));
        NetworkPolicy terminating = ours();
        terminating.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        NetworkPolicy owned = new NetworkPolicyBuilder(ours())
                .editMetadata()
                .addNewOwnerReference()
                .withName("somebody")
                .endOwnerReference()
                .endMetadata()
                .build();
        for (NetworkPolicy object : List.of(kept, terminating, owned)) {
            LivePolicy live = LivePolicy.of(object);
            assertFalse(live.isTidy());
            assertNotEquals(live.policy(), live.forPlanning());
            assertEquals(LivePolicy.of(ours()).policy(), live.policy());
        }
    }

    @Test
    void oneThatCannotBeReadSaysWhyAndClaimsNothing() {
        NetworkPolicy object = unreadable();
        object.getMetadata().setLabels(null);
        LivePolicy live = LivePolicy.of(object);
        assertTrue(live.problem().orElseThrow().contains("policyTypes"));
        assertFalse(live.isManaged());
        assertTrue(live.policy().directions().isEmpty());
    }

    @Test
    void oneOfOursThatCannotBeReadStaysOursAndDiffersFromWhatItShouldBe() {
        LivePolicy live = LivePolicy.of(unreadable());
        assertTrue(live.isManaged());
        assertNotEquals(LivePolicy.of(ours()).policy(), live.policy());
    }

    @Test
    void whatKeepsAPolicyOfOthersInForceIsKnownWhereItHasTheNameOfTheBaseline() {
        NetworkPolicy object = ours();
        object.getMetadata().setLabels(null);
        object.getMetadata().setFinalizers(List.of("example.com/mine"));
        assertFalse(LivePolicy.of(object).isTidy());
        assertTrue(LivePolicy.of(object).mayBeWritten());
        object.getMetadata().setName("theirs");
        assertTrue(LivePolicy.of(object).isTidy());
        assertFalse(LivePolicy.of(object).mayBeWritten());
    }

    @ParameterizedTest
    @CsvSource({
        "9, 9, true",
        "9, 10, true",
        "10, 9, false",
        "10, 11, true",
        "11, 10, false",
        "99, 100, true",
        "100, 99, false",
        "'', 1, true",
        "1, '', false"
    })
    void versionsCompareAsNumbers(String version, String other, boolean notAfter) {
        assertEquals(notAfter, LivePolicy.isNotAfter(version, other));
        assertEquals(
                notAfter, LivePolicies.baseline("uid", version).isCoveredBy(LivePolicies.baseline("another", other)));
    }

    @Test
    void ofOneOfOursOnlyWhatIsOursToSetIsLookedAt() {
        NetworkPolicy object = ours();
        object.getMetadata()
                .setLabels(ImmutableMap.<String, String>builder()
                        .putAll(object.getMetadata().getLabels())
                        .put("team", "shop")
                        .buildOrThrow());
        object.getMetadata().setAnnotations(Map.of("team.example.com/contact", "shop"));
        LivePolicy live = LivePolicy.of(object);
        assertEquals(LivePolicy.of(ours()).policy(), live.policy());
        assertTrue(live.annotated());
        assertFalse(LivePolicy.of(ours()).annotated());
        assertEquals("", live.writer());
        assertFalse(live.offered());
    }

    @Test
    void ofOneOfOthersEverythingIsLookedAtAndWhoWroteIt() {
        NetworkPolicy object = theirs();
        object.getMetadata().setAnnotations(Map.of("team.example.com/contact", "shop"));
        LivePolicy live = LivePolicy.of(object);
        assertEquals(Map.of("team", "shop"), live.policy().labels());
        assertEquals(Map.of("team.example.com/contact", "shop"), live.policy().annotations());
        assertEquals("kubectl", live.writer());
        assertFalse(live.isManaged());
    }

    @Test
    void oneOfOthersIsOfferedWhereItSaysSoAndCanBeRead() {
        NetworkPolicy object = theirs();
        assertFalse(LivePolicy.of(object).offered());
        object.getMetadata().setAnnotations(Map.of(Marker.ADOPT, "true"));
        assertTrue(LivePolicy.of(object).offered());
        object.getSpec().setPolicyTypes(List.of("Sideways"));
        assertFalse(LivePolicy.of(object).offered());

        NetworkPolicy already = ours();
        already.getMetadata().setAnnotations(Map.of(Marker.ADOPT, "true"));
        assertFalse(LivePolicy.of(already).offered(), "it is ours already");
    }

    @Test
    void oneOfOthersThatCannotBeReadIsMarkedForPlansAndOneOfOursIsNot() {
        NetworkPolicy theirs = theirs();
        theirs.getSpec().setPolicyTypes(List.of("Sideways"));
        assertTrue(Marker.isUnreadable(LivePolicy.of(theirs).policy().annotations()));
        assertEquals(Map.of("team", "shop"), LivePolicy.of(theirs).policy().labels());
        assertFalse(Marker.isUnreadable(LivePolicy.of(unreadable()).policy().annotations()));
    }

    @Test
    void whatIsNotTidyDiffersForPlansInOneAnnotationAlone() {
        NetworkPolicy object = ours();
        object.getMetadata().setFinalizers(List.of("example.com/mine"));
        object.getMetadata().setAnnotations(Map.of("bulkhead.dev/attached", "no", Marker.INTENTS, "checkout"));
        LivePolicy live = LivePolicy.of(object);
        assertEquals(
                Map.of("bulkhead.dev/attached", "true", Marker.INTENTS, "checkout"),
                live.forPlanning().annotations());
        assertEquals(live.policy().key(), live.forPlanning().key());
        assertEquals(live.policy().labels(), live.forPlanning().labels());
        assertEquals(live.policy().directions(), live.forPlanning().directions());
    }

    private static NetworkPolicy theirs() {
        NetworkPolicy object = ours();
        object.getMetadata().setName("theirs");
        object.getMetadata().setLabels(Map.of("team", "shop"));
        object.getMetadata()
                .setManagedFields(List.of(new ManagedFieldsEntryBuilder()
                        .withManager("kubectl")
                        .withTime("2026-01-01T00:00:00Z")
                        .build()));
        return object;
    }

    private static NetworkPolicy unreadable() {
        NetworkPolicy object = ours();
        object.getSpec().setPolicyTypes(List.of("Sideways"));
        return object;
    }

    private static NetworkPolicy ours() {
        return ApiObjects.policy("shop", "bulkhead-baseline", "uid", "9");
    }
}
