package dev.bulkhead.cluster.simulation;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The objects of an API server, in memory: one revision for all kinds, writes on condition, finalizers, namespaces that
 * end, and a history from which watches are served. Objects are never changed once stored.
 */
final class SimulatedApiServer {

    static final List<String> KINDS =
            List.of("Namespace", "Pod", "AccessIntent", "Segment", "Guardrail", "WellKnownPeers", "NetworkPolicy");

    enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }

    /**
     * What a watch shows.
     *
     * @param before what the object was, if it was there; no watch shows that
     */
    record Change(long revision, Type type, String kind, HasMetadata object, Optional<HasMetadata> before) {}

    /** Namespace and name; the namespace is empty for what has none. */
    record Key(String namespace, String name) implements Comparable<Key> {

        static Key of(HasMetadata object) {
            return new Key(
                    Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""),
                    object.getMetadata().getName());
        }

        @Override
        public int compareTo(Key other) {
            int byNamespace = namespace.compareTo(other.namespace);
            return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
        }

        @Override
        public String toString() {
            return namespace.isEmpty() ? name : namespace + "/" + name;
        }
    }

    /** Others write, too. */
    static final int STEP = 10;

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final Clock clock;
    private final Map<String, TreeMap<Key, HasMetadata>> objects = new LinkedHashMap<>();
    private final List<Change> history = new ArrayList<>();
    private final Map<String, Instant> definitions = new TreeMap<>();
    private Consumer<Change> observer = change -> {};
    private Runnable restored = () -> {};
    private long revision = 1000;
    private long backup;
    private long uids;

    SimulatedApiServer(Clock clock) {
        this.clock = clock;
        KINDS.forEach(kind -> objects.put(kind, new TreeMap<>()));
        Instant longAgo = clock.instant().minus(1, ChronoUnit.DAYS);
        for (String kind : List.of("accessintents", "segments", "guardrails", "wellknownpeers")) {
            definitions.put(kind + ".bulkhead.dev", longAgo);
        }
    }

    /**
     * @param told of each change right after it was committed
     * @param toldOfRestore when everything has become what it was, with the versions of that time
     */
    void observe(Consumer<Change> told, Runnable toldOfRestore) {
        observer = told;
        restored = toldOfRestore;
    }

    /** Somebody keeps everything as it is. */
    void backUp() {
        backup = revision;
    }

    /**
     * Everything is what it was when it was kept, in the versions of that time. What is written from now on gets versions
     * that are lower than some that were there, but equal to none: that an object meets its own old version by chance is left
     * out.
     */
    void restore() {
        for (String kind : KINDS) {
            TreeMap<Key, HasMetadata> then = new TreeMap<>();
            listAt(kind, backup).forEach(object -> then.put(Key.of(object), object));
            objects.put(kind, then);
        }
        history.removeIf(change -> change.revision() > backup);
        revision = backup + 1;
        restored.run();
    }

    long revision() {
        return revision;
    }

    Optional<Instant> defined(String definition) {
        return Optional.ofNullable(definitions.get(definition));
    }

    /** It takes a second, so that it is younger than everything that is there. */
    void define(String definition) {
        definitions.put(definition, clock.instant().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS));
    }

    void undefine(String definition) {
        definitions.remove(definition);
    }

    Collection<HasMetadata> list(String kind) {
        return List.copyOf(objects.get(kind).values());
    }

    Collection<HasMetadata> list(String kind, String namespace) {
        return objects.get(kind).values().stream()
                .filter(object -> namespace.equals(object.getMetadata().getNamespace()))
                .toList();
    }

    /** As the kind was at an earlier revision. */
    Collection<HasMetadata> listAt(String kind, long past) {
        TreeMap<Key, HasMetadata> then = new TreeMap<>();
        for (Change change : history) {
            if (change.revision() <= past && change.kind().equals(kind)) {
                if (change.type() == Type.DELETED) {
                    then.remove(Key.of(change.object()));
                } else {
                    then.put(Key.of(change.object()), change.object());
                }
            }
        }
        return List.copyOf(then.values());
    }

    /** The first change of the kind after a revision. */
    Optional<Change> next(String kind, long after) {
        for (int i = firstAfter(after); i < history.size(); i++) {
            if (history.get(i).kind().equals(kind)) {
                return Optional.of(history.get(i));
            }
        }
        return Optional.empty();
    }

    private int firstAfter(long past) {
        int low = 0;
        int high = history.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (history.get(middle).revision() <= past) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    Optional<HasMetadata> get(String kind, Key key) {
        return Optional.ofNullable(objects.get(kind).get(key));
    }

    /** Creates or replaces, as {@code kubectl apply} does. */
    HasMetadata apply(HasMetadata wanted, String manager) {
        Optional<HasMetadata> existing = get(wanted.getKind(), Key.of(wanted));
        return existing.isPresent() ? replace(existing.get(), wanted, manager) : create(wanted, manager);
    }

    HasMetadata create(HasMetadata wanted, String manager) {
        String kind = wanted.getKind();
        Key key = Key.of(wanted);
        if (!key.namespace().isEmpty()) {
            HasMetadata namespace = get("Namespace", new Key("", key.namespace()))
                    .orElseThrow(() -> refusal(404, "NotFound", "namespaces \"" + key.namespace() + "\" not found"));
            if (namespace.getMetadata().getDeletionTimestamp() != null) {
                throw refusal(
                        403,
                        "Forbidden",
                        key + " is forbidden: unable to create new content in namespace " + key.namespace()
                                + " because it is being terminated");
            }
        }
        if (objects.get(kind).containsKey(key)) {
            throw refusal(409, "AlreadyExists", kind + " " + key + " already exists");
        }
        HasMetadata created = copy(wanted);
        ObjectMeta meta = created.getMetadata();
        meta.setUid("uid-" + ++uids);
        meta.setGeneration(1L);
        meta.setCreationTimestamp(now());
        managed(meta, manager);
        said(created, null);
        return commit(Type.ADDED, created);
    }

    /**
     * @param expected the object that is to be replaced, in this state
     * @param wanted its deletionTimestamp is not looked at
     */
    HasMetadata replace(HasMetadata expected, HasMetadata wanted, String manager) {
        Key key = Key.of(expected);
        HasMetadata current = current(
                expected.getKind(),
                key,
                expected.getMetadata().getUid(),
                expected.getMetadata().getResourceVersion());
        HasMetadata updated = copy(wanted);
        ObjectMeta meta = updated.getMetadata();
        ObjectMeta before = current.getMetadata();
        meta.setUid(before.getUid());
        meta.setCreationTimestamp(before.getCreationTimestamp());
        meta.setDeletionTimestamp(before.getDeletionTimestamp());
        meta.setGeneration(before.getGeneration());
        meta.setManagedFields(before.getManagedFields());
        meta.setResourceVersion(before.getResourceVersion());
        said(updated, status(current));
        if (updated.equals(current)) {
            return current;
        }
        meta.setGeneration(before.getGeneration() + (sameSpec(current, updated) ? 0 : 1));
        managed(meta, manager);
        boolean ended = meta.getDeletionTimestamp() != null && isNone(meta.getFinalizers());
        return commit(ended ? Type.DELETED : Type.MODIFIED, updated);
    }

    /** What the status subresource does with a merge patch: members that are null go. */
    HasMetadata patchStatus(String kind, Key key, String uid, Map<String, Object> members, String manager) {
        HasMetadata current = current(kind, key, uid, null);
        Map<String, Object> merged = new LinkedHashMap<>();
        if (status(current) instanceof Map<?, ?> before) {
            before.forEach((member, value) -> merged.put((String) member, value));
        }
        members.forEach((member, value) -> {
            if (value == null) {
                merged.remove(member);
            } else {
                merged.put(member, value);
            }
        });
        if (merged.equals(status(current))) {
            return current;
        }
        HasMetadata updated = copy(current);
        said(updated, merged);
        managed(updated.getMetadata(), manager);
        return commit(Type.MODIFIED, updated);
    }

    private static Object status(HasMetadata object) {
        return object instanceof GenericKubernetesResource generic ? generic.get("status") : null;
    }

    /** Whoever writes an object does not write what its status says. */
    private static void said(HasMetadata object, Object status) {
        if (object instanceof GenericKubernetesResource generic) {
            Map<String, Object> properties = new LinkedHashMap<>(generic.getAdditionalProperties());
            properties.remove("status");
            if (status != null) {
                properties.put("status", status);
            }
            generic.setAdditionalProperties(properties);
        }
    }

    private static boolean sameSpec(HasMetadata one, HasMetadata other) {
        if (one instanceof NetworkPolicy a && other instanceof NetworkPolicy b) {
            return Objects.equals(a.getSpec(), b.getSpec());
        }
        if (one instanceof GenericKubernetesResource a && other instanceof GenericKubernetesResource b) {
            return Objects.equals(a.<Object>get("spec"), b.<Object>get("spec"));
        }
        return false;
    }

    /**
     * @param uid absent for any
     * @param resourceVersion absent for any
     */
    void delete(String kind, Key key, Optional<String> uid, Optional<String> resourceVersion) {
        HasMetadata current = current(kind, key, uid.orElse(null), resourceVersion.orElse(null));
        if (isNone(current.getMetadata().getFinalizers()) && !kind.equals("Namespace")) {
            commit(Type.DELETED, copy(current));
        } else if (current.getMetadata().getDeletionTimestamp() == null) {
            HasMetadata ending = copy(current);
            ending.getMetadata().setDeletionTimestamp(now());
            commit(Type.MODIFIED, ending);
        }
    }

    /** What the namespace controller does at its end: it takes away what is left, then the namespace itself. */
    void finishNamespace(String name) {
        current("Namespace", new Key("", name), null, null);
        for (String kind : List.of("Pod", "AccessIntent", "NetworkPolicy")) {
            for (HasMetadata object : list(kind, name)) {
                delete(kind, Key.of(object), Optional.empty(), Optional.empty());
            }
        }
        boolean empty = KINDS.stream().allMatch(kind -> list(kind, name).isEmpty());
        if (empty) {
            commit(Type.DELETED, copy(get("Namespace", new Key("", name)).orElseThrow()));
        }
    }

    private HasMetadata current(String kind, Key key, String uid, String resourceVersion) {
        HasMetadata current =
                get(kind, key).orElseThrow(() -> refusal(404, "NotFound", kind + " " + key + " not found"));
        ObjectMeta meta = current.getMetadata();
        if ((uid != null && !uid.equals(meta.getUid()))
                || (resourceVersion != null && !resourceVersion.equals(meta.getResourceVersion()))) {
            throw refusal(409, "Conflict", kind + " " + key + ": the object has been modified");
        }
        return current;
    }

    private HasMetadata commit(Type type, HasMetadata object) {
        revision += STEP;
        object.getMetadata().setResourceVersion(Long.toString(revision));
        Key key = Key.of(object);
        Optional<HasMetadata> before = get(object.getKind(), key);
        if (type == Type.DELETED) {
            objects.get(object.getKind()).remove(key);
        } else {
            objects.get(object.getKind()).put(key, object);
        }
        Change change = new Change(revision, type, object.getKind(), object, before);
        history.add(change);
        observer.accept(change);
        return object;
    }

    private void managed(ObjectMeta meta, String manager) {
        meta.setManagedFields(List.of(new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withOperation("Update")
                .withTime(now())
                .build()));
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static boolean isNone(List<?> list) {
        return list == null || list.isEmpty();
    }

    static HasMetadata read(String yaml) {
        return SERIALIZATION.unmarshal(yaml);
    }

    /** Metadata is copied; what the object says is shared, since nobody changes it. */
    private static HasMetadata copy(HasMetadata object) {
        ObjectMeta meta = new ObjectMetaBuilder(object.getMetadata()).build();
        HasMetadata copy;
        if (object instanceof NetworkPolicy policy) {
            NetworkPolicy other = new NetworkPolicy();
            other.setSpec(policy.getSpec());
            copy = other;
        } else if (object instanceof GenericKubernetesResource generic) {
            GenericKubernetesResource other = new GenericKubernetesResource();
            other.setApiVersion(generic.getApiVersion());
            other.setKind(generic.getKind());
            other.setAdditionalProperties(generic.getAdditionalProperties());
            copy = other;
        } else {
            copy = SERIALIZATION.clone(object);
        }
        copy.setMetadata(meta);
        return copy;
    }

    static KubernetesClientException refusal(int code, String reason, String message) {
        return new KubernetesClientException(new StatusBuilder()
                .withCode(code)
                .withReason(reason)
                .withMessage(message)
                .build());
    }
}
