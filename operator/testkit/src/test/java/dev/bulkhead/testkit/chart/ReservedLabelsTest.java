package dev.bulkhead.testkit.chart;

import static dev.bulkhead.testkit.chart.Shop.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.chart.Requests.Answer;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may pass a verdict on a pod, on a real API server. */
@OnControlPlane(value = ControlPlaneKind.REAL, tenants = Shop.TENANT)
class ReservedLabelsTest {

    private static final String QUARANTINE = "bulkhead.dev/quarantine";
    private static final String POSTURE = "posture.bulkhead.dev/hardened";

    private static Shop shop;

    @BeforeAll
    static void installPolicies(ControlPlane controlPlane) {
        shop = new Shop(controlPlane);
        shop.installIdentityPolicies();
    }

    @AfterAll
    static void stop() {
        if (shop != null) {
            shop.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            # attempt                       | format    | path              | body
            a pod born hardened             | post      | pods              | {"metadata": {"name": "POD-b", "labels": {"posture.bulkhead.dev/hardened": "true"}}, "spec": {"containers": [{"name": "main", "image": "x"}]}}
            a pod born in quarantine        | post      | pods              | {"metadata": {"generateName": "b-", "labels": {"bulkhead.dev/quarantine": ""}}, "spec": {"containers": [{"name": "main", "image": "x"}]}}
            applied with a posture          | apply     | pods/POD-c        | {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "POD-c", "labels": {"posture.bulkhead.dev/hardened": "true"}}, "spec": {"containers": [{"name": "main", "image": "x"}]}}
            posture claimed                 | merge     | pods/POD          | {"metadata": {"labels": {"posture.bulkhead.dev/hardened": "true"}}}
            posture claimed, JSON patch     | json      | pods/POD          | [{"op": "add", "path": "/metadata/labels/posture.bulkhead.dev~1hardened", "value": "true"}]
            posture claimed through status  | merge     | pods/POD/status   | {"metadata": {"labels": {"posture.bulkhead.dev/hardened": "true"}}}
            posture claimed by a Binding    | post      | pods/POD/binding  | {"metadata": {"name": "POD", "labels": {"posture.bulkhead.dev/hardened": "true"}}, "target": {"kind": "Node", "name": "nowhere"}}
            the same in its elder form      | post      | bindings          | {"metadata": {"name": "POD", "labels": {"posture.bulkhead.dev/hardened": "true"}}, "target": {"kind": "Node", "name": "nowhere"}}
            quarantine lifted               | merge     | pods/POD          | {"metadata": {"labels": {"bulkhead.dev/quarantine": null}}}
            quarantine lifted, JSON patch   | json      | pods/POD          | [{"op": "remove", "path": "/metadata/labels/bulkhead.dev~1quarantine"}]
            quarantine lifted by status     | merge     | pods/POD/status   | {"metadata": {"labels": {"bulkhead.dev/quarantine": null}}}
            all labels removed              | json      | pods/POD          | [{"op": "remove", "path": "/metadata/labels"}]
            quarantine reworded             | merge     | pods/POD          | {"metadata": {"labels": {"bulkhead.dev/quarantine": "lifted"}}}
            """)
    void aTenantIsRefused(String attempt, String format, String path, String body) {
        String pod = podInQuarantine();

        for (String user : new String[] {"tenant", "administrator"}) {
            Answer answer = shop.as(user)
                    .write(format, "/api/v1/namespaces/shop/" + path.replace("POD", pod), body.replace("POD", pod));

            assertEquals(403, answer.code(), () -> user + ": " + answer.body());
            assertTrue(answer.message().contains("bulkhead-reserve-labels"), answer.message());
            assertTrue(answer.message().contains("members of the group bulkhead:security"), answer.message());
        }
        Answer after = shop.tenant().get(PODS + "/" + pod);
        assertEquals("", after.label(QUARANTINE));
        assertNull(after.label(POSTURE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "security team"})
    void whoIsEntitledSetsChangesAndRemovesThem(String user) {
        String pod = shop.createPod("checkout");
        Requests entitled = shop.as(user);

        for (String key : new String[] {QUARANTINE, POSTURE}) {
            assertEquals("", written(entitled, pod, Shop.labels(key, "")).label(key));
            assertEquals(
                    "true", written(entitled, pod, Shop.labels(key, "true")).label(key));
            assertNull(written(entitled, pod, "{\"metadata\": {\"labels\": {\"%s\": null}}}".formatted(key))
                    .label(key));
        }
    }

    @Test
    void aTemplateWithAPostureYieldsNoPodsAndSaysWhatToDo() {
        Answer answer = shop.tenant().create("/apis/apps/v1/namespaces/shop/deployments", """
                        {"metadata": {"name": "impostor"}, "spec": {"selector": {"matchLabels": {"app": "impostor"}}, "template": {
                          "metadata": {"labels": {"app": "impostor", "posture.bulkhead.dev/hardened": "true"}},
                          "spec": {"containers": [{"name": "main", "image": "x"}]}}}}""");
        assertTrue(answer.accepted(), answer.message());

        var replicaSets = shop.client().apps().replicaSets().inNamespace("shop").withLabel("app", "impostor");
        Shop.eventually(
                "the ReplicaSet reports the refusal",
                () -> replicaSets.list().getItems().stream()
                        .flatMap(replicaSet -> replicaSet.getStatus().getConditions().stream())
                        .map(ReplicaSetCondition::getMessage)
                        .anyMatch(message -> message.contains("label posture.bulkhead.dev/hardened may be set")
                                && message.contains("Take it out of the pod, and out of the template")));
        assertEquals(
                0,
                shop.client()
                        .pods()
                        .inNamespace("shop")
                        .withLabel("app", "impostor")
                        .list()
                        .getItems()
                        .size());
    }

    @Test
    void aPodInQuarantineLivesOn() {
        String pod = podInQuarantine();

        Answer status = shop.tenant()
                .write("merge", PODS + "/" + pod + "/status", "{\"status\": {\"message\": \"still here\"}}");
        assertTrue(status.accepted(), status.message());
        Answer edited = shop.tenant().write("merge", PODS + "/" + pod, Shop.labels("tier", "front"));
        assertTrue(edited.accepted(), edited.message());
        assertEquals("", edited.label(QUARANTINE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bulkhead.dev/quarantined", "posture.bulkhead.dev.example.com/hardened", "quarantine"})
    void labelsThatOnlyLookAlikeAreFree(String key) {
        String pod = shop.createPod("checkout");

        assertEquals(
                "true", written(shop.tenant(), pod, Shop.labels(key, "true")).label(key));
    }

    private static String podInQuarantine() {
        String pod = shop.createPod("checkout");
        written(shop.as("security team"), pod, Shop.labels(QUARANTINE, ""));
        return pod;
    }

    private static Answer written(Requests user, String pod, String body) {
        Answer answer = user.write("merge", PODS + "/" + pod, body);
        assertTrue(answer.accepted(), answer.message());
        return answer;
    }
}
