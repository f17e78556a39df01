package dev.bulkhead.cluster.log;

import org.slf4j.spi.LoggingEventBuilder;

/** What a line says besides its message. */
public final class LogFields {

    private LogFields() {}

    /** Adds the pair, but for an empty value, which says nothing. */
    public static LoggingEventBuilder unlessEmpty(LoggingEventBuilder line, String key, String value) {
        return value.isEmpty() ? line : line.addKeyValue(key, value);
    }
}
