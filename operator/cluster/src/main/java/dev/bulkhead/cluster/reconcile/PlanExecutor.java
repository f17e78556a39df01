package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.core.plan.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Carries plans out, a long one for as long as a pass may take; the next pass plans what is left anew. So a namespace with
 * thousands of policies to write hears of a withdrawal, and lets others have its thread, every now and then. A plan is cut
 * where what is left only creates, or only deletes: then the next one does the same. Elsewhere it would be planned from a
 * state in which, for example, a baseline stands open for what is still to come.
 */
final class PlanExecutor {

    private static final long LONGEST = Duration.ofSeconds(2).toNanos();
    /** Between two looks at the clock. */
    private static final int AT_A_TIME = 10;

    /** Writes some policies, tells of each one when it is acknowledged, and says what they are in the end. */
    interface Writing {

        Map<String, LivePolicy> apply(List<Write> writes, Map<String, LivePolicy> live, Consumer<Write> acknowledged);
    }

    private final Writing writing;
    private final Progress progress;
    private final Ticker ticker;

    PlanExecutor(Writing writing, Progress progress, Ticker ticker) {
        this.writing = writing;
        this.progress = progress;
        this.ticker = ticker;
    }

    /**
     * @param live the policies as they are now
     * @param left the writes that did not get their turn
     */
    record Carried(Map<String, LivePolicy> live, ImmutableList<Write> left) {}

    /** When a pass that begins now should come to its end. */
    long end() {
        return ticker.read() + LONGEST;
    }

    /**
     * Some writes are carried out even if the time is up.
     *
     * @param acknowledged told of each write, also of those before one that fails
     */
    Carried carryOut(
            ImmutableList<Write> writes, Map<String, LivePolicy> live, long end, Consumer<Write> acknowledged) {
        Map<String, LivePolicy> current = live;
        ImmutableList<Write> left = writes;
        while (!left.isEmpty() && (left.size() == writes.size() || ticker.read() - end < 0 || !mayWait(left))) {
            int some = Math.min(AT_A_TIME, left.size());
            current = writing.apply(left.subList(0, some), current, acknowledged);
            progress.goesOn(left.get(0).key().namespace());
            left = left.subList(some, left.size());
        }
        return new Carried(current, left);
    }

    private static boolean mayWait(List<Write> left) {
        return left.stream().allMatch(Write::isCreation) || left.stream().allMatch(Write::isDeletion);
    }
}
