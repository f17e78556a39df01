package dev.bulkhead.bench;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Several that work at the same time. */
final class Crew {

    private final int members;

    Crew(int members) {
        this.members = members;
    }

    /** Returns when all is done. */
    <T> void each(List<T> items, Consumer<T> work) {
        ExecutorService threads = Executors.newFixedThreadPool(members);
        try {
            CompletableFuture.allOf(items.stream()
                            .map(item -> CompletableFuture.runAsync(() -> work.accept(item), threads))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        } finally {
            threads.shutdown();
        }
    }
}
