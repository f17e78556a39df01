package dev.bulkhead.app.console;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.bulkhead.app.http.Deadlines;
import dev.bulkhead.cluster.access.Scope;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Tells one client of changes, as server-sent events, until it goes, is too slow, may see nothing any more, or an hour has
 * passed.
 */
final class EventStream {

    private static final Duration LONGEST = Duration.ofHours(1);
    static final Duration PULSE = Duration.ofSeconds(15);

    private static final Duration SLOWEST_WRITE = Duration.ofSeconds(10);

    private record Told(List<String> namespaces, boolean segments) {

        @JsonIgnore
        boolean isNews() {
            return !namespaces.isEmpty() || segments;
        }
    }

    private final ChangeWatcher.Subscription changes;
    private final Supplier<Scope> scope;
    private final Duration pulse;
    private final Deadlines deadlines;

    /**
     * @param scope what the client may see now; fails once it may see nothing
     * @param pulse between two signs of life; what a client may see is looked up as often
     */
    EventStream(ChangeWatcher.Subscription changes, Supplier<Scope> scope, Duration pulse, Deadlines deadlines) {
        this.changes = changes;
        this.pulse = pulse;
        this.scope = scope;
        this.deadlines = deadlines;
    }

    /** @param out the body of an answer of which the headers have been sent */
    void tell(OutputStream out) throws IOException, InterruptedException {
        Scope seen = scope.get();
        Set<String> heldBack = new TreeSet<>();
        write(out, "event: hello\ndata: {}\n\n");
        long end = System.nanoTime() + LONGEST.toNanos();
        long next = System.nanoTime() + pulse.toNanos();
        while (System.nanoTime() < end) {
            ChangeWatcher.Change change = changes.take(Duration.ofNanos(Math.max(1_000_000, next - System.nanoTime())));
            heldBack.addAll(change.namespaces());
            boolean due = System.nanoTime() >= next;
            if (!due && !told(heldBack, change.segments(), seen).isNews()) {
                continue;
            }
            seen = scope.get();
            Told told = told(heldBack, change.segments(), seen);
            heldBack.removeAll(told.namespaces());
            if (told.isNews()) {
                write(out, "event: changed\ndata: " + ConsoleAnswer.text(told) + "\n\n");
            } else if (due) {
                write(out, ": still here\n\n");
            }
            if (due) {
                heldBack.clear();
                next = System.nanoTime() + pulse.toNanos();
            }
        }
    }

    /**
     * Nothing, not even a sign of life or the moment at which the stream ends, tells of changes that the client may not see:
     * for those it is not even looked up what they may see. They are held back until the next sign of life, in case they may by
     * then.
     */
    private static Told told(Set<String> namespaces, boolean segments, Scope scope) {
        return new Told(
                namespaces.stream()
                        .filter(name -> scope.sees(name) || scope.everything())
                        .toList(),
                segments && scope.everything());
    }

    private void write(OutputStream out, String text) throws IOException {
        deadlines.within(SLOWEST_WRITE, () -> {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        });
    }
}
