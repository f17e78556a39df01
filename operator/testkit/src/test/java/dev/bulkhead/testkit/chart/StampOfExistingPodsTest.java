package dev.bulkhead.testkit.chart;

import static dev.bulkhead.testkit.chart.Shop.NAME_OF_64;
import static dev.bulkhead.testkit.chart.Shop.PODS;
import static dev.bulkhead.testkit.chart.Shop.STAMP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.chart.Requests.Answer;
import dev.bulkhead.testkit.junit.OnControlPlane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be done to the label bulkhead.dev/service-account of a pod that exists, on a real API server. */
@OnControlPlane(value = ControlPlaneKind.REAL, tenants = Shop.TENANT)
class StampOfExistingPodsTest {

    private static final String FORGED = """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"bulkhead.dev/service-account": "payments"}}}""";

    private static Shop shop;
    private static String oldPod;
    private static String oldForgedPod;

    @BeforeAll
    static void installPoliciesWherePodsRunAlready(ControlPlane controlPlane) {
        shop = new Shop(controlPlane);
        oldPod = shop.createPod("checkout");
        oldForgedPod = shop.createPod("checkout");
        assertTrue(
                shop.tenant().write("merge", PODS + "/" + oldForgedPod, FORGED).accepted());
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
            relabelled by merge patch     | merge     | {"metadata": {"labels": {"bulkhead.dev/service-account": "payments"}}}
            relabelled by strategic patch | strategic | {"metadata": {"labels": {"bulkhead.dev/service-account": "payments"}}}
            relabelled by JSON patch      | json      | [{"op": "replace", "path": "/metadata/labels/bulkhead.dev~1service-account", "value": "payments"}]
            relabelled by forced apply    | apply     | {"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"bulkhead.dev/service-account": "payments"}}}
            emptied by merge patch        | merge     | {"metadata": {"labels": {"bulkhead.dev/service-account": ""}}}
            removed by merge patch        | merge     | {"metadata": {"labels": {"bulkhead.dev/service-account": null}}}
            removed by JSON patch         | json      | [{"op": "remove", "path": "/metadata/labels/bulkhead.dev~1service-account"}]
            all labels removed            | json      | [{"op": "remove", "path": "/metadata/labels"}]
            all labels replaced           | json      | [{"op": "replace", "path": "/metadata/labels", "value": {"bulkhead.dev/service-account": "payments"}}]
            """)
    void aRelabelledPodKeepsItsStamp(String attempt, String format, String body) {
        String pod = shop.createPod("checkout");

        Answer answer = shop.tenant().write(format, PODS + "/" + pod, body);

        assertTrue(answer.accepted(), answer.message());
        assertEquals("checkout", answer.label(STAMP));
        assertEquals("checkout", shop.stamp(pod));
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "strategic", "apply"})
    void aPodWhoseServiceAccountHasTooLongANameCannotBeGivenAStamp(String format) {
        String pod = shop.createPod(NAME_OF_64);

        Answer answer = shop.tenant().write(format, PODS + "/" + pod, FORGED);

        assertTrue(answer.accepted(), answer.message());
        assertNull(shop.stamp(pod));
    }

    @Test
    void aReplacedPodKeepsItsStamp() {
        String pod = shop.createPod("checkout");

        assertTrue(
                shop.tenant().write("put", PODS + "/" + pod, forgedCopyOf(pod)).accepted());
        assertEquals("checkout", shop.stamp(pod));

        assertEquals(
                403,
                shop.tenant()
                        .write("put", PODS + "/" + pod + "/status", forgedCopyOf(pod))
                        .code());
        assertEquals("checkout", shop.stamp(pod));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            # attempt                    | format    | path                   | body                                                                                                  | message holds
            status, merge patch          | merge     | pods/POD/status        | {"metadata": {"labels": {"bulkhead.dev/service-account": "payments"}}}                                | runs as service account checkout
            status, strategic patch      | strategic | pods/POD/status        | {"metadata": {"labels": {"bulkhead.dev/service-account": "payments"}}}                                | runs as service account checkout
            status, JSON patch           | json      | pods/POD/status        | [{"op": "replace", "path": "/metadata/labels/bulkhead.dev~1service-account", "value": "payments"}]    | runs as service account checkout
            status, forced apply         | apply     | pods/POD/status        | {"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"bulkhead.dev/service-account": "payments"}}} | runs as service account checkout
            status, label emptied        | merge     | pods/POD/status        | {"metadata": {"labels": {"bulkhead.dev/service-account": ""}}}                                        | runs as service account checkout
            status, label removed        | merge     | pods/POD/status        | {"metadata": {"labels": {"bulkhead.dev/service-account": null}}}                                      | is missing
            status, all labels removed   | json      | pods/POD/status        | [{"op": "remove", "path": "/metadata/labels"}]                                                        | is missing
            a Binding                    | post      | pods/POD/binding       | {"metadata": {"name": "POD", "labels": {"bulkhead.dev/service-account": "payments"}}, "target": {"kind": "Node", "name": "nowhere"}} | a Binding must not carry it
            a Binding in its elder form  | post      | bindings               | {"metadata": {"name": "POD", "labels": {"bulkhead.dev/service-account": "payments"}}, "target": {"kind": "Node", "name": "nowhere"}} | a Binding must not carry it
            """)
    void noSubresourceGetsAroundTheStamp(String attempt, String format, String path, String body, String message) {
        String pod = shop.createPod("checkout");

        Answer answer = shop.tenant()
                .write(format, "/api/v1/namespaces/shop/" + path.replace("POD", pod), body.replace("POD", pod));

        assertEquals(403, answer.code(), answer.body()::toString);
        assertTrue(answer.message().contains("bulkhead-verify-service-account"), answer.message());
        assertTrue(answer.message().contains(message), answer.message());
        assertEquals("checkout", shop.stamp(pod));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ephemeralcontainers", "resize"})
    void aSubresourceThatIgnoresLabelsChangesNone(String subresource) {
        String pod = shop.createPod("checkout");

        shop.tenant().write("merge", PODS + "/" + pod + "/" + subresource, FORGED);

        assertEquals("checkout", shop.stamp(pod));
    }

    @Test
    void theStatusOfAPodWithoutStampCannotGiveItOne() {
        String pod = shop.createPod(NAME_OF_64);

        Answer answer = shop.tenant().write("merge", PODS + "/" + pod + "/status", FORGED);

        assertEquals(403, answer.code());
        assertTrue(answer.message().contains("is longer than 63 characters"), answer.message());
        assertTrue(reportsStatus(pod).accepted());
        assertNull(shop.stamp(pod));
    }

    @Test
    void aPodFromBeforeTheInstallationGoesOnAndIsStampedByItsNextChange() {
        assertTrue(reportsStatus(oldPod).accepted());
        assertTrue(attachesDebugContainer(oldPod).accepted());
        assertTrue(resizes(oldPod).accepted());
        assertNull(shop.stamp(oldPod));

        assertEquals(
                403,
                shop.tenant()
                        .write("merge", PODS + "/" + oldPod + "/status", FORGED)
                        .code());

        assertTrue(shop.tenant()
                .write("merge", PODS + "/" + oldPod, Shop.labels("tier", "front"))
                .accepted());
        assertEquals("checkout", shop.stamp(oldPod));
    }

    @Test
    void aLabelForgedBeforeTheInstallationIsPutRightByThePodsNextChange() {
        assertTrue(reportsStatus(oldForgedPod).accepted());
        assertEquals("payments", shop.stamp(oldForgedPod));

        assertEquals(
                403,
                shop.tenant()
                        .write("merge", PODS + "/" + oldForgedPod + "/status", Shop.labels(STAMP, "ledger"))
                        .code());
        assertTrue(shop.tenant()
                .write("merge", PODS + "/" + oldForgedPod, Shop.labels("tier", "front"))
                .accepted());
        assertEquals("checkout", shop.stamp(oldForgedPod));
    }

    @Test
    void aStampedPodReportsItsStatusTakesDebugContainersAndIsResized() {
        String pod = shop.createPod("checkout");

        assertTrue(reportsStatus(pod).accepted());
        assertTrue(attachesDebugContainer(pod).accepted());
        assertTrue(resizes(pod).accepted());
        assertEquals("checkout", shop.stamp(pod));
    }

    @Test
    void aStampedPodIsEvicted() {
        String pod = shop.createPod("checkout");

        Answer answer = shop.tenant()
                .create(PODS + "/" + pod + "/eviction", "{\"metadata\": {\"name\": \"%s\"}}".formatted(pod));

        assertTrue(answer.accepted(), answer.message());
    }

    @Test
    void nobodyIsExempt() {
        String pod = shop.createPod("checkout");

        for (String user : new String[] {"tenant", "security team", "operator", "administrator"}) {
            assertEquals(
                    403,
                    shop.as(user)
                            .write("merge", PODS + "/" + pod + "/status", FORGED)
                            .code(),
                    user);
            assertEquals(
                    "checkout",
                    shop.as(user).write("merge", PODS + "/" + pod, FORGED).label(STAMP),
                    user);
        }
    }

    @Test
    void aChangeThatLeavesTheLabelAloneIsNotPatchedTwice() {
        String pod = shop.createPod("checkout");
        String before = shop.tenant()
                .get(PODS + "/" + pod)
                .body()
                .at("/metadata/resourceVersion")
                .asText();

        Answer unchanged = shop.tenant().write("merge", PODS + "/" + pod, Shop.labels("app", "x"));
        assertEquals(before, unchanged.body().at("/metadata/resourceVersion").asText());

        Answer changed = shop.tenant().write("merge", PODS + "/" + pod, Shop.labels("app", "y"));
        assertNotEquals(before, changed.body().at("/metadata/resourceVersion").asText());
    }

    private static String forgedCopyOf(String pod) {
        ObjectNode copy = (ObjectNode) shop.tenant().get(PODS + "/" + pod).body();
        ((ObjectNode) copy.at("/metadata/labels")).put(STAMP, "payments");
        return copy.toString();
    }

    private static Answer reportsStatus(String pod) {
        return shop.tenant().write("strategic", PODS + "/" + pod + "/status", """
                        {"status": {"conditions": [{"type": "Ready", "status": "True"}]}}""");
    }

    private static Answer attachesDebugContainer(String pod) {
        return shop.tenant().write("strategic", PODS + "/" + pod + "/ephemeralcontainers", """
                        {"spec": {"ephemeralContainers": [{"name": "debug", "image": "x"}]}}""");
    }

    private static Answer resizes(String pod) {
        return shop.tenant().write("strategic", PODS + "/" + pod + "/resize", """
                        {"spec": {"containers": [{"name": "main", "resources": {"requests": {"cpu": "20m"}}}]}}""");
    }
}
