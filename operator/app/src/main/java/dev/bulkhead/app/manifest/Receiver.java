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

    /** Whether it takes the elements of a list named items at the top of a document one by one. */
    default boolean takesItems() {
        return false;
    }

    /** One of those, before the rest of the document. */
    default void item(Head head, Tree item, List<Flaw> flaws) {
        throw new UnsupportedOperationException();
    }

    /** A whole document, without the items that were taken already; never one with nothing in it. */
    void document(Tree document, List<Flaw> flaws);

    /** The document that was begun cannot be read to its end. */
    void broken(Flaw flaw);

    /** The document that was begun is read once more from its start. */
    void again();
}
