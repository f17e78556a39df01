package dev.bulkhead.app.operator;

import java.time.Duration;

/** How long a client may take. Without a limit a few that send half a request would keep everybody else from an answer. */
final class HttpLimits {

    private static final Duration REQUEST = Duration.ofSeconds(5);

    private HttpLimits() {}

    /** For all servers of this process; before the first of them is made, since the JDK looks once. */
    static void set() {
        System.setProperty("sun.net.httpserver.maxReqTime", Long.toString(REQUEST.toSeconds()));
    }
}
