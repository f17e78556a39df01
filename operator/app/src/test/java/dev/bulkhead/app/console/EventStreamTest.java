package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.app.console.Problem.Status;
import dev.bulkhead.app.http.Deadlines;
import dev.bulkhead.cluster.access.Scope;
import dev.bulkhead.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client is told of changes, and that it cannot tell those from none that it may not see. */
class EventStreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(100);
    private static final String HELLO = "event: hello\ndata: {}\n\n";

    private final ChangeWatcher changes = new ChangeWatcher(() -> {
        throw new IllegalStateException("nobody looks by himself");
    });
    private final Deadlines deadlines = new Deadlines();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicReference<Scope> scope = new AtomicReference<>(some("shop"));
    private final AtomicInteger lookups = new AtomicInteger();
    private CompletableFuture<Void> stream;
    private Thread thread;

    private static Scope some(String... namespaces) {
        return new Scope(/* everything= */ false, ImmutableSortedSet.copyOf(namespaces));
    }

    @AfterEach
    void close() {
        thread.interrupt();
        deadlines.close();
    }

    private void listen(Duration pulse) {
        ChangeWatcher.Subscription subscription = changes.subscribe();
        stream = new CompletableFuture<>();
        thread = new Thread(() -> {
            try {
                new EventStream(subscription, this::look, pulse, deadlines).tell(out);
                stream.complete(null);
            } catch (Exception e) {
                stream.completeExceptionally(e);
            }
        });
        thread.start();
        Await.until("hello", PATIENCE, () -> told().startsWith(HELLO));
    }

    private Scope look() {
        lookups.incrementAndGet();
        if (scope.get() == null) {
            throw new ProblemException(Status.UNAUTHORIZED, "the token has run out");
        }
        return scope.get();
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private void change(String... namespaces) {
        changes.tell(new ChangeWatcher.Change(ImmutableSet.copyOf(namespaces), false));
    }

    private static String changed(String namespace) {
        return "event: changed\ndata: {\"namespaces\":[\"" + namespace + "\"],\"segments\":false}\n\n";
    }

    @Test
    void changesElsewhereAreNothingToTheClientAndAskNothingAboutIt() {
        listen(NEVER);
        for (int i = 0; i < 100; i++) {
            change("pay", "web");
            changes.tell(new ChangeWatcher.Change(ImmutableSet.of(), true));
            Thread.onSpinWait();
        }
        change("shop");
        Await.until("the change is told", PATIENCE, () -> told().length() > HELLO.length());
        assertEquals(HELLO + changed("shop"), told());
        assertEquals(2, lookups.get(), "once for hello, once for what is told");
    }

    @Test
    void whoLosesHisRightsIsCutOffAtTheNextSignOfLifeWhateverChanges() {
        listen(SOON);
        Await.until("a sign of life", PATIENCE, () -> told().contains(": still here"));
        scope.set(null);
        assertThrows(CompletionException.class, stream::join);
        assertFalse(told().contains("changed"));
    }

    /** Otherwise the moment of the end would tell that something changed. */
    @Test
    void aChangeElsewhereDoesNotBringForwardTheEndOfOneWhoLostHisRights() {
        listen(NEVER);
        scope.set(null);
        change("pay");
        Await.until("it waits for what is next", PATIENCE, () -> thread.getState() == Thread.State.TIMED_WAITING);
        assertFalse(stream.isDone());
        assertEquals(1, lookups.get());
    }

    @Test
    void whatChangedInANamespaceThatCanBeSeenSinceIsToldWithTheNextSignOfLife() {
        listen(SOON);
        scope.set(some("shop", "pay"));
        change("pay");
        Await.until("the change is told", PATIENCE, () -> told().contains(changed("pay")));
    }

    @Test
    void whatPilesUpForSomebodySlowIsOneChange() throws InterruptedException {
        listen(NEVER);
        ChangeWatcher.Subscription slow = changes.subscribe();
        change("b");
        change("a", "b");
        changes.tell(new ChangeWatcher.Change(ImmutableSet.of(), true));
        ChangeWatcher.Change taken = slow.take(Duration.ZERO);
        assertEquals(List.of("a", "b"), taken.namespaces().asList());
        assertTrue(taken.segments());
        assertTrue(slow.take(Duration.ZERO).isNothing());
        slow.close();
        change("c");
        assertTrue(slow.take(Duration.ZERO).isNothing(), "whoever has gone is told nothing more");
    }
}
