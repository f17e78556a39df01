package dev.bulkhead.app.operator;

import java.util.Locale;

/** How the log is written. */
enum LogFormat {
    /** Text on a terminal, JSON elsewhere. */
    AUTO,
    TEXT,
    JSON;

    /** As options have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
