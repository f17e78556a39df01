package dev.bulkhead.cluster.inventory;

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

    Touch withEnrolment() {
        return new Touch(namespaces, mayWithdraw, true);
    }

    static Touch enrolment(Set<String> namespaces) {
        return new Touch(namespaces, true, true);
    }
}
