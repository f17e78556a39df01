package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trees from what a parser finds one after the other. The items of a list at the top go to the receiver as soon as they
 * are complete, and are not kept.
 */
final class TreeBuilder {

    private static final String ITEMS = "items";

    /** Names of fields to share; what has more of them has no end of them. */
    private static final int MOST_NAMES = 10_000;

    private final Receiver receiver;
    private final Map<String, String> names = new HashMap<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final List<Flaw> flaws = new ArrayList<>();
    private int flawsBeforeItem;
    private Tree root;

    /** A mapping or sequence that has not ended. */
    private static final class Frame {
        private final int line;
        private final boolean streamed;
        private final Entries entries;
        private final List<Tree> items;
        private String name;
        private int lineOfName;
        private boolean merging;

        Frame(int line, Entries entries, List<Tree> items, boolean streamed) {
            this.line = line;
            this.entries = entries;
            this.items = items;
            this.streamed = streamed;
        }

        Tree build() {
            return entries == null
                    ? new Tree.Sequence(line, ImmutableList.copyOf(items))
                    : new Tree.Mapping(line, entries.build());
        }
    }

    TreeBuilder(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Forgets what was not completed. */
    void beginDocument() {
        frames.clear();
        flaws.clear();
        root = null;
    }

    /** Hands over what was read since its beginning, if it was anything. */
    void endDocument() {
        if (root != null && !root.isNothing()) {
            receiver.document(root, List.copyOf(flaws));
        }
        beginDocument();
    }

    /** Whether the next text is the name of a field. */
    boolean expectsName() {
        Frame frame = frames.peek();
        return frame != null && frame.entries != null && frame.name == null;
    }

    /** @param merging whether it stands for all the fields that its value has */
    void name(int line, String name, boolean merging) {
        Frame frame = frames.element();
        frame.name = shared(name);
        frame.lineOfName = line;
        frame.merging = merging;
    }

    private String shared(String name) {
        String known = names.get(name);
        if (known == null && names.size() < MOST_NAMES) {
            names.put(name, name);
        }
        return known == null ? name : known;
    }

    void beginMapping(int line) {
        begin(new Frame(line, new Entries(flaws::add), null, false));
    }

    /** @param whole whether its items are needed again, so that it has to be kept */
    void beginSequence(int line, boolean whole) {
        boolean streamed =
                !whole && frames.size() == 1 && frames.element().entries != null && ITEMS.equals(frames.element().name);
        begin(new Frame(line, null, new ArrayList<>(), streamed));
    }

    private void begin(Frame frame) {
        if (frames.size() >= Limits.DEPTH) {
            throw new RefusedDocumentException(
                    frame.line, "more than " + Limits.DEPTH + " levels of fields; nest less deeply");
        }
        if (frame.streamed || (!frames.isEmpty() && frames.element().streamed)) {
            flawsBeforeItem = flaws.size();
        }
        frames.push(frame);
    }

    /** Of the innermost mapping or sequence. */
    Tree end() {
        Tree tree = frames.pop().build();
        add(tree);
        return tree;
    }

    void add(Tree value) {
        Frame frame = frames.peek();
        if (frame == null) {
            root = value;
        } else if (frame.streamed) {
            List<Flaw> ofItem = flaws.subList(flawsBeforeItem, flaws.size());
            receiver.item(head(), value, List.copyOf(ofItem));
            ofItem.clear();
        } else if (frame.entries == null) {
            frame.items.add(value);
        } else if (frame.merging) {
            frame.entries.merge(value);
            frame.name = null;
        } else {
            frame.entries.put(new Tree.Entry(frame.lineOfName, frame.name, value));
            frame.name = null;
        }
    }

    private Receiver.Head head() {
        Entries top = frames.getLast().entries;
        return new Receiver.Head(text(top, "apiVersion"), text(top, "kind"));
    }

    private static Optional<String> text(Entries entries, String name) {
        Tree.Entry entry = entries.get(name);
        return entry != null && entry.value() instanceof Tree.Scalar scalar && scalar.value() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }
}
