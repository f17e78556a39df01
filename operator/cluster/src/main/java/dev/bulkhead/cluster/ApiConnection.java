package dev.bulkhead.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;

/** How the operator talks to an API server, wherever that is. */
public final class ApiConnection {

    /** Doubled five times: after an outage, however long, it is tried again within about three seconds. */
    private static final int FIRST_RECONNECT_MILLIS = 100;
    /** Whoever asks tries again anyway; more retries of one request would grow apart to a minute. */
    private static final int REQUEST_RETRIES = 2;

    private ApiConnection() {}

    /**
     * By HTTP/1.1. A request that gets no answer in time ends its connection there, and the next one is made on another. By
     * HTTP/2 it would end its own stream only: all requests would go on to wait on a connection that a load balancer has
     * forgotten, until the kernel gives it up after a quarter of an hour.
     */
    public static Config of(Config config) {
        return new ConfigBuilder(config)
                .withHttp2Disable(true)
                .withWatchReconnectInterval(FIRST_RECONNECT_MILLIS)
                .withRequestRetryBackoffLimit(REQUEST_RETRIES)
                .build();
    }
}
