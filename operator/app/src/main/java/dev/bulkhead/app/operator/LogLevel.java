package dev.bulkhead.app.operator;

import java.util.Locale;

/** How much the log says. */
enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    /** As options have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
