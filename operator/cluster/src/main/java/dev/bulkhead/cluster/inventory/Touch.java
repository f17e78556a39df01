package dev.bulkhead.cluster.inventory;

import com.google.common.collect.Sets;
import java.util.Set;

/**
 * Whom a change concerns.
 *
 * @param mayWithdraw whether somebody may have to allow less than before
 * @param enrolment whether it may matter to the segments' own status
 */
record Touch(Set<String> namespaces, boolean mayWithdraw, boolean enrolment) {

    static final Touch NOBODY = new Touch(Set.of(), false, false);

    static Touch growth(Set<String> namespaces) {
        return new Touch(namespaces, false, false);
    }

    static Touch any(Set<String> namespaces) {
        return new Touch(namespaces, true, false);
    }

    /** Of two changes that are one. */
    Touch and(Touch other) {
        if (equals(NOBODY)) {
            return other;
        }
        return other.equals(NOBODY)
                ? this
                : new Touch(
                        Set.copyOf(Sets.union(namespaces, other.namespaces)),
                        mayWithdraw || other.mayWithdraw,
                        enrolment || other.enrolment);
    }

    Touch withEnrolment() {
        return new Touch(namespaces, mayWithdraw, true);
    }

    static Touch enrolment(Set<String> namespaces) {
        return new Touch(namespaces, true, true);
    }
}
