package dev.bulkhead.core.compile;

import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PodClass;
import java.util.List;

/** What a reference to pods of one namespace comes down to. */
record Selection(LabelSelector selector, Basis basis) {

    /** What the selector rests on; two of different kinds cannot be compared requirement by requirement. */
    enum Basis {
        /** The stamp of the API server: verified. */
        STAMP,
        /** Labels that a team writes itself: asserted. */
        LABELS,
        /** Nothing: every pod. */
        ALL
    }

    /** Whether the API server vouches for every pod that it selects. */
    boolean isVerified() {
        return basis != Basis.LABELS;
    }

    static Selection all() {
        return new Selection(LabelSelector.everything(), Basis.ALL);
    }

    /** Whether some pod is selected by both. */
    boolean meets(Selection other, SelectedPods there) {
        return there.by(this).stream().anyMatch(pod -> other.selector.matches(pod.labels()));
    }

    /** Whether that shows without a look at any pod: no pod could be, however it came to be. */
    boolean evidentlyExcludes(Selection other) {
        return selector.evidentlyExcludes(other.selector);
    }

    private boolean isComparableTo(Selection other) {
        return basis == other.basis || basis == Basis.ALL || other.basis == Basis.ALL;
    }

    /** Whether whatever this selects there is selected by the other one too. */
    Match within(Selection other, SelectedPods there) {
        if (selector.implies(other.selector)) {
            return Match.BY_SELECTORS;
        }
        if (isComparableTo(other)) {
            return Match.NONE;
        }
        List<PodClass> mine = there.by(this);
        boolean inside = !mine.isEmpty() && mine.stream().allMatch(pod -> other.selector.matches(pod.labels()));
        return inside ? Match.BY_PODS : Match.NONE;
    }

    /** Whether one of the two lies within the other. */
    Match comparedWith(Selection other, SelectedPods there) {
        return within(other, there).or(other.within(this, there));
    }

    /** How two selections were found to meet. */
    enum Match {
        NONE,
        BY_PODS,
        BY_SELECTORS;

        Match or(Match other) {
            return compareTo(other) >= 0 ? this : other;
        }

        Match and(Match other) {
            return compareTo(other) <= 0 ? this : other;
        }
    }
}
