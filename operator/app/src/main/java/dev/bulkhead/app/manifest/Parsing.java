package dev.bulkhead.app.manifest;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.io.IOException;
import java.util.List;

/** Reads files as what they are: JSON or YAML, in one of the encodings that these may have. */
final class Parsing {

    /** Below this it takes longer to share the work than to do it. */
    private static final int LARGE = 1 << 21;

    private static final int PART = 1 << 19;

    private final JsonReader json = new JsonReader();

    /**
     * @param receivers of which each takes a part, in this order
     * @throws IOException if the file cannot be read, or is in no such encoding
     */
    <R extends Receiver> List<R> parse(SourceFile file, Supplier<R> receivers) throws IOException {
        byte[] bytes = Encoding.utf8(file.bytes());
        if (JsonReader.looksLikeJson(bytes)) {
            R receiver = receivers.get();
            if (json.read(bytes, receiver)) {
                return List.of(receiver);
            }
        }
        Supplier<Documents> documents = Suppliers.memoize(() -> Documents.of(bytes));
        if (bytes.length < LARGE) {
            R receiver = receivers.get();
            new YamlReader(bytes, documents, receiver).read();
            return List.of(receiver);
        }
        return documents.get().parts(bytes, PART).parallelStream()
                .map(part -> {
                    R receiver = receivers.get();
                    new YamlReader(bytes, documents, receiver).read(part);
                    return receiver;
                })
                .toList();
    }

    /** What to say where that cannot be done. */
    static Finding cannotBeRead(String name, IOException reason) {
        return new Finding(
                new Place(name, 0),
                name,
                "this cannot be read; look at its permissions (" + Excerpt.of(reason.toString()) + ")");
    }
}
