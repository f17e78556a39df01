package dev.bulkhead.testkit;

/** This machine does not have a tool and cannot build it. */
public final class ToolUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ToolUnavailableException(String message) {
        super(message);
    }
}
