package dev.bulkhead.app.connectivity;

/** The formats of {@code connectivity}. */
enum Format {
    TEXT,
    JSON,
    CSV,
    MD,
    DOT
}
