package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Keeps one ReplicaSet for each Deployment's current template, and none of the earlier ones at work. */
final class DeploymentController implements Controller {

    private static final String HASH_LABEL = "pod-template-hash";

    private final ObjectStore store;
    private final Operations operations;

    DeploymentController(ObjectStore store, Operations operations) {
        this.store = store;
        this.operations = operations;
    }

    @Override
    public Stream<ObjectKey> concerned(ObjectChange change) {
        if (change.key().type().equals(ResourceTypes.DEPLOYMENTS)) {
            return Stream.of(change.key());
        }
        if (!change.key().type().equals(ResourceTypes.REPLICA_SETS)) {
            return Stream.empty();
        }
        String owner = change.last().at("/metadata/ownerReferences/0/name").asText();
        return Stream.of(new ObjectKey(ResourceTypes.DEPLOYMENTS, change.key().namespace(), owner));
    }

    @Override
    public void reconcile(ObjectKey key) {
        Optional<ObjectNode> found = store.get(key);
        if (found.isEmpty() || Json.isBeingDeleted(found.get())) {
            return;
        }
        ObjectNode deployment = found.get();
        int replicas = deployment.at("/spec/replicas").asInt();
        String hash = hash(deployment.at("/spec/template").toString());
        ObjectKey current = new ObjectKey(ResourceTypes.REPLICA_SETS, key.namespace(), key.name() + "-" + hash);
        if (store.get(current).isEmpty()) {
            operations.create(
                    current.type(), current.namespace(), replicaSet(current, deployment, hash, replicas), false);
        }
        for (ObjectNode replicaSet : store.list(ResourceTypes.REPLICA_SETS)) {
            if (Objects.isControlledBy(replicaSet, Json.uid(deployment))) {
                ObjectKey of = ObjectKey.of(ResourceTypes.REPLICA_SETS, replicaSet);
                scale(of, of.equals(current) ? replicas : 0);
            }
        }
        store.get(current).ifPresent(replicaSet -> report(key, deployment, replicaSet));
    }

    private void scale(ObjectKey replicaSet, int replicas) {
        operations.update(
                replicaSet,
                false,
                live -> {
                    ObjectNode next = live.deepCopy();
                    next.withObject("/spec").put("replicas", replicas);
                    return next;
                },
                false);
    }

    private void report(ObjectKey key, ObjectNode deployment, ObjectNode replicaSet) {
        operations.update(
                key,
                true,
                live -> {
                    ObjectNode next = live.deepCopy();
                    ObjectNode status = next.withObject("/status");
                    status.put(
                            "observedGeneration",
                            deployment.at("/metadata/generation").asLong());
                    int pods = replicaSet.at("/status/replicas").asInt();
                    int ready = replicaSet.at("/status/readyReplicas").asInt();
                    status.put("replicas", pods).put("updatedReplicas", pods);
                    status.put("readyReplicas", ready).put("availableReplicas", ready);
                    return next;
                },
                false);
    }

    private static ObjectNode replicaSet(ObjectKey key, ObjectNode deployment, String hash, int replicas) {
        ObjectNode replicaSet = Objects.named(key);
        Objects.setController(replicaSet, ResourceTypes.DEPLOYMENTS, deployment);
        ObjectNode spec = replicaSet.putObject("spec").put("replicas", replicas);
        spec.set("selector", deployment.at("/spec/selector").deepCopy());
        spec.withObject("/selector/matchLabels").put(HASH_LABEL, hash);
        spec.set("template", deployment.at("/spec/template").deepCopy());
        spec.withObject("/template/metadata/labels").put(HASH_LABEL, hash);
        Json.metadata(replicaSet)
                .set("labels", spec.at("/template/metadata/labels").deepCopy());
        return replicaSet;
    }

    private static String hash(String template) {
        CRC32 crc = new CRC32();
        crc.update(template.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
