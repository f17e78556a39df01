package dev.bulkhead.demo;

import java.util.Optional;

/**
 * What was found when a claim was looked into.
 *
 * @param detail figures that belong to it, or what is there instead; may be empty
 */
record Finding(boolean holds, String detail) {

    static Finding when(boolean holds) {
        return new Finding(holds, "");
    }

    static Finding when(boolean holds, String detail) {
        return new Finding(holds, detail);
    }

    /** @param objection empty when the claim holds */
    static Finding unless(Optional<String> objection) {
        return new Finding(objection.isEmpty(), objection.orElse(""));
    }
}
