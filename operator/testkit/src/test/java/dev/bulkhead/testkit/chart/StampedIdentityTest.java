package dev.bulkhead.testkit.chart;

import static dev.bulkhead.testkit.chart.Shop.NAME_OF_63;
import static dev.bulkhead.testkit.chart.Shop.NAME_OF_64;
import static dev.bulkhead.testkit.chart.Shop.PODS;
import static dev.bulkhead.testkit.chart.Shop.STAMP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.chart.Requests.Answer;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the label bulkhead.dev/service-account says of a new pod, on a real API server. */
@OnControlPlane(value = ControlPlaneKind.REAL, tenants = Shop.TENANT)
class StampedIdentityTest {
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
    @CsvSource(delimiter = '|', quoteCharacter = '^', nullValues = "none", textBlock = """
            # a new pod with …                 | metadata                                                        | spec                                 | stamp
            no labels, no service account      | {"name": "c1"}                                                  | {}                                   | default
            a service account                  | {"name": "c2", "labels": {"app": "x"}}                          | {"serviceAccountName": "checkout"}   | checkout
            the deprecated field               | {"name": "c3"}                                                  | {"serviceAccount": "checkout"}       | checkout
            a generated name                   | {"generateName": "c4-"}                                         | {"serviceAccountName": "checkout"}   | checkout
            empty labels                       | {"name": "c5", "labels": {}}                                    | {"serviceAccountName": "checkout"}   | checkout
            a forged label                     | {"name": "c6", "labels": {"bulkhead.dev/service-account": "payments"}}      | {"serviceAccountName": "checkout"} | checkout
            a forged label, name generated     | {"generateName": "c7-", "labels": {"bulkhead.dev/service-account": "payments"}} | {}             | default
            an empty label                     | {"name": "c8", "labels": {"bulkhead.dev/service-account": ""}}  | {"serviceAccountName": "checkout"}   | checkout
            the right label                    | {"name": "c9", "labels": {"bulkhead.dev/service-account": "checkout"}}      | {"serviceAccountName": "checkout"} | checkout
            a name of 63 characters            | {"name": "c10"}                                                 | {"serviceAccountName": "NAME_OF_63"} | NAME_OF_63
            a name of 64 characters            | {"name": "c11"}                                                 | {"serviceAccountName": "NAME_OF_64"} | none
            a name of 64 and a forged label    | {"name": "c12", "labels": {"bulkhead.dev/service-account": "payments"}}     | {"serviceAccountName": "NAME_OF_64"} | none
            """)
    void aNewPodIsStampedWithItsServiceAccount(String with, String metadata, String spec, String stamp) {
        Answer answer = shop.tenant()
                .create(PODS, "{\"metadata\": %s, \"spec\": %s}".formatted(metadata, withContainer(names(spec))));

        assertTrue(answer.accepted(), answer.message());
        assertEquals(names(stamp), shop.stamp(answer.name()));
    }

