package dev.bulkhead.app.manifest;

import java.util.List;
import java.util.Optional;

/** Takes what is in a file piece by piece, so that a list of ten thousand pods is never held as a whole. */
interface Receiver {

    /**
     * What a list said of itself before its items.
     *
     * @param kind empty where that comes after them
     */
    record Head(Optional<String> apiVersion, Optional<String> kind) {}

    /** An element of the list named items at the top of a document, of which the rest is yet to come. */
    void item(Head head, Tree item, List<Flaw> flaws);

    /** A whole document, without the items that were taken already. */
    void document(Tree document, List<Flaw> flaws);

    /** The document that was begun cannot be read to its end. */
    void broken(Flaw flaw);

    /** The document that was begun is read once more from its start. */
    void again();
}
