package dev.bulkhead.cluster.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Says what a test wants it to say, and keeps what it is asked for. */
final class FakeSource implements InventorySource {

    final CompletableFuture<Void> listed = new CompletableFuture<>();
    final List<String> asked = new ArrayList<>();
    Supplier<List<String>> undefined = List::of;
    List<String> interrupted = List.of();
    List<String> doneWithout = List.of();
    Map<String, Duration> quiet = Map.of();
    Supplier<Optional<Instant>> guardrailsDefinedSince = () -> Optional.of(Instant.EPOCH);
    Consumer<Throwable> stopped = failure -> {};

    @Override
    public List<CompletableFuture<Void>> start(Consumer<Throwable> whenStopped) {
        stopped = whenStopped;
        return List.of(CompletableFuture.completedFuture(null), listed);
    }

    @Override
    public void comparePolicies(String namespace) {
        asked.add("compare " + namespace);
    }

    @Override
    public void readAnew(String kind) {
        asked.add("read " + kind);
    }

    @Override
    public List<String> interrupted() {
        return interrupted;
    }

    @Override
    public List<String> doneWithout() {
        return doneWithout;
    }

    @Override
    public Map<String, Duration> quiet() {
        return quiet;
    }

    @Override
    public List<String> undefined() {
        return undefined.get();
    }

    @Override
    public Optional<Instant> guardrailsDefinedSince() {
        return guardrailsDefinedSince.get();
    }

    @Override
    public void close() {
        asked.add("close");
    }
}
