package dev.bulkhead.app.manifest;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.Segment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads the objects that say something about connections; others are passed over. */
public final class ManifestReader {

    private static final ImmutableMap<String, Class<? extends HasMetadata>> OURS =
            ImmutableMap.of("AccessIntent", AccessIntent.class, "Segment", Segment.class);

    /** By API group and kind: newer and older versions of a group have the fields that matter here in common. */
    private static final ImmutableMap<String, Class<? extends HasMetadata>> KUBERNETES =
            ImmutableMap.<String, Class<? extends HasMetadata>>builder()
                    .put("/Namespace", Namespace.class)
                    .put("/Node", Node.class)
                    .put("/Pod", Pod.class)
                    .put("/Service", Service.class)
                    .put("apps/Deployment", Deployment.class)
                    .put("apps/StatefulSet", StatefulSet.class)
                    .put("apps/DaemonSet", DaemonSet.class)
                    .put("discovery.k8s.io/EndpointSlice", EndpointSlice.class)
                    .put("admissionregistration.k8s.io/MutatingAdmissionPolicy", MutatingAdmissionPolicy.class)
                    .put(
                            "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding",
                            MutatingAdmissionPolicyBinding.class)
                    .put("admissionregistration.k8s.io/ValidatingAdmissionPolicy", ValidatingAdmissionPolicy.class)
                    .put(
                            "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
                            ValidatingAdmissionPolicyBinding.class)
                    .build();

    private final String defaultNamespace;
    private final Consumer<Finding> findings;
    private final Definitions definitions = Definitions.load();
    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * @param defaultNamespace of objects that name none
     * @param findings takes what is wrong; the object is left out
     */
    public ManifestReader(String defaultNamespace, Consumer<Finding> findings) {
        this.defaultNamespace = defaultNamespace;
        this.findings = findings;
    }

    /** The objects of all files; of two with one name the first. */
    public List<Manifest> read(List<SourceFile> files) {
        YamlReader yaml = new YamlReader(findings);
        Map<Manifest.Key, Manifest> manifests = new LinkedHashMap<>();
        for (SourceFile file : files) {
            for (Tree document : yaml.read(file)) {
                for (Tree.Mapping object : objects(document)) {
                    read(object).ifPresent(manifest -> add(manifests, manifest));
                }
            }
        }
        return new ArrayList<>(manifests.values());
    }

    private void add(Map<Manifest.Key, Manifest> manifests, Manifest manifest) {
        Manifest before = manifests.putIfAbsent(manifest.key(), manifest);
        if (before != null) {
            findings.accept(new Finding(
                    manifest.tree().place(),
                    manifest.key() + " is there twice, first at "
                            + before.tree().place() + "; keep one of the two"));
        }
    }

    /** The document itself, or the items of a list. */
    private static List<Tree.Mapping> objects(Tree document) {
        if (!(document instanceof Tree.Mapping object)) {
            return List.of();
        }
        boolean isList =
                object.text("kind").filter(kind -> kind.endsWith("List")).isPresent();
        Optional<Tree> items = isList ? object.get("items") : Optional.empty();
        if (items.isPresent() && items.get() instanceof Tree.Sequence sequence) {
            return sequence.items().stream()
                    .flatMap(item -> objects(item).stream())
                    .toList();
        }
        return List.of(object);
    }

    private Optional<Manifest> read(Tree.Mapping tree) {
        String apiVersion = tree.text("apiVersion").orElse("");
        String kind = tree.text("kind").orElse("");
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        if (group.equals(Definitions.GROUP)) {
            return isKnown(tree, apiVersion, kind) && isValid(tree, kind)
                    ? decode(tree, OURS.get(kind))
                    : Optional.empty();
        }
        if (OURS.containsKey(kind)
                && Spelling.nearest(group, List.of(Definitions.GROUP)).isPresent()) {
            findings.accept(new Finding(
                    tree.placeOf("apiVersion"),
                    "'" + apiVersion + "' is not known; did you mean " + Definitions.VERSION + "?"));
            return Optional.empty();
        }
        Class<? extends HasMetadata> type = KUBERNETES.get(group + "/" + kind);
        return type == null ? Optional.empty() : decode(tree, type);
    }

    private boolean isKnown(Tree.Mapping tree, String apiVersion, String kind) {
        if (!OURS.containsKey(kind)) {
            String instead = Spelling.nearest(kind, OURS.keySet())
                    .map(near -> "did you mean " + near + "?")
                    .orElse("write one of " + String.join(", ", OURS.keySet()));
            findings.accept(new Finding(
                    tree.placeOf("kind"), "there is no kind '" + kind + "' in " + Definitions.GROUP + "; " + instead));
            return false;
        }
        if (!apiVersion.equals(Definitions.VERSION)) {
            findings.accept(new Finding(
                    tree.placeOf("apiVersion"), "'" + apiVersion + "' is not known; write " + Definitions.VERSION));
            return false;
        }
        return true;
    }

    private boolean isValid(Tree.Mapping tree, String kind) {
        List<Finding> found = new ArrayList<>();
        Schema schema = definitions.schemas().get(kind);
        new SchemaValidator(found::add).validate(tree, schema, "");
        if (tree.get("spec").isEmpty()) {
            found.add(new Finding(
                    tree.place(),
                    "spec: it is missing; its fields are "
                            + String.join(
                                    ", ",
                                    schema.properties().get("spec").properties().keySet())));
        }
        found.forEach(findings);
        return found.isEmpty();
    }

    private Optional<Manifest> decode(Tree.Mapping tree, Class<? extends HasMetadata> type) {
        HasMetadata object;
        try {
            object = mapper.convertValue(tree.plain(), type);
        } catch (IllegalArgumentException e) {
            findings.accept(undecodable(tree, type, e));
            return Optional.empty();
        }
        ObjectMeta metadata = object.getMetadata();
        boolean unnamed = metadata == null || (metadata.getName() == null && metadata.getGenerateName() == null);
        if (unnamed) {
            findings.accept(new Finding(tree.placeOf("metadata.name"), "metadata.name: it is missing; write it"));
            return Optional.empty();
        }
        if (metadata.getName() == null) {
            metadata.setName(metadata.getGenerateName());
        }
        if (!(object instanceof Namespaced)) {
            metadata.setNamespace(null);
        } else if (metadata.getNamespace() == null) {
            metadata.setNamespace(defaultNamespace);
        }
        return Optional.of(new Manifest(object, tree));
    }

    private static Finding undecodable(
            Tree.Mapping tree, Class<? extends HasMetadata> type, IllegalArgumentException refusal) {
        String field = "";
        String reason = String.valueOf(refusal.getMessage());
        if (refusal.getCause() instanceof JsonMappingException cause) {
            reason = String.valueOf(cause.getOriginalMessage());
            field = cause.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                    .collect(Collectors.joining())
                    .replaceFirst("^[.]", "");
        }
        return new Finding(
                tree.placeOf(field),
                (field.isEmpty() ? "" : field + ": ") + "this cannot be read as part of a " + type.getSimpleName()
                        + ": " + reason.lines().findFirst().orElse(""));
    }
}
