package dev.bulkhead.app.manifest;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Set;

/** What objects of all kinds have in common. */
final class MetadataDecoder {

    private MetadataDecoder() {}

    static ObjectMeta metadata(Fields metadata) {
        ObjectMeta decoded = new ObjectMeta();
        decoded.setName(metadata.text("name"));
        decoded.setGenerateName(metadata.text("generateName"));
        decoded.setNamespace(metadata.text("namespace"));
        decoded.setDeletionTimestamp(metadata.text("deletionTimestamp"));
        decoded.setLabels(metadata.labels("labels"));
        decoded.setAnnotations(metadata.annotations("annotations"));
        decoded.setFinalizers(metadata.texts("finalizers"));
        decoded.setOwnerReferences(metadata.list("ownerReferences", MetadataDecoder::owner));
        return decoded;
    }

    private static OwnerReference owner(Fields owner) {
        OwnerReference decoded = new OwnerReference();
        decoded.setKind(owner.text("kind"));
        decoded.setName(owner.text("name"));
        decoded.setController(owner.flag("controller"));
        return decoded;
    }

    static LabelSelector selector(Fields selector) {
        LabelSelector decoded = new LabelSelector();
        decoded.setMatchLabels(selector.textMap("matchLabels"));
        decoded.setMatchExpressions(selector.list("matchExpressions", expression -> {
            expression.demandOnly(Set.of("key", "operator", "values"));
            return new LabelSelectorRequirement(
                    expression.text("key"), expression.text("operator"), expression.texts("values"));
        }));
        selector.demandOnly(Set.of("matchLabels", "matchExpressions"));
        return decoded;
    }
}
