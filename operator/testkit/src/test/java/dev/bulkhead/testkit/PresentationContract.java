package dev.bulkhead.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kubectl shows people: tables, categories, events and the schemas behind {@code kubectl explain}. */
abstract class PresentationContract extends Contract {

    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    private static final ObjectMapper JSON = new ObjectMapper();

    PresentationContract(KubernetesClient client) {
        super(client);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            api/v1/namespaces | Name, Status, Age
            api/v1/nodes | Name, Status, Roles, Age, Version
            api/v1/pods | Name, Ready, Status, Restarts, Age
            api/v1/services | Name, Type, Cluster-IP, External-IP, Port(s), Age
            api/v1/events | Last Seen, Type, Reason, Object, Message
            apis/apps/v1/deployments | Name, Ready, Up-to-date, Available, Age
            apis/apps/v1/replicasets | Name, Desired, Current, Ready, Age
            apis/networking.k8s.io/v1/networkpolicies | Name, Pod-Selector, Age
            """)
    void kindsOfKubernetesHaveTheirColumns(String path, String columns) throws Exception {
        assertEquals(columns, String.join(", ", columns(get(path, TABLE))));
    }

    @Test
    void customResourcesHaveTheColumnsOfTheirDefinition() throws Exception {
        defineGadgets();
        GenericKubernetesResource gadget = gadget("clock");
        gadget.setAdditionalProperty("spec", Map.of("maker", Map.of("company", "Acme"), "parts", 12));
        client.resource(gadget).create();
        gadget.setAdditionalProperty(
                "status",
                Map.of(
                        "conditions",
                        List.of(
                                Map.of("type", "Known", "status", "False"),
                                Map.of("type", "Works", "status", "True"))));
        client.resource(gadget).updateStatus();

        JsonNode table = get(gadgets(), TABLE);
        assertEquals("Table", table.path("kind").asText());
        assertEquals(List.of("Name", "Maker", "Parts", "Works", "Age"), columns(table));
        JsonNode row = table.path("rows").path(0);
        List<String> cells = texts(row.path("cells"));
        assertEquals(List.of("clock", "Acme", "12", "True"), cells.subList(0, 4));
        assertTrue(cells.get(4).matches("\\d+s"), cells::toString);
        assertEquals(namespace, row.at("/object/metadata/namespace").asText());
        assertEquals(
                row.path("cells").path(1),
                get(gadgets() + "/clock", TABLE).at("/rows/0/cells/1"),
                "one object is a table of one row");
    }

    @Test
    void whatThereIsNotLeavesACellEmpty() throws Exception {
        defineGadgets();
        client.resource(gadget("plain")).create();

        JsonNode cells = get(gadgets(), TABLE).at("/rows/0/cells");
        assertTrue(
                cells.path(1).isNull()
                        && cells.path(2).isNull()
                        && cells.path(3).isNull(),
                cells::toString);
    }

    @Test
    void whoWantsObjectsGetsObjects() throws Exception {
        assertEquals(
                "NamespaceList",
                get("api/v1/namespaces", "application/json").path("kind").asText());
    }

    @Test
    void categoriesAreToldToClients() {
        defineGadgets();

        assertEquals(
                List.of("testkit"),
                resource("testkit.bulkhead.dev/v1alpha1", "gadgets").getCategories());
        assertEquals(List.of("all"), resource("apps/v1", "deployments").getCategories());
    }

    @Test
    void eventsAreTheSameInBothGroups() {
        client.resource(new EventBuilder()
                        .withNewMetadata()
                        .withName("seen")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withEventTime(new MicroTime("2026-01-02T03:04:05.678901Z"))
                        .withReportingController("bulkhead.dev/test")
                        .withReportingInstance("here")
                        .withType("Warning")
                        .withReason("Seen")
                        .withAction("Look")
                        .withNewRegarding()
                        .withKind("Pod")
                        .withName("web")
                        .withNamespace(namespace)
                        .endRegarding()
                        .withNote("Something was seen.")
                        .build())
                .create();

        await("the core group has the event", () -> !seen().isEmpty());
        assertEquals("Something was seen.", seen().get(0).getMessage());
        assertEquals("Seen", seen().get(0).getReason());
        assertEquals("bulkhead.dev/test", seen().get(0).getReportingComponent());

        client.events().v1().events().inNamespace(namespace).withName("seen").delete();
        await("it is gone from both", () -> seen().isEmpty());
    }

    @Test
    void schemasOfCustomResourcesCanBeAskedFor() {
        defineGadgets();
        await("the document describes gadgets", () -> {
            try {
                JsonNode document = get("openapi/v3/apis/testkit.bulkhead.dev/v1alpha1", "application/json");
                return StreamSupport.stream(document.at("/components/schemas").spliterator(), false)
                        .anyMatch(schema -> schema.at("/x-kubernetes-group-version-kind/0/kind")
                                        .asText()
                                        .equals("Gadget")
                                && schema.path("properties").has("spec"));
            } catch (Exception | AssertionError e) {
                return false;
            }
        });
    }

    private List<io.fabric8.kubernetes.api.model.Event> seen() {
        return client.v1()
                .events()
                .inNamespace(namespace)
                .withField("involvedObject.name", "web")
                .list()
                .getItems();
    }

    private String gadgets() {
        return "apis/testkit.bulkhead.dev/v1alpha1/namespaces/" + namespace + "/gadgets";
    }

    private APIResource resource(String groupVersion, String plural) {
        return client.getApiResources(groupVersion).getResources().stream()
                .filter(resource -> resource.getName().equals(plural))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode get(String path, String accept) throws Exception {
        HttpResponse<String> response = client.getHttpClient()
                .sendAsync(
                        client.getHttpClient()
                                .newHttpRequestBuilder()
                                .uri(URI.create(client.getMasterUrl().toString())
                                        .resolve("/" + path))
                                .header("Accept", accept)
                                .build(),
                        String.class)
                .get();
        assertEquals(200, response.code(), response.body());
        return JSON.readTree(response.body());
    }

    /** Those that are shown without {@code -o wide}. */
    private static List<String> columns(JsonNode table) {
        List<String> names = new ArrayList<>();
        for (JsonNode column : table.path("columnDefinitions")) {
            if (column.path("priority").asInt() == 0) {
                names.add(column.path("name").asText());
            }
        }
        return names;
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
