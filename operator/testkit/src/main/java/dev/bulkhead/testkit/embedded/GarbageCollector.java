package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Deletes what has lost its last owner. */
final class GarbageCollector implements Controller {

    private final ObjectStore store;
    private final Operations operations;
    private final Map<String, Set<ObjectKey>> dependentsByOwner = new ConcurrentHashMap<>();
    private final Set<String> living = ConcurrentHashMap.newKeySet();

    GarbageCollector(ObjectStore store, Operations operations) {
        this.store = store;
        this.operations = operations;
    }

    @Override
    public Stream<ObjectKey> concerned(ObjectChange change) {
        if (change.after() == null) {
            living.remove(Json.uid(change.before()));
            owners(change.before()).forEach(owner -> dependents(owner).remove(change.key()));
            Set<ObjectKey> dependents = dependentsByOwner.remove(Json.uid(change.before()));
            return dependents == null ? Stream.empty() : dependents.stream();
        }
        living.add(Json.uid(change.after()));
        owners(change.after()).forEach(owner -> dependents(owner).add(change.key()));
        return Stream.empty();
    }

    @Override
    public void reconcile(ObjectKey key) {
        store.get(key)
                .filter(object -> owners(object).stream().noneMatch(living::contains))
                .filter(object -> !Json.isBeingDeleted(object))
                .ifPresent(object -> operations.delete(key, MissingNode.getInstance(), false));
    }

    private Set<ObjectKey> dependents(String owner) {
        return dependentsByOwner.computeIfAbsent(owner, uid -> ConcurrentHashMap.newKeySet());
    }

    private static Set<String> owners(ObjectNode object) {
        Set<String> owners = new HashSet<>();
        for (JsonNode reference : object.at("/metadata/ownerReferences")) {
            owners.add(reference.path("uid").asText());
        }
        return owners;
    }
}
