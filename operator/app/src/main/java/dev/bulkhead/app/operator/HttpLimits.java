package dev.bulkhead.app.operator;

import java.time.Duration;

/**
 * How long a client may take, and how long an idle connection to the API server is kept. Without the first a few that send
 * half a request would keep everybody else from an answer; without the second, requests would be tried on one dead
 * connection after the other when a load balancer has forgotten them all.
 */
final class HttpLimits {

    private static final Duration REQUEST = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private HttpLimits() {}

    /** For all servers and clients of this process; before the first of them is made, since the JDK looks once. */
    static void set() {
        System.setProperty("sun.net.httpserver.maxReqTime", Long.toString(REQUEST.toSeconds()));
        System.setProperty("jdk.httpclient.keepalive.timeout", Long.toString(IDLE.toSeconds()));
    }
}
