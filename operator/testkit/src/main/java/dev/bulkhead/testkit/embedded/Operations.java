package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/** The rules by which an API server creates, changes and deletes objects. One write at a time. */
final class Operations {

    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final ObjectStore store;
    private final IdentityAdmission identity;
    private final ServerSideApply serverSideApply = new ServerSideApply();

    Operations(ObjectStore store) {
        this.store = store;
        identity = new IdentityAdmission(store);
    }

    synchronized ObjectNode get(ObjectKey key) {
        return store.get(key).orElseThrow(() -> missing(key));
    }

    synchronized ObjectNode create(ResourceType type, String namespace, ObjectNode given, boolean dryRun) {
        ObjectNode object = given.deepCopy();
        ObjectNode metadata = Json.metadata(object);
        if (type.namespaced()) {
            requireNamespaceFor(type, namespace);
            metadata.put("namespace", namespace);
        }
        if (!metadata.hasNonNull("name") && metadata.hasNonNull("generateName")) {
            metadata.put("name", metadata.path("generateName").asText() + randomSuffix());
        }
        ObjectKey key = ObjectKey.of(type, object);
        if (key.name().isEmpty()) {
            throw ApiException.invalid(type.kind() + " is invalid: metadata.name: Required value");
        }
        if (store.get(key).isPresent()) {
            throw ApiException.alreadyExists(type, key.name());
        }
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now());
        metadata.remove("resourceVersion");
        metadata.remove("deletionTimestamp");
        if (type.generation()) {
            metadata.put("generation", 1);
        }
        if (type.status()) {
            object.remove("status");
        }
        if (type.equals(ResourceTypes.NAMESPACES)) {
            object.putObject("status").put("phase", "Active");
        } else if (type.equals(ResourceTypes.PODS)) {
            object.putObject("status").put("phase", "Pending");
        }
        admit(type, object);
        return dryRun ? object : store.put(key, object);
    }

    /**
     * Changes an object; the change sees it as it is and returns it as it is to be.
     *
     * @param status whether this is about the status subresource, which changes nothing else
     */
    synchronized ObjectNode update(ObjectKey key, boolean status, UnaryOperator<ObjectNode> change, boolean dryRun) {
        ObjectNode live = get(key);
        ObjectNode wanted = change.apply(live);
        requireSameObject(key, live, wanted);
        ObjectNode next = status ? withStatus(key.type(), live, wanted) : withoutStatus(key.type(), live, wanted);
        keepServersMetadata(live, next);
        if (status) {
            if (key.type().equals(ResourceTypes.PODS)) {
                identity.validate(next);
            }
        } else {
            admit(key.type(), next);
        }
        if (next.equals(live)) {
            return live;
        }
        if (key.type().generation() && !status && !specOf(live).equals(specOf(next))) {
            raiseGeneration(live, next);
        }
        if (dryRun) {
            return next;
        }
        return Json.isBeingDeleted(next) && finalizers(next).isEmpty() ? remove(key) : store.put(key, next);
    }

    private static void raiseGeneration(ObjectNode live, ObjectNode next) {
        Json.metadata(next).put("generation", live.at("/metadata/generation").asLong() + 1);
    }

    /** Server-side apply: creates the object if it is not there. */
    synchronized ObjectNode apply(
            ObjectKey key, boolean status, ObjectNode given, String manager, boolean force, boolean dryRun) {
        ObjectNode intent = scoped(key.type(), status, given);
        // A manager of the status is another than the one of the same name for the rest.
        String owner = status ? manager + "/status" : manager;
        ObjectNode result;
        if (store.get(key).isEmpty()) {
            if (status) {
                throw missing(key);
            }
            ObjectNode named = given.deepCopy();
            Json.metadata(named).put("name", key.name());
            result = create(key.type(), key.namespace(), named, dryRun);
        } else {
            result = update(
                    key,
                    status,
                    live -> {
                        ObjectNode next = serverSideApply.apply(key, live, intent, owner, force);
                        copyPreconditions(given, next);
                        return next;
                    },
                    dryRun);
        }
        if (!dryRun) {
            serverSideApply.own(result, intent, owner);
        }
        return result;
    }

    /**
     * Deletes an object, or marks it as about to go while it has finalizers.
     *
     * @param preconditions as in DeleteOptions: the uid and the resourceVersion that the object must have
     */
    synchronized ObjectNode delete(ObjectKey key, JsonNode preconditions, boolean dryRun) {
        ObjectNode live = get(key);
        for (String field : new String[] {"uid", "resourceVersion"}) {
            String wanted = preconditions.path(field).asText();
            String found = live.path("metadata").path(field).asText();
            if (!wanted.isEmpty() && !wanted.equals(found)) {
                throw ApiException.conflict(
                        key.type(),
                        key.name(),
                        "Precondition failed: " + field + " in precondition: " + wanted + ", in object meta: " + found);
            }
        }
        // A namespace goes when the namespace controller has emptied it.
        boolean lingers =
                key.type().equals(ResourceTypes.NAMESPACES) || !finalizers(live).isEmpty();
        if (dryRun) {
            return live;
        }
        if (!lingers) {
            return remove(key);
        }
        if (Json.isBeingDeleted(live)) {
            return live;
        }
        ObjectNode next = live.deepCopy();
        Json.metadata(next).put("deletionTimestamp", now()).put("deletionGracePeriodSeconds", 0);
        if (key.type().generation()) {
            raiseGeneration(live, next);
        }
        if (key.type().equals(ResourceTypes.NAMESPACES)) {
            next.withObject("/status").put("phase", "Terminating");
        }
        return store.put(key, next);
    }

    /** Removes an object whatever its finalizers say, as the namespace controller does at last. */
    synchronized ObjectNode remove(ObjectKey key) {
        ObjectNode removed = store.remove(key);
        serverSideApply.forget(removed);
        return removed;
    }

    private void admit(ResourceType type, ObjectNode object) {
        Defaults.fillIn(type, object);
        if (type.equals(ResourceTypes.PODS)) {
            identity.mutate(object);
            identity.validate(object);
        }
    }

    private void requireNamespaceFor(ResourceType type, String namespace) {
        ObjectNode found = store.get(new ObjectKey(ResourceTypes.NAMESPACES, "", namespace))
                .orElseThrow(() -> ApiException.notFound("namespaces \"" + namespace + "\""));
        if (Json.isBeingDeleted(found)) {
            throw ApiException.forbidden("unable to create new " + type.plural() + " in namespace " + namespace
                    + " because it is being terminated");
        }
    }

    private static void requireSameObject(ObjectKey key, ObjectNode live, ObjectNode wanted) {
        String version = Json.resourceVersion(wanted);
        if (!version.isEmpty() && !version.equals(Json.resourceVersion(live))) {
            throw ApiException.conflict(
                    key.type(),
                    key.name(),
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
        String uid = Json.uid(wanted);
        if (!uid.isEmpty() && !uid.equals(Json.uid(live))) {
            throw ApiException.conflict(
                    key.type(),
                    key.name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + Json.uid(live));
        }
        if (!Json.name(wanted).isEmpty() && !Json.name(wanted).equals(key.name())) {
            throw ApiException.badRequest("the name of the object (" + Json.name(wanted)
                    + ") does not match the name on the URL (" + key.name() + ")");
        }
    }

    private static ObjectNode withoutStatus(ResourceType type, ObjectNode live, ObjectNode wanted) {
        ObjectNode next = wanted.deepCopy();
        if (type.status()) {
            next.remove("status");
            if (live.has("status")) {
                next.set("status", live.get("status"));
            }
        }
        return next;
    }

    private static ObjectNode withStatus(ResourceType type, ObjectNode live, ObjectNode wanted) {
        ObjectNode next = live.deepCopy();
        next.remove("status");
        if (wanted.has("status")) {
            next.set("status", wanted.get("status"));
        }
        if (type.equals(ResourceTypes.PODS) && wanted.at("/metadata").has("labels")) {
            // As in Kubernetes, where whoever may write a pod's status may write its labels.
            Json.metadata(next).set("labels", wanted.at("/metadata/labels"));
        }
        return next;
    }

    private static void keepServersMetadata(ObjectNode live, ObjectNode next) {
        ObjectNode metadata = Json.metadata(next);
        for (String field : new String[] {
            "name", "namespace", "uid", "resourceVersion", "creationTimestamp", "generation", "deletionTimestamp"
        }) {
            JsonNode value = live.path("metadata").get(field);
            if (value == null) {
                metadata.remove(field);
            } else {
                metadata.set(field, value);
            }
        }
        next.set("apiVersion", live.get("apiVersion"));
        next.set("kind", live.get("kind"));
    }

    private static ObjectNode scoped(ResourceType type, boolean status, ObjectNode given) {
        ObjectNode intent = given.deepCopy();
        if (status) {
            intent.retain("status");
        } else if (type.status()) {
            intent.remove("status");
        }
        return intent;
    }

    private static void copyPreconditions(ObjectNode from, ObjectNode to) {
        for (String field : new String[] {"uid", "resourceVersion"}) {
            if (from.path("metadata").hasNonNull(field)) {
                Json.metadata(to).set(field, from.path("metadata").get(field));
            }
        }
    }

    private static ObjectNode specOf(ObjectNode object) {
        ObjectNode spec = object.deepCopy();
        spec.remove("metadata");
        spec.remove("status");
        return spec;
    }

    private static JsonNode finalizers(ObjectNode object) {
        return object.at("/metadata/finalizers");
    }

    private static ApiException missing(ObjectKey key) {
        return ApiException.notFound(key.type().qualifiedPlural() + " \"" + key.name() + "\"");
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String randomSuffix() {
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            suffix.append(SUFFIX_LETTERS.charAt(ThreadLocalRandom.current().nextInt(SUFFIX_LETTERS.length())));
        }
        return suffix.toString();
    }
}
