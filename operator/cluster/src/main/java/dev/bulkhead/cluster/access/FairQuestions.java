package dev.bulkhead.cluster.access;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * A few questions at a time, of each owner of accounts one after the other: whoever asks much keeps nobody else waiting, from
 * however many service accounts of a namespace.
 */
final class FairQuestions implements AutoCloseable {

    private final ExecutorService threads;
    /** By the owner of the accounts; the one whose turn is next comes first. */
    private final Map<String, Deque<FutureTask<?>>> waiting = new LinkedHashMap<>();

    /** @param atATime whoever asks for whatever */
    FairQuestions(int atATime) {
        this.threads = Executors.newFixedThreadPool(atATime, task -> {
            Thread thread = new Thread(task, "bulkhead-access");
            thread.setDaemon(true);
            return thread;
        });
    }

    <T> Future<T> ask(User user, Callable<T> question) {
        FutureTask<T> task = new FutureTask<>(question);
        synchronized (this) {
            waiting.computeIfAbsent(user.owner(), unknown -> new ArrayDeque<>()).add(task);
        }
        threads.execute(() -> next().run());
        return task;
    }

    /** There is one for each time that this is called. */
    private synchronized FutureTask<?> next() {
        Iterator<Map.Entry<String, Deque<FutureTask<?>>>> owners =
                waiting.entrySet().iterator();
        Map.Entry<String, Deque<FutureTask<?>>> first = owners.next();
        owners.remove();
        FutureTask<?> task = first.getValue().remove();
        if (!first.getValue().isEmpty()) {
            waiting.put(first.getKey(), first.getValue());
        }
        return task;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