    @Test
    void aPodAppliedServerSideIsStamped() {
        String forged = """
                {"apiVersion": "v1", "kind": "Pod",
                 "metadata": {"name": "applied", "labels": {"bulkhead.dev/service-account": "payments"}},
                 "spec": {"serviceAccountName": "checkout", "containers": [{"name": "main", "image": "x"}]}}""";

        assertTrue(shop.tenant().write("apply", PODS + "/applied", forged).accepted());
        assertEquals("checkout", shop.stamp("applied"));
        assertTrue(shop.tenant().write("apply", PODS + "/applied", forged).accepted());
        assertEquals("checkout", shop.stamp("applied"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Deployment            | /apis/apps/v1/namespaces/shop/deployments         | "selector": {"matchLabels": {"app": "deployment"}},
            ReplicaSet            | /apis/apps/v1/namespaces/shop/replicasets         | "selector": {"matchLabels": {"app": "replicaset"}},
            StatefulSet           | /apis/apps/v1/namespaces/shop/statefulsets        | "selector": {"matchLabels": {"app": "statefulset"}},
            DaemonSet             | /apis/apps/v1/namespaces/shop/daemonsets          | "selector": {"matchLabels": {"app": "daemonset"}},
            Job                   | /apis/batch/v1/namespaces/shop/jobs               |
            ReplicationController | /api/v1/namespaces/shop/replicationcontrollers    | "selector": {"app": "replicationcontroller"},
            """)
    void aTemplateWithAForgedLabelYieldsPodsWithTheRightOne(String kind, String path, String selector) {
        String app = kind.toLowerCase(Locale.ROOT);
        Answer answer = shop.tenant().create(path, """
                        {"metadata": {"name": "forged-%1$s"}, "spec": {%2$s "template": {
                          "metadata": {"labels": {"app": "%1$s", "bulkhead.dev/service-account": "payments"}},
                          "spec": {"serviceAccountName": "checkout", "restartPolicy": "%3$s",
                                   "containers": [{"name": "main", "image": "x"}]}}}}""".formatted(
                        app, selector == null ? "" : selector, kind.equals("Job") ? "Never" : "Always"));
        assertTrue(answer.accepted(), answer.message());

        var pods = shop.client().pods().inNamespace("shop").withLabel("app", app);
        Shop.eventually(kind + " makes pods", () -> !pods.list().getItems().isEmpty());
        // With all policies in force a scheduler binds them, and a kubelet reports on them.
        Shop.eventually(
                kind + " runs",
                () -> pods.list().getItems().stream()
                        .allMatch(pod -> Set.of("Running", "Succeeded")
                                .contains(pod.getStatus().getPhase())));
        pods.list()
                .getItems()
                .forEach(pod ->
                        assertEquals("checkout", pod.getMetadata().getLabels().get(STAMP)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            relabels it                      | /metadata/labels/bulkhead.dev~1service-account
            gives it another service account | /spec/serviceAccountName
            """)
    void aPodThatALaterAdmissionStepChangesIsStampedAgain(String step, String path) {
        String name = "zz-" + (path.startsWith("/spec") ? "account" : "label");
        meddle(name, path);

        Shop.eventually("the step is taken, and then the stamp", () -> {
            Answer answer = shop.tenant().create(PODS + "?dryRun=All", """
                            {"metadata": {"name": "meddled", "labels": {"meddle": "%s"}},
                             "spec": {"serviceAccountName": "checkout", "containers": [{"name": "main", "image": "x"}]}}""".formatted(name));
            assertTrue(answer.accepted(), answer.message());
            assertEquals(answer.body().at("/spec/serviceAccountName").asText(), answer.label(STAMP));
            return "yes".equals(answer.label("meddled"));
        });
    }

    @Test
    void aMirrorPodHasNoServiceAccountAndGetsNoStamp() {
        Requests kubelet = shop.as("administrator");
        Answer answer = kubelet.create("/api/v1/namespaces/kube-system/pods", """
                {"metadata": {"name": "etcd-node-1", "labels": {"component": "etcd", "bulkhead.dev/service-account": "payments"},
                              "annotations": {"kubernetes.io/config.mirror": "0123", "kubernetes.io/config.source": "file"}},
                 "spec": {"nodeName": "node-1", "hostNetwork": true, "containers": [{"name": "etcd", "image": "etcd"}]}}""");

        assertTrue(answer.accepted(), answer.message());
        assertNull(answer.label(STAMP));
        assertEquals("etcd", answer.label("component"));
        assertTrue(kubelet.write(
                        "merge",
                        "/api/v1/namespaces/kube-system/pods/etcd-node-1/status",
                        "{\"status\": {\"message\": \"up\"}}")
                .accepted());
    }

    @Test
    void noNamespaceIsExempt() {
        Answer answer = shop.as("administrator").create("/api/v1/namespaces/kube-system/pods", """
                        {"metadata": {"name": "forged", "labels": {"bulkhead.dev/service-account": "payments"}},
                         "spec": {"containers": [{"name": "main", "image": "x"}]}}""");

        assertEquals("default", answer.label(STAMP));
    }

    /** Installs a mutating policy that comes after ours and sets a field of pods labelled with its name to "payments". */
    private static void meddle(String name, String path) {
        String group = "/apis/admissionregistration.k8s.io/v1/";
        Requests administrator = shop.as("administrator");
        Answer policy = administrator.create(group + "mutatingadmissionpolicies", """
                {"metadata": {"name": "%1$s"}, "spec": {
                  "reinvocationPolicy": "Never",
                  "matchConstraints": {
                    "objectSelector": {"matchLabels": {"meddle": "%1$s"}},
                    "resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}]},
                  "mutations": [{"patchType": "JSONPatch", "jsonPatch": {"expression": "%2$s"}}]}}""".formatted(
                        name,
                        "[JSONPatch{op: 'add', path: '%s', value: 'payments'}, JSONPatch{op: 'add', path: '/metadata/labels/meddled', value: 'yes'}]"
                                .formatted(path)));
        assertTrue(policy.accepted(), policy.message());
        Answer binding = administrator.create(
                group + "mutatingadmissionpolicybindings",
                "{\"metadata\": {\"name\": \"%1$s\"}, \"spec\": {\"policyName\": \"%1$s\"}}".formatted(name));
        assertTrue(binding.accepted(), binding.message());
    }

    private static String withContainer(String spec) {
        String rest = spec.substring(1);
        return "{\"containers\": [{\"name\": \"main\", \"image\": \"x\"}]" + (rest.equals("}") ? rest : ", " + rest);
    }

    private static String names(String text) {
        return text == null ? null : text.replace("NAME_OF_63", NAME_OF_63).replace("NAME_OF_64", NAME_OF_64);
    }
}
