package dev.bulkhead.app.lint;

import dev.bulkhead.app.manifest.Place;
import java.util.Comparator;
import java.util.Optional;

/**
 * Something that is likely not meant as it is written.
 *
 * @param severity that of the code, unless there is more to it
 * @param object kind, namespace and name; or the file, where it cannot be read
 * @param place absent where the object comes from a cluster
 * @param fix what to do about it; empty where the message says it
 */
record LintFinding(Code code, Severity severity, String object, Optional<Place> place, String message, String fix)
        implements Comparable<LintFinding> {

    private static final Comparator<LintFinding> ORDER = Comparator.comparing(
                    (LintFinding finding) -> finding.place.orElse(new Place("", 0)))
            .thenComparing(LintFinding::object)
            .thenComparing(LintFinding::code)
            .thenComparing(LintFinding::message);

    LintFinding(Code code, String object, Optional<Place> place, String message, String fix) {
        this(code, code.severity(), object, place, message, fix);
    }

    @Override
    public int compareTo(LintFinding other) {
        return ORDER.compare(this, other);
    }
}
