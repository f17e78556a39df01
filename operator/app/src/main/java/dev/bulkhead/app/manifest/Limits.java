package dev.bulkhead.app.manifest;

/** How large a document may be, whatever it claims: manifests come from anybody. */
final class Limits {

    /** Fields within fields; no kind of Kubernetes comes near it. */
    static final int DEPTH = 200;

    /** Values of one document that come from aliases, each counted as often as it is used. */
    static final long ALIASED = 10_000;

    /** Findings about one object; whoever has more than that mends these first. */
    static final int FINDINGS = 100;

    /** Digits of a number; whatever has more is a text. */
    static final int DIGITS = 40;

    private Limits() {}
}
