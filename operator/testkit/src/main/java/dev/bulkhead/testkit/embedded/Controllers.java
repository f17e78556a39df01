package dev.bulkhead.testkit.embedded;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the controllers on one thread of their own, each object once however often it changed meanwhile. */
final class Controllers implements Consumer<ObjectChange>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);

    private record Task(Controller controller, ObjectKey key) {}

    private final List<Controller> controllers;
    private final Set<Task> waiting = ConcurrentHashMap.newKeySet();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "embedded-controllers");
        made.setDaemon(true);
        return made;
    });

    Controllers(List<Controller> controllers) {
        this.controllers = List.copyOf(controllers);
    }

    @Override
    public void accept(ObjectChange change) {
        for (Controller controller : controllers) {
            controller.concerned(change).map(key -> new Task(controller, key)).forEach(this::enqueue);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void enqueue(Task task) {
        if (waiting.add(task)) {
            try {
                thread.execute(() -> run(task));
            } catch (RejectedExecutionException e) {
                // Closed meanwhile: nothing is due any more.
                waiting.remove(task);
            }
        }
    }

    private void run(Task task) {
        waiting.remove(task);
        try {
            task.controller().reconcile(task.key());
        } catch (ApiException e) {
            // Somebody was quicker; the change that made this one void wakes the controller again.
            LOG.debug("{}: {}", task, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{}", task, e);
        }
    }
}
