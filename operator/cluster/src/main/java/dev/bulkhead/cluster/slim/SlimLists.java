package dev.bulkhead.cluster.slim;

import com.google.common.collect.ImmutableSet;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reduces lists while they arrive: of each object only the fields stay that are read, and of one that takes too much memory even so
 * only which one it is, {@linkplain TooLarge marked}. So a page of a list takes a bounded amount of memory, whatever the objects
 * contain.
 */
public final class SlimLists implements Interceptor {

    private static final long PAGE = 200;
    private static final long PAGE_OF_LARGE_OBJECTS = 50;
    private static final ImmutableSet<String> LARGE = ImmutableSet.of("AccessIntent", "NetworkPolicy", "Service");

    /**
     * How many objects of a kind a page of a list should have, so that not all of a large cluster are in memory at once. The JDK's
     * client keeps the last answer of each idle HTTP/1.1 connection as well, until it closes that connection.
     */
    public static long page(String kind) {
        return LARGE.contains(kind) ? PAGE_OF_LARGE_OBJECTS : PAGE;
    }

    /** Reduces the lists that the clients read which are made by it. */
    public static void in(HttpClient.Builder clients) {
        clients.addOrReplaceInterceptor("bulkhead-slim-lists", new SlimLists());
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        return SlimKind.of(request.method(), request.uri())
                .<AsyncBody.Consumer<List<ByteBuffer>>>map(kind -> new SlimBody(kind, consumer))
                .orElse(consumer);
    }
}
