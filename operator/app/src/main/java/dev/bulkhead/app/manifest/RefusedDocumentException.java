package dev.bulkhead.app.manifest;

/** A document that is well-formed and that nobody needs: nested or repeated beyond what any manifest is. */
final class RefusedDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Flaw flaw;

    RefusedDocumentException(int line, String message) {
        super(message);
        this.flaw = new Flaw(line, message);
    }

    Flaw flaw() {
        return flaw;
    }
}
