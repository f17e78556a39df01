package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The columns in which kubectl shows each kind: those of its definition, or those that Kubernetes itself has for it. */
final class PrinterColumns {

    private static final List<Column> OTHERWISE = List.of(Column.NAME, Column.AGE);

    private static final Map<ResourceType, List<Column>> OF_KUBERNETES = Map.of(
            ResourceTypes.NAMESPACES,
            List.of(Column.NAME, Column.field("Status", "/status/phase"), Column.AGE),
            ResourceTypes.NODES,
            List.of(
                    Column.NAME,
                    Column.text("Status", node -> isReady(node) ? "Ready" : "NotReady"),
                    Column.text("Roles", node -> "<none>"),
                    Column.AGE,
                    Column.text(
                            "Version",
                            node -> node.at("/status/nodeInfo/kubeletVersion").asText())),
            ResourceTypes.PODS,
            List.of(
                    Column.NAME,
                    Column.text("Ready", PrinterColumns::readyContainers),
                    Column.text("Status", pod -> pod.at("/status/phase").asText()),
                    Column.text("Restarts", pod -> "0"),
                    Column.AGE,
                    Column.field("IP", "/status/podIP").wide(),
                    Column.field("Node", "/spec/nodeName").wide()),
            ResourceTypes.SERVICES,
            List.of(
                    Column.NAME,
                    Column.field("Type", "/spec/type"),
                    Column.field("Cluster-IP", "/spec/clusterIP"),
                    Column.text("External-IP", service -> "<none>"),
                    Column.text("Port(s)", PrinterColumns::ports),
                    Column.AGE,
                    Column.text("Selector", service -> labels(service.at("/spec/selector")))
                            .wide()),
            ResourceTypes.DEPLOYMENTS,
            List.of(
                    Column.NAME,
                    Column.text(
                            "Ready",
                            deployment -> deployment.at("/status/readyReplicas").asInt() + "/"
                                    + deployment.at("/spec/replicas").asInt()),
                    Column.number("Up-to-date", "/status/updatedReplicas"),
                    Column.number("Available", "/status/availableReplicas"),
                    Column.AGE),
            ResourceTypes.REPLICA_SETS,
            List.of(
                    Column.NAME,
                    Column.number("Desired", "/spec/replicas"),
                    Column.number("Current", "/status/replicas"),
                    Column.number("Ready", "/status/readyReplicas"),
                    Column.AGE),
            ResourceTypes.NETWORK_POLICIES,
            List.of(
                    Column.NAME,
                    Column.text("Pod-Selector", policy -> selector(policy.at("/spec/podSelector"))),
                    Column.AGE),
            ResourceTypes.EVENTS,
            List.of(
                    Column.age("Last Seen", "/lastTimestamp"),
                    Column.text("Type", event -> event.path("type").asText()),
                    Column.text("Reason", event -> event.path("reason").asText()),
                    Column.text("Object", PrinterColumns::involved),
                    Column.text(
                            "Message", event -> event.path("message").asText().strip()),
                    Column.NAME.wide()));

    private final ObjectStore store;

    PrinterColumns(ObjectStore store) {
        this.store = store;
    }

    List<Column> of(Target target) {
        ResourceType type = target.type();
        List<Column> known = OF_KUBERNETES.get(type);
        if (known != null) {
            return known;
        }
        return store.get(new ObjectKey(ResourceTypes.CUSTOM_RESOURCE_DEFINITIONS, "", type.qualifiedPlural()))
                .map(definition -> ofDefinition(definition, target.version()))
                .orElse(OTHERWISE);
    }

    private static List<Column> ofDefinition(JsonNode definition, String version) {
        for (JsonNode served : definition.at("/spec/versions")) {
            JsonNode additional = served.path("additionalPrinterColumns");
            if (served.path("name").asText().equals(version) && !additional.isEmpty()) {
                List<Column> columns = new ArrayList<>(List.of(Column.NAME));
                additional.forEach(column -> columns.add(Column.of(column)));
                return columns;
            }
        }
        return OTHERWISE;
    }

    private static boolean isReady(JsonNode object) {
        return stream(object.at("/status/conditions"))
                .anyMatch(condition -> condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True"));
    }

    private static String readyContainers(JsonNode pod) {
        int containers = pod.at("/spec/containers").size();
        return (isReady(pod) ? containers : 0) + "/" + containers;
    }

    private static String ports(JsonNode service) {
        return Column.orNone(stream(service.at("/spec/ports"))
                .map(port ->
                        port.path("port").asText() + "/" + port.path("protocol").asText())
                .collect(Collectors.joining(",")));
    }

    private static String involved(JsonNode event) {
        JsonNode object = event.path("involvedObject");
        return object.path("kind").asText().toLowerCase(Locale.ROOT) + "/"
                + object.path("name").asText();
    }

    private static String labels(JsonNode labels) {
        return Column.orNone(labels.properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .sorted()
                .collect(Collectors.joining(",")));
    }

    private static String selector(JsonNode selector) {
        List<String> parts = new ArrayList<>();
        if (!selector.path("matchLabels").isEmpty()) {
            parts.add(labels(selector.path("matchLabels")));
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            parts.add(requirement(expression));
        }
        return Column.orNone(String.join(",", parts));
    }

    private static String requirement(JsonNode expression) {
        String key = expression.path("key").asText();
        String values =
                stream(expression.path("values")).map(JsonNode::asText).sorted().collect(Collectors.joining(","));
        return switch (expression.path("operator").asText()) {
            case "Exists" -> key;
            case "DoesNotExist" -> "!" + key;
            case "In" -> key + " in (" + values + ")";
            default -> key + " notin (" + values + ")";
        };
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
