package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/** Trees from the events of a YAML parser. Aliases share what they stand for; how much that comes to is bounded. */
final class TreeBuilder {

    private static final String MERGE = "<<";

    private final Iterator<Event> events;
    private final ScalarResolver resolver;
    private final String file;
    private final int firstLine;
    private final Consumer<Finding> findings;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private Event event;
    private int line;
    private int depth;
    private long size;
    private long aliased;

    /** @param size values in it, aliases expanded */
    private record Anchored(Tree tree, long size) {}

    /** @param firstLine of the text in its file, from 0 on */
    TreeBuilder(Iterator<Event> events, LoadSettings settings, String file, int firstLine, Consumer<Finding> findings) {
        this.events = events;
        this.resolver = settings.getSchema().getScalarResolver();
        this.file = file;
        this.firstLine = firstLine;
        this.findings = findings;
    }

    /** The line of the text that was read last, from 0 on. */
    int line() {
        return line;
    }

    boolean hasDocument() {
        while (events.hasNext()) {
            advance();
            if (event.getEventId() == Event.ID.DocumentStart) {
                return true;
            }
        }
        return false;
    }

    /** Empty for a document with nothing in it. */
    Optional<Tree> document() {
        anchors.clear();
        depth = 0;
        size = 0;
        aliased = 0;
        advance();
        Tree tree = node();
        advance();
        return Optional.of(tree)
                .filter(found ->
                        !(found instanceof Tree.Scalar scalar && scalar.value().isEmpty()));
    }

    private void advance() {
        event = events.next();
        line = event.getStartMark().map(Mark::getLine).orElse(line);
    }

    private Place place() {
        return new Place(file, firstLine + line + 1);
    }

    private Tree node() {
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        if (++depth > Limits.DEPTH) {
            throw new TooLargeException(place(), "more than " + Limits.DEPTH + " levels of fields; nest less deeply");
        }
        NodeEvent start = (NodeEvent) event;
        long before = size++;
        Tree tree = switch (start.getEventId()) {
            case MappingStart -> mapping();
            case SequenceStart -> sequence();
            default -> scalar((ScalarEvent) start);
        };
        depth--;
        start.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(tree, size - before)));
        return tree;
    }

    private Tree aliased(AliasEvent alias) {
        Anchored anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            throw new TooLargeException(
                    place(), "'*" + alias.getAlias() + "' stands for nothing that is complete here; write it out");
        }
        aliased += anchored.size();
        size += anchored.size();
        if (aliased > Limits.ALIASED) {
            throw new TooLargeException(
                    place(),
                    "the aliases of this document stand for more than " + Limits.ALIASED
                            + " values; write out what is meant");
        }
        return anchored.tree();
    }

    private Tree sequence() {
        Place place = place();
        ImmutableList.Builder<Tree> items = ImmutableList.builder();
        for (advance(); event.getEventId() != Event.ID.SequenceEnd; advance()) {
            items.add(node());
        }
        return new Tree.Sequence(place, items.build());
    }

    private Tree mapping() {
        Entries entries = new Entries(findings);
        Place place = place();
        for (advance(); event.getEventId() != Event.ID.MappingEnd; advance()) {
            Place keyPlace = place();
            Tree key = node();
            advance();
            Tree value = node();
            String name = key instanceof Tree.Scalar scalar ? scalar.text() : "?";
            if (name.equals(MERGE)) {
                entries.merge(value);
            } else {
                entries.put(keyPlace, name, value);
            }
        }
        return new Tree.Mapping(place, entries.build());
    }

    private Tree scalar(ScalarEvent scalar) {
        return new Tree.Scalar(place(), value(scalar));
    }

    private Optional<Object> value(ScalarEvent scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag()
                .map(Tag::new)
                .orElseGet(() -> resolver.resolve(text, scalar.getImplicit().canOmitTagInPlainScalar()));
        if (tag.equals(Tag.STR)) {
            return Optional.of(text);
        }
        if (tag.equals(Tag.NULL)) {
            return Optional.empty();
        }
        if (tag.equals(Tag.BOOL)) {
            return Optional.of(Boolean.valueOf(text));
        }
        try {
            if (tag.equals(Tag.INT)) {
                return Optional.of(new BigInteger(text));
            }
            if (tag.equals(Tag.FLOAT)) {
                return Optional.of(new BigDecimal(text));
            }
        } catch (NumberFormatException infinity) {
            return Optional.of(text);
        }
        return Optional.of(text);
    }
}
