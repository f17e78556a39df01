package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Creates and deletes pods until each ReplicaSet has as many as it asks for. */
final class ReplicaSetController implements Controller {

    private final ObjectStore store;
    private final Operations operations;

    ReplicaSetController(ObjectStore store, Operations operations) {
        this.store = store;
        this.operations = operations;
    }

    @Override
    public Stream<ObjectKey> concerned(ObjectChange change) {
        if (change.key().type().equals(ResourceTypes.REPLICA_SETS)) {
            return Stream.of(change.key());
        }
        JsonNode owner = change.last().at("/metadata/ownerReferences/0");
        return change.key().type().equals(ResourceTypes.PODS)
                        && owner.path("kind").asText().equals("ReplicaSet")
                ? Stream.of(new ObjectKey(
                        ResourceTypes.REPLICA_SETS,
                        change.key().namespace(),
                        owner.path("name").asText()))
                : Stream.empty();
    }

    @Override
    public void reconcile(ObjectKey key) {
        Optional<ObjectNode> found = store.get(key);
        if (found.isEmpty() || Json.isBeingDeleted(found.get())) {
            return;
        }
        ObjectNode replicaSet = found.get();
        List<ObjectNode> pods = pods(replicaSet);
        int wanted = replicaSet.at("/spec/replicas").asInt();
        for (int i = pods.size(); i < wanted; i++) {
            operations.create(ResourceTypes.PODS, key.namespace(), pod(replicaSet), false);
        }
        for (ObjectNode surplus : pods.subList(Math.min(wanted, pods.size()), pods.size())) {
            operations.delete(ObjectKey.of(ResourceTypes.PODS, surplus), MissingNode.getInstance(), false);
        }
        report(key, pods(replicaSet));
    }

    private void report(ObjectKey key, List<ObjectNode> pods) {
        long ready = pods.stream()
                .filter(pod -> pod.at("/status/phase").asText().equals("Running"))
                .count();
        operations.update(
                key,
                true,
                live -> {
                    ObjectNode next = live.deepCopy();
                    next.withObject("/status").put("replicas", pods.size()).put("readyReplicas", (int) ready);
                    return next;
                },
                false);
    }

    private List<ObjectNode> pods(ObjectNode replicaSet) {
        return store.list(ResourceTypes.PODS).stream()
                .filter(pod -> Objects.isControlledBy(pod, Json.uid(replicaSet)))
                .filter(pod -> !Json.isBeingDeleted(pod))
                .toList();
    }

    private static ObjectNode pod(ObjectNode replicaSet) {
        JsonNode template = replicaSet.at("/spec/template");
        ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = Json.metadata(pod).put("generateName", Json.name(replicaSet) + "-");
        for (String field : new String[] {"labels", "annotations"}) {
            if (template.path("metadata").has(field)) {
                metadata.set(field, template.path("metadata").get(field).deepCopy());
            }
        }
        Objects.setController(pod, ResourceTypes.REPLICA_SETS, replicaSet);
        pod.set("spec", template.path("spec").deepCopy());
        return pod;
    }
}
