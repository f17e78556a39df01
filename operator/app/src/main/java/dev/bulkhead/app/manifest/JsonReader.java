package dev.bulkhead.app.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.google.common.base.Utf8;
import java.io.IOException;
import java.math.BigInteger;

/** Reads JSON, several times as fast as it could be read as YAML. */
final class JsonReader {

    private final JsonFactory factory = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Whether this may be JSON; it may also be YAML that only begins like it. */
    static boolean looksLikeJson(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
        return at < bytes.length && (bytes[at] == '{' || bytes[at] == '[') && Utf8.isWellFormed(bytes);
    }

    /** @return whether it was JSON, and all of it read; if not, the receiver may have taken something by then */
    boolean read(byte[] bytes, Receiver receiver) {
        try (JsonParser parser = factory.createParser(bytes)) {
            TreeBuilder trees = new TreeBuilder(receiver);
            int depth = 0;
            while (parser.nextToken() != null) {
                JsonToken token = parser.currentToken();
                if (depth == 0) {
                    trees.beginDocument();
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                take(token, parser, trees);
                if (depth == 0) {
                    trees.endDocument();
                }
            }
        } catch (RefusedDocumentException | IOException e) {
            return false;
        }
        return true;
    }

    private static void take(JsonToken token, JsonParser parser, TreeBuilder trees) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        switch (token) {
            case START_OBJECT -> trees.beginMapping(line);
            case START_ARRAY -> trees.beginSequence(line, false);
            case END_OBJECT, END_ARRAY -> trees.end();
            case FIELD_NAME -> trees.name(line, parser.currentName(), false);
            case VALUE_NULL -> trees.add(new Tree.Nothing(line));
            default -> trees.add(new Tree.Scalar(line, value(token, parser)));
        }
    }

    private static Object value(JsonToken token, JsonParser parser) throws IOException {
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token, parser.getText());
            default -> parser.getText();
        };
    }

    private static Object number(JsonToken token, String text) {
        if (token == JsonToken.VALUE_NUMBER_INT && text.length() <= Limits.DIGITS) {
            return new BigInteger(text);
        }
        return PlainScalar.value(text).orElse(text);
    }
}
