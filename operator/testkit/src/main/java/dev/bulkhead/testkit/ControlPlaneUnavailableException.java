package dev.bulkhead.testkit;

/** This machine cannot have the control plane that was asked for; the message says what would help. */
public final class ControlPlaneUnavailableException extends RuntimeException {

    public ControlPlaneUnavailableException(String message) {
        super(message);
    }

    public ControlPlaneUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
