package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Shows the events that are written to the group events.k8s.io in the core group too, where kubectl looks for them. An API
 * server keeps one object for both.
 */
final class EventController implements Controller {

    /** What a field of an event is called in the core group. */
    private static final Map<String, String> FIELDS = Map.of(
            "regarding", "involvedObject",
            "note", "message",
            "reportingController", "reportingComponent",
            "reportingInstance", "reportingInstance",
            "type", "type",
            "reason", "reason",
            "action", "action",
            "related", "related",
            "eventTime", "eventTime",
            "series", "series");

    private final ObjectStore store;
    private final Operations operations;

    EventController(ObjectStore store, Operations operations) {
        this.store = store;
        this.operations = operations;
    }

    @Override
    public Stream<ObjectKey> concerned(ObjectChange change) {
        return change.key().type().equals(ResourceTypes.EVENTS_OF_EVENTS_GROUP)
                ? Stream.of(change.key())
                : Stream.empty();
    }

    @Override
    public void reconcile(ObjectKey key) {
        ObjectKey shown = new ObjectKey(ResourceTypes.EVENTS, key.namespace(), key.name());
        Optional<ObjectNode> event = store.get(key);
        if (event.isEmpty()) {
            if (store.get(shown).isPresent()) {
                operations.delete(shown, MissingNode.getInstance(), false);
            }
        } else if (store.get(shown).isEmpty()) {
            operations.create(shown.type(), shown.namespace(), asInCore(shown, event.get()), false);
        } else {
            operations.update(shown, false, live -> asInCore(shown, event.get()), false);
        }
    }

    private static ObjectNode asInCore(ObjectKey key, ObjectNode event) {
        ObjectNode shown = Objects.named(key);
        FIELDS.forEach((field, name) -> {
            JsonNode value = event.get(field);
            if (value != null) {
                shown.set(name, value);
            }
        });
        String time = event.path("eventTime")
                .asText(event.at("/metadata/creationTimestamp").asText());
        String second = time.replaceFirst("\\.\\d+", "");
        shown.put("firstTimestamp", second).put("lastTimestamp", second).put("count", 1);
        shown.putObject("source")
                .put("component", event.path("reportingController").asText());
        return shown;
    }
}
