package dev.bulkhead.app.console;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.sun.net.httpserver.HttpExchange;
import dev.bulkhead.app.http.Deadlines;
import dev.bulkhead.cluster.access.Scope;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells one client of changes, as server-sent events, until it goes, is too slow, may see nothing any more, or an hour has
 * passed.
 */
final class EventStream {

    private static final Duration LONGEST = Duration.ofHours(1);
    /** Between two signs of life; what a client may see is looked up as often. */
    private static final Duration PULSE = Duration.ofSeconds(15);

    private static final Duration SLOWEST_WRITE = Duration.ofSeconds(10);

    private record Told(List<String> namespaces, boolean segments) {

        @JsonIgnore
        boolean isNews() {
            return !namespaces.isEmpty() || segments;
        }
    }

    private final Changes.Subscription changes;
    private final Supplier<Scope> scope;
    private final Deadlines deadlines;

    /** @param scope what the client may see now; fails once it may see nothing */
    EventStream(Changes.Subscription changes, Supplier<Scope> scope, Deadlines deadlines) {
        this.changes = changes;
        this.scope = scope;
        this.deadlines = deadlines;
    }

    /** @param exchange of which the headers have been sent */
    void tell(HttpExchange exchange) throws IOException, InterruptedException {
        OutputStream out = exchange.getResponseBody();
        write(out, "event: hello\ndata: {}\n\n");
        long end = System.nanoTime() + LONGEST.toNanos();
        long pulse = System.nanoTime() + PULSE.toNanos();
        while (System.nanoTime() < end) {
            Changes.Change change = changes.take(Duration.ofNanos(Math.max(1_000_000, pulse - System.nanoTime())));
            Told told = seen(change, scope.get());
            if (told.isNews()) {
                write(out, "event: changed\ndata: " + Answer.text(told) + "\n\n");
            } else if (System.nanoTime() >= pulse) {
                write(out, ": still here\n\n");
                pulse = System.nanoTime() + PULSE.toNanos();
            }
        }
    }

    /** Nothing, not even a sign of life, tells of changes that the client may not see. */
    private static Told seen(Changes.Change change, Scope scope) {
        return new Told(
                change.namespaces().stream()
                        .filter(name -> scope.sees(name) || scope.everything())
                        .sorted()
                        .toList(),
                change.segments() && scope.everything());
    }

    private void write(OutputStream out, String text) throws IOException {
        deadlines.within(SLOWEST_WRITE, () -> {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        });
    }
}
