package dev.bulkhead.app.manifest;

import java.io.IOException;
import java.util.function.Supplier;

/** Reads files as what they are: JSON or YAML, in one of the encodings that these may have. */
final class Parsing {

    private final JsonReader json = new JsonReader();

    /**
     * @param receivers of which one takes it all
     * @throws IOException if the file cannot be read, or is in no such encoding
     */
    <R extends Receiver> R parse(SourceFile file, Supplier<R> receivers) throws IOException {
        byte[] bytes = Encoding.utf8(file.bytes());
        if (JsonReader.looksLikeJson(bytes)) {
            R receiver = receivers.get();
            if (json.read(bytes, receiver)) {
                return receiver;
            }
        }
        R receiver = receivers.get();
        new YamlReader(bytes, receiver).read();
        return receiver;
    }

    /** What to say where that cannot be done. */
    static Finding cannotBeRead(String name, IOException reason) {
        return new Finding(
                new Place(name, 0),
                name,
                "this cannot be read; look at its permissions (" + Excerpt.of(reason.toString()) + ")");
    }
}
