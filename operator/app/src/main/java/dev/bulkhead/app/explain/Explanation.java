package dev.bulkhead.app.explain;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.app.snapshot.Caveat;
import dev.bulkhead.app.snapshot.End;
import dev.bulkhead.app.snapshot.PortOfInterest;
import dev.bulkhead.core.compile.RulesBetween;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.reach.Verdict;
import java.util.Optional;

/**
 * Why a connection is allowed or not.
 *
 * @param service what a Service makes of the port that was asked for
 * @param cases one for each pair of pods that policies judge differently; at least one
 * @param change the fewest intents that would open it; absent where it is open, or where no intent opens it
 * @param hint what to do where no intent opens it
 * @param caveats what else is to be said of the namespaces of both ends
 */
public record Explanation(
        End source,
        End destination,
        PortOfInterest port,
        Optional<String> service,
        ImmutableList<Case> cases,
        Optional<ImmutableList<DeclaredIntent>> change,
        Optional<String> hint,
        ImmutableList<Caveat> caveats) {

    /** Whether every pair of pods may connect. */
    public boolean allowed() {
        return cases.stream().allMatch(one -> one.verdict().allowed());
    }

    /**
     * @param source a pod that stands for others alike, or an address
     * @param number the port as a number
     * @param rules the declared rules that mean both ends
     */
    public record Case(
            String source, String destination, int number, Verdict verdict, ImmutableList<RulesBetween.Found> rules) {}
}
