package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The objects of a file, or of a part of it. Those of a list are decoded while it is read, so that it is never held as a whole, and count
 * once it has turned out to be one.
 */
final class FileReader implements Receiver {

    private static final String LIST = "List";
    private static final String DOCUMENT = "the document";

    private final String file;
    private final ObjectDecoder decoder;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Manifest> manifests = new ArrayList<>();
    private final List<String> passedOver = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();

    private record Result(Decoded decoded, Optional<Manifest.Key> object, Tree.Mapping tree) {}

    /** Of a list that has not ended: decoded, or yet to be, once the list has said what its items are. */
    private record Item(ImmutableList<Result> results, Optional<Tree> undecided, ImmutableList<Flaw> flaws) {}

    FileReader(String file, ObjectDecoder decoder) {
        this.file = file;
        this.decoder = decoder;
    }

    List<Finding> findings() {
        return findings;
    }

    List<Manifest> manifests() {
        return manifests;
    }

    /** The kind of each object that says nothing about connections. */
    List<String> passedOver() {
        return passedOver;
    }

    @Override
    public boolean takesItems() {
        return true;
    }

    @Override
    public void item(Head head, Tree tree, List<Flaw> flaws) {
        boolean decided = head.kind().isPresent()
                || !(tree instanceof Tree.Mapping mapping)
                || (mapping.text("kind").isPresent()
                        && mapping.text("apiVersion").isPresent());
        items.add(
                decided
                        ? new Item(
                                resultsOfItem(head, tree, flaws).collect(ImmutableList.toImmutableList()),
                                Optional.empty(),
                                ImmutableList.of())
                        : new Item(ImmutableList.of(), Optional.of(tree), ImmutableList.copyOf(flaws)));
    }

    @Override
    public void document(Tree document, List<Flaw> flaws) {
        if (!(document instanceof Tree.Mapping mapping) || !isList(mapping)) {
            results(document, flaws).forEach(this::take);
        } else if (flaws.isEmpty()) {
            resultsOfItems(head(mapping)).forEach(this::take);
            results(mapping, flaws).forEach(this::take);
        } else {
            resultsOfItems(head(mapping)).forEach(this::takeFlaws);
            add(flaws, Optional.empty());
        }
        items.clear();
    }

    @Override
    public void broken(Flaw flaw) {
        items.stream().flatMap(item -> item.results().stream()).forEach(this::takeFlaws);
        add(List.of(flaw), Optional.empty());
        items.clear();
    }

    @Override
    public void again() {
        items.clear();
    }

    private Stream<Result> resultsOfItems(Head head) {
        return items.stream()
                .flatMap(item -> item.undecided()
                        .map(tree -> resultsOfItem(head, tree, item.flaws()))
                        .orElseGet(() -> item.results().stream()));
    }

    private static Head head(Tree.Mapping list) {
        return new Head(list.text("apiVersion"), list.text("kind"));
    }

    private static boolean isList(Tree.Mapping mapping) {
        String kind = mapping.text("kind").orElse("");
        Optional<Tree> items = mapping.get("items");
        return kind.equals(LIST)
                || (kind.endsWith(LIST)
                        && items.filter(found -> found.isNothing() || found instanceof Tree.Sequence)
                                .isPresent());
    }

    /** Of a list one for each of its items, with what it says of them all. */
    private Stream<Result> results(Tree tree, List<Flaw> flaws) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            return Stream.of(
                    result(new Decoded.PassedOver(ObjectDecoder.NO_OBJECT), Tree.Mapping.empty(tree.line()), flaws));
        }
        if (!isList(mapping)) {
            return Stream.of(result(decoder.decode(mapping), mapping, flaws));
        }
        Tree below = mapping.get("items").orElse(null);
        if (!flaws.isEmpty() || below == null || below.isNothing()) {
            return flaws.isEmpty()
                    ? Stream.of()
                    : Stream.of(result(new Decoded.Invalid(ImmutableList.of()), mapping, flaws));
        }
        if (below instanceof Tree.Sequence sequence) {
            return sequence.items().stream().flatMap(item -> resultsOfItem(head(mapping), item, List.of()));
        }
        Flaw wrong = new Flaw(
                below.line(), "items: this is " + below.describe() + "; write a list, each item begun by '- '");
        return Stream.of(result(new Decoded.Invalid(ImmutableList.of(wrong)), mapping, flaws));
    }

    private Stream<Result> resultsOfItem(Head head, Tree tree, List<Flaw> flaws) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            Flaw wrong = new Flaw(tree.line(), "this is " + tree.describe() + "; write an object after its '- '");
            return Stream.of(
                    result(new Decoded.Invalid(ImmutableList.of(wrong)), Tree.Mapping.empty(tree.line()), flaws));
        }
        String kind = head.kind().orElse("");
        String ofItems = kind.endsWith(LIST) ? kind.substring(0, kind.length() - LIST.length()) : "";
        if (!ofItems.isEmpty()) {
            return results(
                    mapping.withDefault("kind", ofItems)
                            .withDefault("apiVersion", head.apiVersion().orElse("")),
                    flaws);
        }
        if (mapping.get("kind").isEmpty()) {
            Flaw missing = new Flaw(mapping.line(), "kind: it is missing; write it");
            return Stream.of(result(new Decoded.Invalid(ImmutableList.of(missing)), mapping, flaws));
        }
        return results(mapping, flaws);
    }

    private static Result result(Decoded decoded, Tree.Mapping tree, List<Flaw> flaws) {
        Decoded all = flaws.isEmpty() ? decoded : decoded.with(flaws);
        // Of a pod the line where it begins is enough, and clusters have many.
        boolean forgotten = all.fold(valid -> valid.object() instanceof Pod, invalid -> false, passedOver -> false);
        return new Result(
                all,
                all.fold(valid -> Optional.empty(), invalid -> object(tree), passedOver -> Optional.empty()),
                forgotten ? Tree.Mapping.empty(tree.line()) : tree);
    }

    /** What it would have been. */
    private static Optional<Manifest.Key> object(Tree.Mapping tree) {
        Optional<Tree.Mapping> metadata = tree.mapping("metadata");
        Optional<String> name = metadata.flatMap(found -> found.text("name"));
        return tree.text("kind").isEmpty() || name.isEmpty()
                ? Optional.empty()
                : Optional.of(new Manifest.Key(
                        Excerpt.of(tree.text("kind").get()),
                        metadata.flatMap(found -> found.text("namespace"))
                                .map(Excerpt::of)
                                .orElse(null),
                        Excerpt.of(name.get())));
    }

    private void take(Result result) {
        result.decoded()
                .visit(
                        valid -> manifests.add(new Manifest(valid.object(), file, result.tree())),
                        invalid -> takeFlaws(result),
                        over -> passedOver.add(over.kind()));
    }

    private void takeFlaws(Result result) {
        add(result.decoded().flaws(), result.object());
    }

    /** @param leftOut absent where no more is known of it than that it is a document */
    private void add(List<Flaw> flaws, Optional<Manifest.Key> leftOut) {
        String name = leftOut.map(Manifest.Key::toString).orElse(DOCUMENT);
        flaws.forEach(flaw -> findings.add(new Finding(new Place(file, flaw.line()), name, leftOut, flaw.message())));
    }
}
