package dev.bulkhead.cluster.slim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.cluster.decode.LivePodReader;
import dev.bulkhead.cluster.decode.NamespaceReader;
import dev.bulkhead.cluster.decode.NodeReader;
import dev.bulkhead.cluster.decode.PodReader;
import dev.bulkhead.cluster.decode.ServiceReader;
import dev.bulkhead.cluster.decode.WorkloadReader;
import dev.bulkhead.cluster.inventory.LivePolicy;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SlimListsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PodReader PODS = new PodReader();

    private static final String METADATA = """
            "metadata": {"name": "web", "namespace": "shop", "uid": "7c4b3a55-6f0c-4b52-9f0e-3f6b6a0d1a11",
              "resourceVersion": "42", "generation": 7, "creationTimestamp": "2026-01-01T00:00:00Z",
              "labels": {"app": "web", "app.kubernetes.io/managed-by": "somebody", "é": "\\ud83d\\ude00 \\" ü"},
              "annotations": {"kubernetes.io/config.mirror": "x", "bulkhead.dev/adopt": "true", "note": "n"},
              "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web-1", "uid": "u", "controller": true}],
              "managedFields": [{"manager": "kubectl", "operation": "Update", "time": "2026-01-01T00:00:00Z",
                "fieldsType": "FieldsV1", "fieldsV1": {"f:spec": {}}}]}""";

    private static final String POD_SPEC = """
            {"serviceAccountName": "web", "serviceAccount": "web", "hostNetwork": true, "nodeName": "node-1",
             "containers": [{"name": "main", "image": "web:1", "env": [{"name": "a", "value": "b"}],
               "ports": [{"name": "http", "containerPort": 8080, "protocol": "TCP"}, {"containerPort": 53, "protocol": "UDP"}]},
               {"name": "none", "image": "none:1"}],
             "initContainers": [{"name": "sidecar", "restartPolicy": "Always", "ports": [{"name": "side", "containerPort": 9}]},
               {"name": "once", "ports": [{"name": "once", "containerPort": 10}]}]}""";

    private static final String POD = "{" + METADATA + ", \"spec\": " + POD_SPEC
            + ", \"status\": {\"phase\": \"Running\", \"podIP\": \"10.0.0.1\", \"podIPs\": [{\"ip\": \"10.0.0.1\"}, {\"ip\": \"fd00::1\"}]}}";

    private static final String WORKLOAD = "{" + METADATA
            + ", \"spec\": {\"replicas\": 3, \"selector\": {\"matchLabels\": {\"app\": \"web\"},"
            + " \"matchExpressions\": [{\"key\": \"tier\", \"operator\": \"NotIn\", \"values\": [\"a\", \"b\"]}]},"
            + " \"template\": {\"metadata\": {\"labels\": {\"app\": \"web\"}}, \"spec\": " + POD_SPEC + "}}}";

    private static final String SERVICE = "{" + METADATA
            + ", \"spec\": {\"type\": \"ClusterIP\", \"clusterIP\": \"10.96.0.7\", \"clusterIPs\": [\"10.96.0.7\", \"fd00::7\"], \"selector\": {\"app\": \"web\"},"
            + " \"ports\": [{\"name\": \"http\", \"port\": 80, \"targetPort\": \"http\"}, {\"port\": 53, \"protocol\": \"UDP\", \"targetPort\": 5353}]},"
            + " \"status\": {\"loadBalancer\": {\"ingress\": [{\"ip\": \"198.51.100.7\", \"ports\": [{\"port\": 80, \"protocol\": \"TCP\"}]}]}}}";

    private static final String POLICY = "{" + METADATA
            + ", \"spec\": {\"podSelector\": {}, \"policyTypes\": [\"Ingress\", \"Egress\"], \"ingress\": [{}],"
            + " \"egress\": [{\"to\": [{\"ipBlock\": {\"cidr\": \"10.0.0.0/8\", \"except\": [\"10.1.0.0/16\"]}},"
            + " {\"namespaceSelector\": {}, \"podSelector\": {\"matchLabels\": {\"a\": \"b\"}}}], \"ports\": [{\"port\": \"http\"}]}]}}";

    @Test
    void whatIsReadOfAReducedObjectIsWhatIsReadOfAllOfIt() {
        assertSame("pods", POD, Pod.class, new LivePodReader(PODS)::read);
        WorkloadReader workloads = new WorkloadReader(PODS);
        assertSame("deployments", WORKLOAD, Deployment.class, workloads::read);
        assertSame("statefulsets", WORKLOAD, StatefulSet.class, workloads::read);
        assertSame("daemonsets", WORKLOAD, DaemonSet.class, workloads::read);
        assertSame("services", SERVICE, Service.class, new ServiceReader()::read);
        assertSame("networkpolicies", POLICY, NetworkPolicy.class, LivePolicy::of);
        assertSame(
                "namespaces",
                "{" + METADATA.replace("}]}", "}], \"deletionTimestamp\": \"2026-01-02T00:00:00Z\"}")
                        + ", \"status\": {\"phase\": \"Terminating\"}}",
                Namespace.class,
                new NamespaceReader()::read);
        assertSame(
                "nodes",
                "{" + METADATA
                        + ", \"spec\": {\"podCIDR\": \"10.0.0.0/24\", \"podCIDRs\": [\"10.0.0.0/24\", \"fd00::/64\"]},"
                        + " \"status\": {\"images\": [{\"names\": [\"a\"]}], \"addresses\": [{\"type\": \"InternalIP\", \"address\": \"192.0.2.1\"}]}}",
                Node.class,
                new NodeReader()::read);
    }

    private static <T extends HasMetadata> void assertSame(
            String plural, String object, Class<T> type, Function<T, Object> reader) {
        JsonNode slim =
                parse(reduced("/api/v1/" + plural, list(object))).get("items").get(0);
        assertTrue(slim.toString().length() < parse(object).toString().length(), plural);
        assertEquals(
                reader.apply(Serialization.unmarshal(object, type)),
                reader.apply(Serialization.unmarshal(slim.toString(), type)),
                plural);
    }

    @Test
    void ofADeclarationAllStaysButWhoWroteWhat() {
        String intent = "{\"apiVersion\": \"bulkhead.dev/v1alpha1\", \"kind\": \"AccessIntent\", " + METADATA
                + ", \"spec\": {\"workload\": {\"serviceAccount\": \"web\"}, \"outbound\": []}, \"status\": {\"summary\": \"1/1\"}}";
        JsonNode slim = parse(reduced("/apis/bulkhead.dev/v1alpha1/accessintents", list(intent)))
                .get("items")
                .get(0);
        for (String field : List.of("apiVersion", "kind", "spec", "status")) {
            assertEquals(parse(intent).get(field), slim.get(field));
        }
        assertEquals(7, slim.at("/metadata/generation").asInt());
        assertFalse(slim.get("metadata").has("managedFields"));
    }

    @Test
    void theListItselfStaysAsItIs() {
        JsonNode list = parse(reduced("/api/v1/namespaces/shop/pods", list(POD, POD)));
        assertEquals("PodList", list.get("kind").asText());
        assertEquals("page 2", list.at("/metadata/continue").asText());
        assertEquals("77", list.at("/metadata/resourceVersion").asText());
        assertEquals(2, list.get("items").size());
    }

    @Test
    void whatIsNotReadMayBeAsLargeAsItLikes() {
        String large = WORKLOAD.replace("\"value\": \"b\"", "\"value\": \"" + "b".repeat(1_500_000) + "\"");
        String reduced = reduced("/apis/apps/v1/deployments", list(large));
        assertTrue(reduced.length() < 2_000, () -> reduced.length() + " bytes");
        assertFalse(TooLarge.isMarked(first(reduced, Deployment.class)));
    }

    /** The API server sends the fields of its own kinds in their order, and those of others by their names. */
    @Test
    void ofWhatIsTooLargeItIsKnownWhichOneItIsWhereverThatStands() {
        for (String spec : List.of("", "\"spec\": {\"nodeName\": \"node-1\"}, ")) {
            String large = "{" + spec + "\"status\": {\"podIP\": \"" + "1".repeat(20_000) + "\"}, \"kind\": \"Pod\", "
                    + METADATA + "}";
            Pod pod = first(reduced("/api/v1/pods", list(large)), Pod.class);
            assertTrue(TooLarge.isMarked(pod));
            assertEquals("web", pod.getMetadata().getName());
            assertEquals("shop", pod.getMetadata().getNamespace());
            assertEquals("42", pod.getMetadata().getResourceVersion());
            assertEquals(7, pod.getMetadata().getGeneration());
            assertEquals("somebody", pod.getMetadata().getLabels().get("app.kubernetes.io/managed-by"), "whose it is");
        }
    }

    /** Otherwise what a watch has shown would not be read any more after a restart. */
    @Test
    void aWatchMeasuresAnObjectAsAListDoes() {
        assertMeasuredAlike("Pod", "pods", 16, POD.replace("\"app\": \"web\"", "\"app\": \"PADDING\""), Pod.class);
        assertMeasuredAlike(
                "Deployment",
                "deployments",
                16,
                WORKLOAD.replace(
                        "\"template\": {\"metadata\": {\"labels\": {\"app\": \"web\"",
                        "\"template\": {\"metadata\": {\"labels\": {\"app\": \"PADDING\""),
                Deployment.class);
        assertMeasuredAlike("Service", "services", 64, SERVICE.replace("\"ClusterIP\"", "\"PADDING\""), Service.class);
        assertMeasuredAlike(
                "NetworkPolicy",
                "networkpolicies",
                128,
                POLICY.replace("\"note\": \"n\"", "\"note\": \"PADDING\""),
                NetworkPolicy.class);
        assertMeasuredAlike(
                "AccessIntent",
                "accessintents",
                128,
                "{\"apiVersion\": \"bulkhead.dev/v1alpha1\", \"kind\": \"AccessIntent\", " + METADATA
                        + ", \"spec\": {\"workload\": {\"serviceAccount\": \"PADDING\"}, \"outbound\": []}}",
                GenericKubernetesResource.class);
    }

    private static <T extends HasMetadata> void assertMeasuredAlike(
            String kind, String plural, int kibibytes, String object, Class<T> type) {
        int bound = kibibytes * 1024;
        int others = reduced("/api/v1/" + plural, list(object)).length() - list().length();
        for (int size : List.of(bound / 2, bound - 100, bound + 100, 2 * bound)) {
            String padded = object.replace("PADDING", "p".repeat(size - others));
            T watched = Serialization.unmarshal(padded, type);
            TooLarge.markIfTooLarge(kind, watched);
            String about = kind + " of " + size + " bytes";
            assertEquals(size > bound, TooLarge.isMarked(watched), about);
            assertEquals(
                    size > bound, TooLarge.isMarked(first(reduced("/api/v1/" + plural, list(padded)), type)), about);
            assertEquals("web", watched.getMetadata().getName());
        }
    }

    @Test
    void whatIsNotReadDoesNotCountInAWatchEither() {
        Deployment large = Serialization.unmarshal(
                WORKLOAD.replace("\"value\": \"b\"", "\"value\": \"" + "b".repeat(1_500_000) + "\""), Deployment.class);
        TooLarge.markIfTooLarge("Deployment", large);
        assertFalse(TooLarge.isMarked(large));
    }

    @Test
    void namesInsideAnObjectAreNotTakenForItsOwn() {
        String large =
                "{\"status\": {\"podIPs\": [{\"metadata\": {\"name\": \"false\", \"labels\": {\"app.kubernetes.io/managed-by\": \"bulkhead\"}}}],"
                        + " \"metadata\": {\"name\": \"false\"}, \"podIP\": \"" + "1".repeat(20_000) + "\"}, "
                        + METADATA + "}";
        Pod pod = first(reduced("/api/v1/pods", list(large)), Pod.class);
        assertTrue(TooLarge.isMarked(pod));
        assertEquals("web", pod.getMetadata().getName());
        assertEquals("somebody", pod.getMetadata().getLabels().get("app.kubernetes.io/managed-by"));
    }

    @Test
    void anAnswerThatIsNoListStaysAsItIs() {
        String refused = "{\"kind\":\"Status\",\"code\":403,\"details\":{\"causes\":[{\"reason\":\"items\"}]}}";
        assertEquals(refused, reduced("/api/v1/pods", refused));
        assertEquals("404 page not found\n", reduced("/api/v1/pods", "404 page not found\n"));
        assertEquals(POD, reduced("/api/v1/namespaces/shop/pods/web", POD));
        assertEquals(POD, reduced("/api/v1/pods?watch=true&limit=1", POD));
        assertEquals("", reduced("/api/v1/pods", ""));
    }

    @Test
    void aListThatIsBrokenInItsMiddleFails() {
        String broken = list(POD).substring(0, 200) + "\u0000";
        assertThrows(JsonParseException.class, () -> {
            try {
                reduced("/api/v1/pods", broken);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }

    private static String list(String... items) {
        return "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"metadata\": {\"resourceVersion\": \"77\", \"continue\": \"page 2\"},"
                + " \"items\": [" + String.join(", ", items) + "]}\n";
    }

    private static <T extends HasMetadata> T first(String list, Class<T> type) {
        return Serialization.unmarshal(parse(list).get("items").get(0).toString(), type);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it arrives in pieces of whatever size. */
    private static String reduced(String path, String answer) {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        AsyncBody body = new Body();
        AsyncBody.Consumer<List<ByteBuffer>> collecting = (buffers, from) -> {
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                received.writeBytes(bytes);
            }
            from.consume();
        };
        AsyncBody.Consumer<List<ByteBuffer>> reducing = SlimKind.of("GET", URI.create("https://cluster" + path))
                .<AsyncBody.Consumer<List<ByteBuffer>>>map(kind -> new SlimBody(kind, collecting))
                .orElse(collecting);
        Random sizes = new Random(7);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        try {
            for (int from = 0; from < bytes.length; ) {
                int size = Math.min(bytes.length - from, 1 + sizes.nextInt(700));
                reducing.consume(List.of(ByteBuffer.wrap(bytes, from, size).slice()), body);
                from += size;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return received.toString(StandardCharsets.UTF_8);
    }

    private static final class Body implements AsyncBody {

        @Override
        public void consume() {}

        @Override
        public CompletableFuture<Void> done() {
            return new CompletableFuture<>();
        }

        @Override
        public void cancel() {}
    }
}
