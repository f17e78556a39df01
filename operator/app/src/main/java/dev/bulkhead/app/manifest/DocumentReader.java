package dev.bulkhead.app.manifest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the documents of YAML and JSON files, whatever they are about, and keeps the lines. */
public final class DocumentReader {

    private final Consumer<Finding> findings;
    private final Parsing parsing = new Parsing();

    /** @param findings takes what is wrong; the document is left out */
    public DocumentReader(Consumer<Finding> findings) {
        this.findings = findings;
    }

    public void read(SourceFile file, Consumer<Tree> documents) {
        try {
            for (Whole whole : parsing.parse(file, () -> new Whole(file.name()))) {
                whole.findings.forEach(findings);
                whole.documents.forEach(documents);
            }
        } catch (IOException e) {
            findings.accept(Parsing.cannotBeRead(file.name(), e));
        }
    }

    private static final class Whole implements Receiver {

        private final String file;
        private final List<Tree> documents = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();

        Whole(String file) {
            this.file = file;
        }

        @Override
        public void document(Tree document, List<Flaw> flaws) {
            if (flaws.isEmpty()) {
                documents.add(document);
            }
            flaws.forEach(this::broken);
        }

        @Override
        public void broken(Flaw flaw) {
            findings.add(new Finding(new Place(file, flaw.line()), "the document", flaw.message()));
        }

        @Override
        public void again() {
            // Documents are taken as a whole alone.
        }
    }
}
