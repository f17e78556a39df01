package dev.bulkhead.app.diff;

/** The formats of {@code diff}. */
enum DifferenceFormat {
    TEXT,
    JSON,
    CSV,
    MD
}
