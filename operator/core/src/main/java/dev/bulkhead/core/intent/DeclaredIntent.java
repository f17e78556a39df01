package dev.bulkhead.core.intent;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.world.LabelSelector;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What a workload needs and whom it serves, declared in its own namespace.
 *
 * @param description what it is for, in the words of the team; empty where it gives none
 */
public record DeclaredIntent(Key key, WorkloadSelector workload, ImmutableList<Rule> rules, String description) {

    /** One that is not described. */
    public DeclaredIntent(Key key, WorkloadSelector workload, ImmutableList<Rule> rules) {
        this(key, workload, rules, "");
    }

    /** The selectors that it is written with: of its own workload, and of those that its rules speak of. */
    public Stream<LabelSelector> selectors() {
        return Stream.concat(
                        Stream.of(workload),
                        rules.stream()
                                .flatMap(rule -> rule.peer().asWorkload().stream())
                                .map(Peer.OfWorkload::workload))
                .flatMap(reference -> reference.labels().stream());
    }

    /** Namespace and name. */
    public record Key(String namespace, String name) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::namespace).thenComparing(Key::name);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }
}
