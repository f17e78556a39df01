package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.plan.Write;
import java.util.List;
import java.util.Optional;

/** Everything that can hold a write back, in the order in which it is asked. What one holds back the next ones do not see. */
final class Gates {

    /**
     * What came of asking them.
     *
     * @param proposal what is left to write
     * @param holds why the rest is not written, in order
     * @param asked how many of the gates, from the first
     */
    record Passage(Proposal proposal, ImmutableList<Hold> holds, int asked) {

        /** Why nothing at all is to be written. */
        Optional<Hold> stop() {
            return holds.stream().filter(Hold::stopsAll).findFirst();
        }

        boolean holds(Hold.Scope scope) {
            return holds.stream().anyMatch(hold -> hold.scope() == scope);
        }
    }

    private final ImmutableList<Gate> gates;

    Gates(List<Gate> gates) {
        this.gates = ImmutableList.copyOf(gates);
    }

    /** {@link #passed} has to follow unless this throws. */
    Passage check(Proposal proposal) {
        Proposal left = proposal;
        ImmutableList.Builder<Hold> holds = ImmutableList.builder();
        int asked = 0;
        try {
            for (Gate gate : gates) {
                asked++;
                Optional<Hold> hold = gate.check(left);
                if (hold.isPresent()) {
                    Proposal before = left;
                    left = left.without(hold.get());
                    if (hold.get().stopsAll()) {
                        holds.add(hold.get());
                        break;
                    }
                    if (hold.get().scope() == Hold.Scope.ALL_BUT_BASELINE
                            || !left.plan().writes().equals(before.plan().writes())) {
                        holds.add(hold.get());
                    }
                }
            }
        } catch (RuntimeException e) {
            passed(new Passage(left, ImmutableList.of(), asked), List.of());
            throw e;
        }
        return new Passage(left, holds.build(), asked);
    }

    /** @param written what was carried out of what was left */
    void passed(Passage passage, List<Write> written) {
        gates.subList(0, passage.asked()).forEach(gate -> gate.passed(passage.proposal(), written));
    }
}
