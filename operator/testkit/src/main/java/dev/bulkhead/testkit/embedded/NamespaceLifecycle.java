package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Gives new namespaces their default service account, and empties those that are to go. */
final class NamespaceLifecycle implements Controller {

    private final ObjectStore store;
    private final Operations operations;

    NamespaceLifecycle(ObjectStore store, Operations operations) {
        this.store = store;
        this.operations = operations;
    }

    @Override
    public Stream<ObjectKey> concerned(ObjectChange change) {
        if (change.key().type().equals(ResourceTypes.NAMESPACES)) {
            return Stream.of(change.key());
        }
        boolean gone = change.after() == null && !change.key().namespace().isEmpty();
        return gone
                ? Stream.of(
                        new ObjectKey(ResourceTypes.NAMESPACES, "", change.key().namespace()))
                : Stream.empty();
    }

    @Override
    public void reconcile(ObjectKey key) {
        Optional<ObjectNode> namespace = store.get(key);
        if (namespace.isEmpty()) {
            return;
        }
        if (Json.isBeingDeleted(namespace.get())) {
            empty(key);
        } else {
            createDefaultServiceAccount(key.name());
        }
    }

    private void empty(ObjectKey namespace) {
        List<ObjectKey> contents = contents(namespace.name());
        for (ObjectKey key : contents) {
            store.get(key)
                    .filter(object -> !Json.isBeingDeleted(object))
                    .ifPresent(object -> operations.delete(key, MissingNode.getInstance(), false));
        }
        if (contents(namespace.name()).isEmpty()) {
            operations.remove(namespace);
        }
    }

    private List<ObjectKey> contents(String namespace) {
        return store.allKeys().stream()
                .filter(key -> key.namespace().equals(namespace))
                .toList();
    }

    private void createDefaultServiceAccount(String namespace) {
        ObjectKey key = new ObjectKey(ResourceTypes.SERVICE_ACCOUNTS, namespace, "default");
        if (store.get(key).isEmpty()) {
            operations.create(key.type(), namespace, Objects.named(key), false);
        }
    }
}
