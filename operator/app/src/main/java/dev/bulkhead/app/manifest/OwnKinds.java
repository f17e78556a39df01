package dev.bulkhead.app.manifest;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.AccessIntentSpec;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Guardrail;
import dev.bulkhead.api.v1alpha1.GuardrailSpec;
import dev.bulkhead.api.v1alpha1.GuardrailStatus;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.api.v1alpha1.SegmentSpec;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.api.v1alpha1.WellKnownPeers;
import dev.bulkhead.api.v1alpha1.WellKnownPeersSpec;
import dev.bulkhead.core.intent.Spelling;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Our own kinds, held against their definitions. */
final class OwnKinds {

    private static final ImmutableMap<String, Kind<?, ?>> KINDS = ImmutableMap.of(
            "AccessIntent", new Kind<>(() -> new AccessIntent(), AccessIntentSpec.class, AccessIntentStatus.class),
            "Guardrail", new Kind<>(() -> new Guardrail(), GuardrailSpec.class, GuardrailStatus.class),
            "Segment", new Kind<>(() -> new Segment(), SegmentSpec.class, SegmentStatus.class),
            "WellKnownPeers", new Kind<>(() -> new WellKnownPeers(), WellKnownPeersSpec.class, Void.class));

    // Many inputs have none of them, and would wait for these in vain. A reference to a constructor would load the
    // class at once, and Jackson takes longer than a thousand pods.
    private final Supplier<Definitions> definitions = Suppliers.memoize(() -> Definitions.load());
    private final Supplier<ObjectMapper> mapper = Suppliers.memoize(() -> new ObjectMapper());

    private record Kind<S, T>(Supplier<CustomResource<S, T>> make, Class<S> spec, Class<T> status) {

        HasMetadata decode(Tree.Mapping tree, ObjectMapper mapper, Consumer<Flaw> flaws) {
            CustomResource<S, T> object = make.get();
            object.setMetadata(MetadataDecoder.metadata(new Fields(tree, flaws).fields("metadata")));
            object.setSpec(mapper.convertValue(tree.get("spec").orElseThrow().plain(), spec));
            tree.get("status")
                    .filter(said -> !said.isNothing())
                    .ifPresent(said -> object.setStatus(mapper.convertValue(said.plain(), status)));
            return object;
        }
    }

    static boolean isName(String kind) {
        return KINDS.containsKey(kind);
    }

    /** Says so where the kind is ours and the group nearly. */
    Optional<Flaw> strangeGroup(Tree.Mapping tree, String group, String kind) {
        boolean meant = KINDS.containsKey(kind)
                && !group.equals(Definitions.GROUP)
                && Spelling.nearest(group, List.of(Definitions.GROUP)).isPresent();
        return meant
                ? Optional.of(new Flaw(
                        tree.lineOf("apiVersion"),
                        "'" + Excerpt.of(tree.text("apiVersion").orElse("")) + "' is not known; did you mean "
                                + Definitions.VERSION + "?"))
                : Optional.empty();
    }

    /** Null where there are flaws. */
    HasMetadata decode(Tree.Mapping tree, String apiVersion, String kind, Consumer<Flaw> flaws) {
        Kind<?, ?> known = KINDS.get(kind);
        if (known == null) {
            String instead = Spelling.nearest(kind, KINDS.keySet())
                    .map(near -> "did you mean " + near + "?")
                    .orElse("write one of " + String.join(", ", KINDS.keySet()));
            flaws.accept(new Flaw(
                    tree.lineOf("kind"),
                    "there is no kind '" + Excerpt.of(kind) + "' in " + Definitions.GROUP + "; " + instead));
            return null;
        }
        if (!apiVersion.equals(Definitions.VERSION)) {
            flaws.accept(new Flaw(
                    tree.lineOf("apiVersion"),
                    "'" + Excerpt.of(apiVersion) + "' is not known; write " + Definitions.VERSION));
            return null;
        }
        if (!isValid(tree, kind, flaws)) {
            return null;
        }
        try {
            return known.decode(tree, mapper.get(), flaws);
        } catch (IllegalArgumentException e) {
            flaws.accept(undecodable(tree, kind, e));
            return null;
        }
    }

    private boolean isValid(Tree.Mapping tree, String kind, Consumer<Flaw> flaws) {
        Schema schema = definitions.get().schemas().get(kind);
        boolean valid = new SchemaValidator(flaws).validate(tree, schema);
        if (tree.get("spec").filter(spec -> !spec.isNothing()).isPresent()) {
            return valid;
        }
        flaws.accept(new Flaw(
                tree.lineOf("spec"),
                "spec: it is missing; its fields are "
                        + String.join(
                                ", ",
                                schema.properties().get("spec").properties().keySet())));
        return false;
    }

    private static Flaw undecodable(Tree.Mapping tree, String kind, IllegalArgumentException refusal) {
        String field = "spec";
        String reason = String.valueOf(refusal.getMessage());
        if (refusal.getCause() instanceof JsonMappingException cause) {
            reason = String.valueOf(cause.getOriginalMessage());
            field += cause.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                    .collect(Collectors.joining());
        }
        return new Flaw(
                tree.lineOf(field),
                field + ": this cannot be read as part of a " + kind + ": "
                        + Excerpt.of(reason.lines().findFirst().orElse("")));
    }
}
