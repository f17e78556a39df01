package dev.bulkhead.cluster.slim;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringGeneratorDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.policy.Marker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** One object of a list, token by token. */
final class SlimItem {

    private static final ImmutableSet<String> TYPE = ImmutableSet.of("apiVersion", "kind");
    private static final ImmutableSet<String> WHICH_ONE = ImmutableSet.of(
            "name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp");

    private final SlimKind kind;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final JsonGenerator generator;
    private final Map<String, String> type = new TreeMap<>();
    private final Map<String, String> whichOne = new TreeMap<>();
    /** The label that tells whose it is; absent where it has none. */
    private final Map<String, String> owner = new TreeMap<>();

    private boolean tooLarge;

    SlimItem(SlimKind kind) throws IOException {
        this.kind = kind;
        this.generator = new FilteringGeneratorDelegate(
                SlimBody.JSON.createGenerator(out),
                kind.kept(),
                TokenFilter.Inclusion.INCLUDE_ALL_AND_PATH,
                /* allowMultipleMatches= */ true);
    }

    /** @param token at which the parser is */
    void read(JsonParser parser, JsonToken token) throws IOException {
        if (token.isScalarValue()) {
            note(parser);
        }
        if (!tooLarge) {
            generator.copyCurrentEvent(parser);
            generator.flush();
            tooLarge = out.size() > kind.maximum();
        }
    }

    /** Whatever else it contains, which one it is must be known in the end. */
    private void note(JsonParser parser) throws IOException {
        JsonStreamContext object = parser.getParsingContext();
        String name = object.getCurrentName();
        if (name == null) {
            return;
        }
        JsonStreamContext above = object.getParent();
        if (above.inArray()) {
            note(parser, name, TYPE, type);
        } else if (above.getParent().inArray() && "metadata".equals(above.getCurrentName())) {
            note(parser, name, WHICH_ONE, whichOne);
        } else if (isLabelOfItem(above) && name.equals(Marker.MANAGED_BY)) {
            owner.put(name, parser.getText());
        }
    }

    private static void note(JsonParser parser, String name, ImmutableSet<String> names, Map<String, String> noted)
            throws IOException {
        if (names.contains(name)) {
            noted.put(name, parser.getText());
        }
    }

    private static boolean isLabelOfItem(JsonStreamContext metadata) {
        JsonStreamContext item = metadata.getParent();
        return "labels".equals(metadata.getCurrentName())
                && "metadata".equals(item.getCurrentName())
                && item.getParent().inArray();
    }

    /** What is kept of it; to be called once, when its last token was read. */
    String json() throws IOException {
        if (tooLarge) {
            return mark();
        }
        generator.close();
        return out.toString(StandardCharsets.UTF_8);
    }

    private String mark() throws IOException {
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        try (JsonGenerator mark = SlimBody.JSON.createGenerator(marked)) {
            mark.writeStartObject();
            write(mark, type);
            mark.writeObjectFieldStart("metadata");
            write(mark, whichOne);
            mark.writeObjectFieldStart("labels");
            write(mark, owner);
            mark.writeEndObject();
            mark.writeObjectFieldStart("annotations");
            mark.writeStringField(TooLarge.MARK, "");
            mark.writeEndObject();
            mark.writeEndObject();
            mark.writeEndObject();
        }
        return marked.toString(StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator generator, Map<String, String> fields) throws IOException {
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (field.getKey().equals("generation")) {
                generator.writeNumberField(field.getKey(), Long.parseLong(field.getValue()));
            } else {
                generator.writeStringField(field.getKey(), field.getValue());
            }
        }
    }
}
