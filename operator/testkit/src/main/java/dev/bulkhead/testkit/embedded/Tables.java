package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** Objects as tables, which is how kubectl asks for what it shows in columns. */
final class Tables {

    private static final String GROUP_VERSION = "meta.k8s.io/v1";

    private final PrinterColumns columns;

    Tables(ObjectStore store) {
        columns = new PrinterColumns(store);
    }

    /** The table of a list, or of a single object. */
    ObjectNode of(Target target, ObjectNode found, String includeObject) {
        List<Column> shown = columns.of(target);
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", GROUP_VERSION);
        table.set("metadata", found.has("items") ? found.path("metadata").deepCopy() : versionOf(found));
        ArrayNode definitions = table.putArray("columnDefinitions");
        for (Column column : shown) {
            definitions
                    .addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.name().equals("Name") ? "name" : "")
                    .put("description", "")
                    .put("priority", column.priority());
        }
        ArrayNode rows = table.putArray("rows");
        Instant now = Instant.now();
        for (JsonNode object : found.has("items") ? found.path("items") : List.<JsonNode>of(found)) {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            shown.forEach(column -> cells.add(column.cell().apply(object, now)));
            if (!includeObject.equals("None")) {
                row.set("object", includeObject.equals("Object") ? object : metadataOf(object));
            }
        }
        return table;
    }

    private static ObjectNode versionOf(ObjectNode object) {
        return Json.object().put("resourceVersion", Json.resourceVersion(object));
    }

    private static ObjectNode metadataOf(JsonNode object) {
        ObjectNode partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", GROUP_VERSION);
        partial.set("metadata", object.path("metadata"));
        return partial;
    }
}
