package dev.bulkhead.app.manifest;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads files of other formats than manifests, to the last field as exactly. */
public final class TreeReader {

    private final Consumer<Finding> findings;

    /** @param findings takes what is wrong; the document is left out */
    public TreeReader(Consumer<Finding> findings) {
        this.findings = findings;
    }

    /** The documents of a file. */
    public List<Tree> read(SourceFile file) {
        Collector collector = new Collector(file.name());
        try {
            byte[] bytes = Encoding.utf8(file.bytes());
            if (!JsonReader.looksLikeJson(bytes) || !new JsonReader().read(bytes, collector)) {
                new YamlReader(bytes, collector).read();
            }
        } catch (CharacterCodingException e) {
            collector.broken(new Flaw(1, "this begins like UTF-16 and is not; save the file as UTF-8"));
        } catch (IOException e) {
            findings.accept(SourceFiles.cannotBeRead(file.name(), e.toString()));
        }
        collector.found.forEach(findings);
        return collector.documents;
    }

    private static final class Collector implements Receiver {

        private final String file;
        private final List<Tree> documents = new ArrayList<>();
        private final List<Finding> found = new ArrayList<>();

        Collector(String file) {
            this.file = file;
        }

        @Override
        public void item(Head head, Tree item, List<Flaw> flaws) {
            flaws.forEach(this::broken);
        }

        @Override
        public void document(Tree document, List<Flaw> flaws) {
            flaws.forEach(this::broken);
            if (flaws.isEmpty()) {
                documents.add(document);
            }
        }

        @Override
        public void broken(Flaw flaw) {
            found.add(new Finding(new Place(file, flaw.line()), "the document", flaw.message()));
        }

        @Override
        public void again() {
            // What came of documents before the one that is read again stays as it is.
        }
    }
}
