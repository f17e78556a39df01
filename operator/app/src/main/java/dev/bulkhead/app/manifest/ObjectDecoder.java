package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** From trees to objects of the kinds that say something about connections. */
final class ObjectDecoder {

    static final String NO_OBJECT = "(no object)";

    private final String defaultNamespace;
    private final OwnKinds ours = new OwnKinds();

    /** @param defaultNamespace of objects that name none */
    ObjectDecoder(String defaultNamespace) {
        this.defaultNamespace = defaultNamespace;
    }

    Decoded decode(Tree.Mapping tree) {
        List<Flaw> flaws = new ArrayList<>();
        String apiVersion = word(tree, "apiVersion", flaws);
        String kind = word(tree, "kind", flaws);
        if (!flaws.isEmpty()) {
            return new Decoded.Invalid(ImmutableList.copyOf(flaws));
        }
        if (kind.isEmpty()) {
            return new Decoded.PassedOver(NO_OBJECT);
        }
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        Function<Fields, HasMetadata> decoder = apiVersion.isEmpty()
                ? null
                : KubernetesKinds.decoder(group, kind).orElse(null);
        if (decoder == null) {
            Optional<Flaw> strange =
                    ours.strangeGroup(tree, group, kind).or(() -> KubernetesKinds.strangeGroup(tree, group, kind));
            if (strange.isPresent()) {
                return new Decoded.Invalid(ImmutableList.of(strange.get()));
            }
            if (!group.equals(Definitions.GROUP)) {
                return other(tree, apiVersion, group, kind);
            }
        }
        HasMetadata object = decoder == null
                ? ours.decode(tree, apiVersion, kind, flaws::add)
                : decoder.apply(new Fields(tree, flaws::add));
        if (flaws.isEmpty() || (object != null && isGiven(object.getMetadata().getName()))) {
            name(object, tree, flaws);
        }
        return flaws.isEmpty() ? new Decoded.Valid(object) : new Decoded.Invalid(ImmutableList.copyOf(flaws));
    }

    /** What Bulkhead does not know: it says nothing about connections, unless it makes pods. */
    private Decoded other(Tree.Mapping tree, String apiVersion, String group, String kind) {
        HasMetadata maker = OtherMakers.decode(tree, apiVersion, group, kind).orElse(null);
        if (maker == null) {
            return new Decoded.PassedOver(group.isEmpty() ? kind : kind + "." + group);
        }
        List<Flaw> flaws = new ArrayList<>();
        name(maker, tree, flaws);
        if (!flaws.isEmpty() && maker instanceof UnreadMaker) {
            return new Decoded.PassedOver(maker.getKind());
        }
        return flaws.isEmpty() ? new Decoded.Valid(maker) : new Decoded.Invalid(ImmutableList.copyOf(flaws));
    }

    /** Empty where it is absent. */
    private static String word(Tree.Mapping tree, String name, List<Flaw> flaws) {
        Tree value = tree.get(name).orElse(null);
        if (value == null || value.isNothing()) {
            return "";
        }
        if (value instanceof Tree.Scalar scalar && scalar.value() instanceof String text) {
            return text;
        }
        flaws.add(new Flaw(value.line(), name + ": this is " + value.describe() + "; write a text"));
        return "";
    }

    private void name(HasMetadata object, Tree.Mapping tree, List<Flaw> flaws) {
        ObjectMeta metadata = object.getMetadata();
        boolean named = metadata != null && isGiven(metadata.getName());
        if (!named && (metadata == null || !isGiven(metadata.getGenerateName()))) {
            flaws.add(new Flaw(tree.lineOf("metadata.name"), "metadata.name: it is missing; write it"));
            return;
        }
        // The API server puts letters and digits behind it.
        String name = named ? metadata.getName() : metadata.getGenerateName() + "0";
        demand(tree, named ? "metadata.name" : "metadata.generateName", name, syntax(object), flaws);
        if (isGiven(metadata.getNamespace())) {
            demand(tree, "metadata.namespace", metadata.getNamespace(), NameSyntax.LABEL, flaws);
        }
        if (!named) {
            metadata.setName(metadata.getGenerateName());
        }
        if (object instanceof GenericKubernetesResource) {
            return; // which of these kinds have namespaces only they know
        }
        if (!(object instanceof Namespaced)) {
            metadata.setNamespace(null);
        } else if (!isGiven(metadata.getNamespace())) {
            metadata.setNamespace(defaultNamespace);
        }
    }

    /** What a NetworkPolicy means does not depend on its name, and sets of cases by others take it lightly. */
    private static NameSyntax syntax(HasMetadata object) {
        if (object instanceof GenericKubernetesResource || object instanceof NetworkPolicy) {
            return NameSyntax.ANY;
        }
        return object instanceof Namespace || object instanceof Service ? NameSyntax.LABEL : NameSyntax.SUBDOMAIN;
    }

    private static void demand(Tree.Mapping tree, String field, String name, NameSyntax syntax, List<Flaw> flaws) {
        if (!syntax.fits(name)) {
            flaws.add(new Flaw(tree.lineOf(field), field + ": " + syntax.refusal(name)));
        }
    }

    private static boolean isGiven(String text) {
        return text != null && !text.isEmpty();
    }
}
