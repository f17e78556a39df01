package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/** Everything that can hold a write back, in the order in which it is asked. What one holds back the next ones do not see. */
final class Gates {

    /**
     * What came of asking them.
     *
     * @param proposal what is left to write
     * @param holds why the rest is not written, in order
     */
    record Passage(ProposedWrites proposal, ImmutableList<Hold> holds) {

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

    Passage check(ProposedWrites proposal) {
        ProposedWrites left = proposal;
        ImmutableList.Builder<Hold> holds = ImmutableList.builder();
        for (Gate gate : gates) {
            Optional<Hold> hold = gate.check(left);
            if (hold.isPresent()) {
                ProposedWrites before = left;
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
        return new Passage(left, holds.build());
    }
}
