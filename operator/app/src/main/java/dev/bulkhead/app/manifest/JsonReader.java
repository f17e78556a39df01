package dev.bulkhead.app.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads JSON, several times as fast as it could be read as YAML. */
final class JsonReader {

    private final JsonFactory factory = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** @return whether it was JSON; if not, nothing was taken from it, and it may be YAML that only begins like JSON */
    boolean read(SourceFile file, Consumer<Tree> documents, Consumer<Finding> findings) {
        String start = file.text().stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return false;
        }
        List<Tree> read = new ArrayList<>();
        List<Finding> found = new ArrayList<>();
        try (JsonParser parser = factory.createParser(file.text())) {
            while (parser.nextToken() != null) {
                int before = found.size();
                Tree document = new Document(parser, file.name(), found::add).value(0);
                if (found.size() == before) {
                    read.add(document);
                }
            }
        } catch (TooLargeException e) {
            found.add(new Finding(e.place(), e.getMessage()));
        } catch (IOException notJson) {
            return false;
        }
        read.forEach(documents);
        found.forEach(findings);
        return true;
    }

    private record Document(JsonParser parser, String file, Consumer<Finding> findings) {

        Tree value(int depth) throws IOException {
            if (depth > Limits.DEPTH) {
                throw new TooLargeException(
                        place(), "more than " + Limits.DEPTH + " levels of fields; nest less deeply");
            }
            Place place = place();
            return switch (parser.currentToken()) {
                case START_OBJECT -> mapping(place, depth);
                case START_ARRAY -> sequence(place, depth);
                case VALUE_NULL -> new Tree.Scalar(place, Optional.empty());
                case VALUE_TRUE -> new Tree.Scalar(place, Optional.of(true));
                case VALUE_FALSE -> new Tree.Scalar(place, Optional.of(false));
                case VALUE_NUMBER_INT -> new Tree.Scalar(place, Optional.of(new BigInteger(parser.getText())));
                case VALUE_NUMBER_FLOAT -> new Tree.Scalar(place, Optional.of(parser.getDecimalValue()));
                default -> new Tree.Scalar(place, Optional.of(parser.getText()));
            };
        }

        private Tree mapping(Place place, int depth) throws IOException {
            Entries entries = new Entries(findings);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                Place keyPlace = place();
                String name = parser.currentName();
                parser.nextToken();
                entries.put(keyPlace, name, value(depth + 1));
            }
            return new Tree.Mapping(place, entries.build());
        }

        private Tree sequence(Place place, int depth) throws IOException {
            ImmutableList.Builder<Tree> items = ImmutableList.builder();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(depth + 1));
            }
            return new Tree.Sequence(place, items.build());
        }

        private Place place() {
            return new Place(file, parser.currentTokenLocation().getLineNr());
        }
    }
}
