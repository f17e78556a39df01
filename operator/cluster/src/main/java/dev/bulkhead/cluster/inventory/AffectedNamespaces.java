package dev.bulkhead.cluster.inventory;

import com.google.common.collect.Sets;
import java.util.Set;

/**
 * Whom a change concerns.
 *
 * @param mayWithdraw whether somebody may have to allow less than before
 * @param enrolment whether it may matter to the segments' own status
 */
record AffectedNamespaces(Set<String> namespaces, boolean mayWithdraw, boolean enrolment) {

    static final AffectedNamespaces NOBODY = new AffectedNamespaces(Set.of(), false, false);

    static AffectedNamespaces growth(Set<String> namespaces) {
        return new AffectedNamespaces(namespaces, false, false);
    }

    static AffectedNamespaces any(Set<String> namespaces) {
        return new AffectedNamespaces(namespaces, true, false);
    }

    /** Of two changes that are one. */
    AffectedNamespaces and(AffectedNamespaces other) {
        if (equals(NOBODY)) {
            return other;
        }
        return other.equals(NOBODY)
                ? this
                : new AffectedNamespaces(
                        Set.copyOf(Sets.union(namespaces, other.namespaces)),
                        mayWithdraw || other.mayWithdraw,
                        enrolment || other.enrolment);
    }

    AffectedNamespaces withEnrolment() {
        return new AffectedNamespaces(namespaces, mayWithdraw, true);
    }

    static AffectedNamespaces enrolment(Set<String> namespaces) {
        return new AffectedNamespaces(namespaces, true, true);
    }
}
