package dev.bulkhead.app.manifest;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Trees from the events of a YAML parser. Aliases share what they stand for, and how much that comes to is bounded.
 */
final class YamlParser {

    private static final String MERGE = "<<";

    private final StreamReader reader;
    private final Iterator<Event> events;
    private final int firstLine;
    private final TreeBuilder trees;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private final Map<Integer, Pending> pending = new HashMap<>();
    private int depth;
    private int line;
    private int documentLine;
    private long size;
    private long aliased;

    /** @param size values in it, aliases expanded */
    private record Anchored(Tree tree, long size) {}

    /** An anchor of something that has not ended, and how much there was before it. */
    private record Pending(Anchor anchor, long before) {}

    /** @param firstLine of these bytes in their file, from 0 on */
    YamlParser(LoadSettings settings, byte[] bytes, int from, int to, int firstLine, Receiver receiver) {
        this.reader = new StreamReader(
                settings,
                new InputStreamReader(new ByteArrayInputStream(bytes, from, to - from), IllegalCharacter.decoder()));
        this.events = new ParserImpl(settings, reader);
        this.firstLine = firstLine;
        this.documentLine = firstLine;
        this.trees = new TreeBuilder(receiver);
    }

    /** The line that the document began on, or that the one before ended on; from 0 on. */
    int documentLine() {
        return documentLine;
    }

    /** The line that is read, from 0 on. */
    int line() {
        return firstLine + reader.getLine();
    }

    void run() {
        while (events.hasNext()) {
            Event event = events.next();
            Optional<Mark> mark = event.getStartMark();
            line = firstLine + (mark.isPresent() ? mark.get().getLine() : 0) + 1;
            take(event);
        }
    }

    private void take(Event event) {
        switch (event.getEventId()) {
            case DocumentStart -> begin();
            case DocumentEnd -> {
                trees.endDocument();
                documentLine = line - 1;
            }
            case MappingStart -> {
                open((NodeEvent) event);
                trees.beginMapping(line);
            }
            case SequenceStart -> {
                open((NodeEvent) event);
                trees.beginSequence(line, ((NodeEvent) event).getAnchor().isPresent());
            }
            case MappingEnd, SequenceEnd -> close();
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> alias((AliasEvent) event);
            default -> {
                // The stream's start and end, and comments, say nothing.
            }
        }
    }

    private void begin() {
        documentLine = line - 1;
        anchors.clear();
        pending.clear();
        depth = 0;
        size = 0;
        aliased = 0;
        trees.beginDocument();
    }

    private void open(NodeEvent start) {
        if (trees.expectsName()) {
            throw new RefusedDocumentException(line, "a field's name is a text, and this is none; write 'name: value'");
        }
        depth++;
        Optional<Anchor> anchor = start.getAnchor();
        if (anchor.isPresent()) {
            pending.put(depth, new Pending(anchor.get(), size));
        }
        size++;
    }

    private void close() {
        Tree tree = trees.end();
        Pending waiting = pending.remove(depth--);
        if (waiting != null) {
            anchors.put(waiting.anchor(), new Anchored(tree, size - waiting.before()));
        }
    }

    private void scalar(ScalarEvent scalar) {
        size++;
        Tree tree = tree(scalar);
        scalar.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(tree, 1)));
        if (trees.expectsName()) {
            trees.name(
                    line,
                    scalar.getValue(),
                    scalar.isPlain() && scalar.getValue().equals(MERGE));
        } else {
            trees.add(tree);
        }
    }

    private void alias(AliasEvent alias) {
        Anchored anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            throw new RefusedDocumentException(
                    line,
                    "'*" + Excerpt.of(alias.getAlias().toString())
                            + "' stands for nothing that is complete here; write it out");
        }
        aliased += anchored.size();
        size += anchored.size();
        if (aliased > Limits.ALIASED) {
            throw new RefusedDocumentException(
                    line,
                    "the aliases of this document stand for more than " + Limits.ALIASED
                            + " values; write out what is meant");
        }
        if (!trees.expectsName()) {
            trees.add(anchored.tree());
        } else if (anchored.tree() instanceof Tree.Scalar scalar) {
            trees.name(line, scalar.value().toString(), false);
        } else {
            throw new RefusedDocumentException(line, "a field's name is a text, and this is none; write 'name: value'");
        }
    }

    private Tree tree(ScalarEvent scalar) {
        Optional<Object> value = value(scalar);
        return value.isPresent() ? new Tree.Scalar(line, value.get()) : new Tree.Nothing(line);
    }

    private static Optional<Object> value(ScalarEvent scalar) {
        Optional<String> tag = scalar.getTag();
        String text = scalar.getValue();
        if (tag.isEmpty()) {
            return scalar.getImplicit().canOmitTagInPlainScalar() ? PlainScalar.value(text) : Optional.of(text);
        }
        boolean resolved = Tag.INT.getValue().equals(tag.get())
                || Tag.FLOAT.getValue().equals(tag.get())
                || Tag.BOOL.getValue().equals(tag.get())
                || Tag.NULL.getValue().equals(tag.get());
        return resolved ? PlainScalar.value(text) : Optional.of(text);
    }
}
