package dev.bulkhead.app.plan;

/** The formats of {@code plan}. */
enum PlanFormat {
    TEXT,
    JSON,
    MD
}
