package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Stream;

/** Serves what CustomResourceDefinitions define, and says so in their status. */
final class DefinitionController implements Controller {

    private final ObjectStore store;
    private final Operations operations;
    private final ResourceTypes types;

    DefinitionController(ObjectStore store, Operations operations, ResourceTypes types) {
        this.store = store;
        this.operations = operations;
        this.types = types;
    }

    @Override
    public Stream<ObjectKey> concerned(ObjectChange change) {
        if (!change.key().type().equals(ResourceTypes.CUSTOM_RESOURCE_DEFINITIONS)) {
            return Stream.empty();
        }
        // At once, so that whoever has created a definition can create objects of it.
        ResourceType defined = ResourceTypes.fromDefinition(change.last());
        if (change.after() == null) {
            types.remove(defined);
            return store.list(defined).stream().map(object -> ObjectKey.of(defined, object));
        }
        types.add(defined);
        return Stream.of(change.key());
    }

    @Override
    public void reconcile(ObjectKey key) {
        Optional<ObjectNode> found = store.get(key);
        if (found.isEmpty()) {
            return;
        }
        if (key.type().equals(ResourceTypes.CUSTOM_RESOURCE_DEFINITIONS)) {
            operations.update(key, true, DefinitionController::established, false);
        } else {
            operations.remove(key);
        }
    }

    private static ObjectNode established(ObjectNode definition) {
        ObjectNode next = definition.deepCopy();
        ArrayNode conditions = next.putObject("status").putArray("conditions");
        for (String type : new String[] {"NamesAccepted", "Established"}) {
            conditions.addObject().put("type", type).put("status", "True");
        }
        return next;
    }
}
