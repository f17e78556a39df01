package dev.bulkhead.core.intent;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;

/** What a workload needs and whom it serves, declared in its own namespace. */
public record AccessIntent(Key key, WorkloadReference workload, ImmutableList<Rule> rules) {

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
