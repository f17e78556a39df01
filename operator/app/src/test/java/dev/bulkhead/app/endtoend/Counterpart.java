package dev.bulkhead.app.endtoend;

import java.util.Locale;

/** What there is of the namespace {@code pay}, towards which the namespace {@code shop} declares. */
enum Counterpart {
    /** No namespace. */
    ABSENT,
    /** The namespace, with another workload. */
    EMPTY,
    /** The workload and its Service, but no intent. */
    SILENT,
    /** Likewise, and it serves others. */
    REFUSES,
    /** Likewise, and it serves another workload of the same namespace. */
    OTHER,
    /** Likewise, of pods that ran before the admission policies came. */
    UNSTAMPED;

    String named(String namespace) {
        return namespace + "-" + name().toLowerCase(Locale.ROOT);
    }

    String shop() {
        return named("shop");
    }

    String pay() {
        return named("pay");
    }

    boolean hasWorkload() {
        return compareTo(EMPTY) > 0;
    }
}
