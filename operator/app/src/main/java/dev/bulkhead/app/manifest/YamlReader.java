package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML, of which JSON is a part, and keeps the lines. */
public final class YamlReader {

    private static final String MERGE = "<<";

    private final Consumer<Finding> findings;

    /** @param findings takes what is wrong; the document is left out, or the second of two equal keys */
    public YamlReader(Consumer<Finding> findings) {
        this.findings = findings;
    }

    /** The documents of a file, up to the first that is broken. */
    public List<Tree> read(SourceFile file) {
        List<Tree> documents = new ArrayList<>();
        LoadSettings settings = LoadSettings.builder().setLabel(file.name()).build();
        try {
            for (Node node : new Compose(settings).composeAllFromString(file.text())) {
                documents.add(tree(file.name(), node));
            }
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            int line = mark == null ? 1 : mark.getLine() + 1;
            findings.accept(new Finding(
                    new Place(file.name(), line),
                    "this is not YAML: " + e.getProblem()
                            + "; look at the indentation, quotes and brackets here and in the line above"));
        } catch (YamlEngineException e) {
            findings.accept(new Finding(new Place(file.name(), 1), "this is not YAML: " + e.getMessage()));
        }
        return documents;
    }

    private Tree tree(String file, Node node) {
        Place place = place(file, node);
        if (node instanceof MappingNode mapping) {
            return mapping(file, mapping);
        }
        if (node instanceof SequenceNode sequence) {
            return new Tree.Sequence(
                    place,
                    sequence.getValue().stream()
                            .map(item -> tree(file, item))
                            .collect(ImmutableList.toImmutableList()));
        }
        return new Tree.Scalar(place, scalar((ScalarNode) node));
    }

    private Tree mapping(String file, MappingNode node) {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        Map<String, Tree.Entry> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Place place = place(file, tuple.getKeyNode());
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            Tree value = tree(file, tuple.getValueNode());
            if (key.equals(MERGE)) {
                merge(value, merged);
                continue;
            }
            Tree.Entry before = entries.putIfAbsent(key, new Tree.Entry(place, value));
            if (before != null) {
                findings.accept(new Finding(
                        place,
                        "'" + key + "' is given twice, first on line "
                                + before.place().line() + "; keep one"));
            }
        }
        merged.forEach(entries::putIfAbsent);
        return new Tree.Mapping(place(file, node), ImmutableMap.copyOf(entries));
    }

    /** What an anchor brings in; of several the first counts. */
    private static void merge(Tree value, Map<String, Tree.Entry> into) {
        if (value instanceof Tree.Mapping mapping) {
            mapping.entries().forEach(into::putIfAbsent);
        } else if (value instanceof Tree.Sequence sequence) {
            sequence.items().forEach(item -> merge(item, into));
        }
    }

    private static Optional<Object> scalar(ScalarNode node) {
        String text = node.getValue();
        if (node.getTag().equals(Tag.NULL)) {
            return Optional.empty();
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return Optional.of(Boolean.valueOf(text));
        }
        try {
            if (node.getTag().equals(Tag.INT)) {
                return Optional.of(new BigInteger(text));
            }
            if (node.getTag().equals(Tag.FLOAT)) {
                return Optional.of(new BigDecimal(text));
            }
        } catch (NumberFormatException infinity) {
            return Optional.of(text);
        }
        return Optional.of(text);
    }

    private static Place place(String file, Node node) {
        return new Place(
                file, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
    }
}
