package dev.bulkhead.app.lint;

import java.util.Locale;

/** How much a finding matters, the worst first. */
enum Severity {
    ERROR,
    WARNING,
    INFO;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What SARIF calls it. */
    String sarifLevel() {
        return this == INFO ? "note" : label();
    }

    boolean isAtLeast(Severity other) {
        return compareTo(other) <= 0;
    }
}
