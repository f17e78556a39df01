package dev.bulkhead.app.remote;

import java.io.IOException;

/** A body is longer than anything that is expected. */
final class TooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int most;

    TooLongException(int most) {
        super("the answer is longer than " + most + " bytes");
        this.most = most;
    }

    /** In bytes. */
    int most() {
        return most;
    }
}
