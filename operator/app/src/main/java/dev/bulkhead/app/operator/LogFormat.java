package dev.bulkhead.app.operator;

/** How the log is written. */
enum LogFormat {
    /** Text on a terminal, JSON elsewhere. */
    AUTO,
    TEXT,
    JSON
}
