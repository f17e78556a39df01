package dev.bulkhead.app.plan;

/** The formats of {@code plan}. */
public enum PlanFormat {
    TEXT,
    JSON,
    MD
}
