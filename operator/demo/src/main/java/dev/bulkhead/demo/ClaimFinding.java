package dev.bulkhead.demo;

import java.util.Optional;

/**
 * What was found when a claim was looked into.
 *
 * @param detail figures that belong to it, or what is there instead; may be empty
 */
record ClaimFinding(boolean holds, String detail) {

    static ClaimFinding when(boolean holds) {
        return new ClaimFinding(holds, "");
    }

    static ClaimFinding when(boolean holds, String detail) {
        return new ClaimFinding(holds, detail);
    }

    /** @param objection empty when the claim holds */
    static ClaimFinding unless(Optional<String> objection) {
        return new ClaimFinding(objection.isEmpty(), objection.orElse(""));
    }
}
