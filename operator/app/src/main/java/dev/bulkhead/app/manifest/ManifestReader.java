package dev.bulkhead.app.manifest;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.Segment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the objects that say something about connections; others are passed over. */
public final class ManifestReader {

    private static final ImmutableMap<String, Class<? extends HasMetadata>> OURS =
            ImmutableMap.of("AccessIntent", AccessIntent.class, "Segment", Segment.class);

    private static final String LIST = "List";

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

    /**
     * The objects of some files.
     *
     * @param manifests of two with one name the first
     * @param passedOver how many objects of which kinds say nothing about connections
     */
    public record Manifests(ImmutableList<Manifest> manifests, ImmutableSortedMap<String, Integer> passedOver) {}

    public Manifests read(List<SourceFile> files) {
        YamlReader yaml = new YamlReader(findings);
        Map<Manifest.Key, Manifest> manifests = new LinkedHashMap<>();
        SortedMap<String, Integer> passedOver = new TreeMap<>();
        for (SourceFile file : files) {
            yaml.read(
                    file,
                    document -> objects(document, passedOver)
                            .forEach(object ->
                                    read(object, passedOver).ifPresent(manifest -> add(manifests, manifest))));
        }
        return new Manifests(ImmutableList.copyOf(manifests.values()), ImmutableSortedMap.copyOfSorted(passedOver));
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

    /** The document itself, or the items of a list, which need not say again what they are. */
    private static List<Tree.Mapping> objects(Tree document, Map<String, Integer> passedOver) {
        if (!(document instanceof Tree.Mapping object)) {
            passedOver.merge("(no object)", 1, Integer::sum);
            return List.of();
        }
        String kind = object.text("kind").orElse("");
        if (!kind.endsWith(LIST) || !(object.get("items").orElse(null) instanceof Tree.Sequence items)) {
            return List.of(object);
        }
        String ofItems = kind.substring(0, kind.length() - LIST.length());
        String version = object.text("apiVersion").orElse("");
        return items.items().stream()
                .map(item -> item instanceof Tree.Mapping mapping && !ofItems.isEmpty()
                        ? mapping.withDefault("kind", ofItems).withDefault("apiVersion", version)
                        : item)
                .flatMap(item -> objects(item, passedOver).stream())
                .toList();
    }

    private Optional<Manifest> read(Tree.Mapping tree, Map<String, Integer> passedOver) {
        String apiVersion = tree.text("apiVersion").orElse("");
        String kind = tree.text("kind").orElse("");
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        if (group.equals(Definitions.GROUP)) {
            return isKnown(tree, apiVersion, kind) && isValid(tree, kind) ? decodeOurs(tree, kind) : Optional.empty();
        }
        if (OURS.containsKey(kind)
                && Spelling.nearest(group, List.of(Definitions.GROUP)).isPresent()) {
            findings.accept(new Finding(
                    tree.placeOf("apiVersion"),
                    "'" + apiVersion + "' is not known; did you mean " + Definitions.VERSION + "?"));
            return Optional.empty();
        }
        Optional<Function<Fields, HasMetadata>> decoder = KubernetesKinds.decoder(group, kind);
        if (decoder.isEmpty()) {
            passedOver.merge(kind.isEmpty() ? "(no kind)" : kind, 1, Integer::sum);
            return Optional.empty();
        }
        return decode(tree, decoder.get());
    }

    private Optional<Manifest> decode(Tree.Mapping tree, Function<Fields, HasMetadata> decoder) {
        List<Finding> found = new ArrayList<>();
        HasMetadata object = decoder.apply(new Fields(tree, "", found::add));
        if (!found.isEmpty()) {
            found.forEach(findings);
            return Optional.empty();
        }
        // Of a pod the line where it begins is enough, and clusters have many.
        return named(object, object instanceof Pod ? Tree.Mapping.empty(tree.place()) : tree);
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

    private Optional<Manifest> decodeOurs(Tree.Mapping tree, String kind) {
        Class<? extends HasMetadata> type = OURS.get(kind);
        try {
            return named(mapper.convertValue(tree.plain(), type), tree);
        } catch (IllegalArgumentException e) {
            findings.accept(undecodable(tree, type, e));
            return Optional.empty();
        }
    }

    private Optional<Manifest> named(HasMetadata object, Tree.Mapping tree) {
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
