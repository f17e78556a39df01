package dev.bulkhead.testkit.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.ConditionStatus;
import dev.bulkhead.api.v1alpha1.IdentityAssurance;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false, shared = true)
class ServedKindsTest {

    private final KubernetesClient client;

    ServedKindsTest(KubernetesClient client) {
        this.client = client;
    }

    @BeforeAll
    static void installDefinitions(KubernetesClient client) {
        CommittedDefinitions.install(client);
    }

    @AfterEach
    void deleteObjects() {
        client.resources(AccessIntent.class).inNamespace("default").delete();
        client.resources(Segment.class).delete();
    }

    @Test
    void kindsHaveShortNamesAndACategory() {
        Map<String, APIResource> served = client.getApiResources("bulkhead.dev/v1alpha1").getResources().stream()
                .collect(Collectors.toMap(APIResource::getName, resource -> resource));

        assertEquals(List.of("ai"), served.get("accessintents").getShortNames());
        assertEquals(List.of("seg"), served.get("segments").getShortNames());
        assertEquals(List.of("bulkhead"), served.get("accessintents").getCategories());
        assertEquals(List.of("bulkhead"), served.get("segments").getCategories());
        assertEquals(true, served.get("accessintents").getNamespaced());
        assertEquals(false, served.get("segments").getNamespaced());
    }

    @Test
    void intentsArePrintedWithWhatAPersonAsksFirst() {
        AccessIntent intent = create("the design's example", AccessIntent.class);
        intent.setStatus(new AccessIntentStatus(
                1L,
                List.of(
                        condition("Connected", ConditionStatus.FALSE, "AwaitingPeer"),
                        condition("Ready", ConditionStatus.TRUE, "Written")),
                IdentityAssurance.VERIFIED,
                null,
                null,
                "3/4"));
        client.resource(intent).updateStatus();

        Table table = table("/apis/bulkhead.dev/v1alpha1/namespaces/default/accessintents");

        assertEquals(List.of("Name", "Workload", "Ready", "Connected", "Open", "Reason", "Age"), table.columns());
        assertEquals(
                List.of("case", "checkout", "True", "False", "3/4", "AwaitingPeer"),
                table.firstRow().subList(0, 6));
    }

    @Test
    void workloadIsPrintedHoweverItIsNamed() {
        create("an owner of each kind", AccessIntent.class);

        assertEquals(
                "{\"kind\":\"Deployment\",\"name\":\"checkout.v2\"}",
                table("/apis/bulkhead.dev/v1alpha1/namespaces/default/accessintents")
                        .firstRow()
                        .get(1));
    }

    @Test
    void segmentsArePrintedWithWhatAPersonAsksFirst() {
        Segment segment = create("a segment that enforces one direction", Segment.class);
        segment.setStatus(new SegmentStatus(
                1L,
                List.of(
                        condition("Ready", ConditionStatus.TRUE, "Enrolled"),
                        condition("Voided", ConditionStatus.FALSE, "NothingWidened")),
                List.of("shop"),
                1,
                7,
                null,
                null,
                null,
                null));
        client.resource(segment).updateStatus();

        Table table = table("/apis/bulkhead.dev/v1alpha1/segments");

        assertEquals(
                List.of("Name", "Namespaces", "Ingress", "Egress", "Trust", "Unstamped", "Ready", "Voided", "Age"),
                table.columns());
        assertEquals(
                List.of("case", 1, true, false, "Segment", 7, "True", "False"),
                table.firstRow().subList(0, 8));
    }

    private <T extends HasMetadata> T create(String name, Class<T> type) {
        return client.resource(ObjectCase.named("stored.yaml", name).typed(type))
                .create();
    }

    private static Condition condition(String type, ConditionStatus status, String reason) {
        return new Condition(type, status, 1L, "2026-01-31T12:00:00Z", reason, "as it should be");
    }

    /** What {@code kubectl get} prints. */
    private Table table(String path) {
        var request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceAll("/$", "") + path)
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .build();
        HttpResponse<String> response =
                client.getHttpClient().sendAsync(request, String.class).join();
        return Serialization.unmarshal(response.body(), Table.class);
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Table(List<Column> columnDefinitions, List<Row> rows) {

        List<String> columns() {
            return columnDefinitions.stream().map(Column::name).toList();
        }

        List<Object> firstRow() {
            return rows.get(0).cells();
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Column(String name) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Row(List<Object> cells) {}
}
