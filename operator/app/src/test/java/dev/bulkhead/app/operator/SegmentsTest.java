package dev.bulkhead.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnControlPlane(ControlPlaneKind.REAL)
class SegmentsTest {

    private final Scene scene;

    SegmentsTest(ControlPlane controlPlane) {
        scene = new Scene(controlPlane);
    }

    @BeforeEach
    void start() {
        scene.installDefinitions();
        scene.startOperator();
    }

    @AfterEach
    void clear() {
        scene.close();
    }

    @Test
    void aNamespaceThatIsReleasedKeepsOnlyThePoliciesOfOthers() {
        String shop = scene.namespace("shop");
        NetworkPolicy foreign = scene.foreignPolicy(shop, "theirs");
        String town = scene.segment("town", List.of(shop), true);
        scene.awaitClosed(shop);
        scene.deleteSegment(town);
        scene.await("shop is released", () -> scene.policies(shop).equals(List.of(foreign)));
    }

    @Test
    void aSegmentThatOnlyObservesHasNothingWritten() {
        String shop = scene.namespace("shop");
        scene.segment("town", List.of(shop), false);
        scene.deployment(shop, "checkout", 1);
        scene.deployment(shop, "catalogue", 1);
        scene.outbound(shop, "checkout", "checkout", shop, "catalogue", 8080);
        scene.awaitRuleState(shop, "checkout", "Observed");
        assertEquals(List.of(), scene.policies(shop));
    }

    @Test
    void twoSegmentsThatClaimOneNamespaceChangeNothingThereAndSaySo() {
        String shop = scene.namespace("shop");
        String town = scene.segment("town", List.of(shop), true);
        scene.awaitClosed(shop);
        scene.await("all is written", () -> scene.find(shop, "bulkhead-dns").isPresent());
        List<NetworkPolicy> before = scene.policies(shop);
        String village = scene.segment("village", List.of(shop), false);
        scene.await(
                "both say so",
                () -> scene.segmentReadyReason(town).equals("Conflict")
                        && scene.segmentReadyReason(village).equals("Conflict"));
        assertEquals(before, scene.policies(shop));
        scene.deleteSegment(town);
        scene.await("the other has it", () -> scene.policies(shop).isEmpty());
        scene.await("and says so", () -> scene.segmentReadyReason(village).equals("Enrolled"));
    }

    @Test
    void aDefinitionThatIsDeletedWithdrawsNothing() {
        String shop = scene.namespace("shop");
        scene.segment("town", List.of(shop), true);
        scene.deployment(shop, "checkout", 1);
        scene.deployment(shop, "catalogue", 1);
        scene.outbound(shop, "checkout", "checkout", shop, "catalogue", 8080);
        scene.awaitRuleState(shop, "checkout", "Open");
        List<NetworkPolicy> before = scene.policies(shop);

        scene.deleteDefinitions();
        scene.await(
                "the intents are not watched", () -> !scene.operator().unready().isEmpty());
        assertEquals(before, scene.policies(shop));

        scene.installDefinitions();
        scene.outbound(shop, "checkout", "checkout", shop, "catalogue", 8080);
        scene.segment("town", List.of(shop), true);
        scene.awaitRuleState(shop, "checkout", "Open");
        assertEquals(before, scene.policies(shop));
    }
}
