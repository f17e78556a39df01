package dev.bulkhead.app.connectivity;

/** The formats of {@code connectivity}. */
public enum Format {
    TEXT,
    JSON,
    CSV,
    MD,
    DOT
}
