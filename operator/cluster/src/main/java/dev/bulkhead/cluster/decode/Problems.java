package dev.bulkhead.cluster.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is wrong with an object, gathered part by part, so that all of it is told at once. */
final class Problems {

    private final List<ObjectProblem> problems = new ArrayList<>();

    void add(String field, String message) {
        problems.add(new ObjectProblem(field, message));
    }

    /** The part; empty where it is unreadable, which is remembered. */
    <T> Optional<T> collect(Supplier<T> part) {
        try {
            return Optional.of(part.get());
        } catch (UnreadableObjectException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /** @throws UnreadableObjectException if there were any */
    void raise() {
        if (!problems.isEmpty()) {
            throw new UnreadableObjectException(problems);
        }
    }
}
