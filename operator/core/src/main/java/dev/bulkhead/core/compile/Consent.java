package dev.bulkhead.core.compile;

import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.world.Direction;
import java.util.Optional;

/** Who has to agree: which ends are enforced, and where one end's declaration is enough. */
final class Consent {

    private final TrackedInputs inputs;

    Consent(TrackedInputs inputs) {
        this.inputs = inputs;
    }

    /**
     * Whether pods of {@code other} are closed in this direction until its namespace declares otherwise. A namespace in
     * dispute is taken to be: its policies stand as they were. For a viewer that only observes, whatever observes too
     * counts as if it enforced, so that it is told what would be.
     */
    boolean isDemanded(String viewer, String other, Direction direction) {
        if (!inputs.disputants(other).isEmpty()) {
            return true;
        }
        boolean rehearsed = observes(other) && observes(viewer);
        return rehearsed || inputs.enforced(other).contains(direction);
    }

    private boolean observes(String namespace) {
        return inputs.segment(namespace)
                .filter(segment -> segment.enforced().isEmpty())
                .isPresent();
    }

    /** Whether the declaration of one end is enough for this rule and this namespace of its peer. */
    boolean isInsideTrustBoundary(ResolvedRule rule, ResolvedPeer.Pods peer, String peerNamespace) {
        Optional<DeclaredSegment> segment = inputs.segment(rule.namespace());
        if (segment.isEmpty()) {
            return false;
        }
        boolean sameNamespace = rule.namespace().equals(peerNamespace);
        return switch (segment.get().trustBoundary()) {
            case WORKLOAD ->
                sameNamespace
                        && rule.subjectSelection()
                                .selector()
                                .equals(peer.selection().selector());
            case NAMESPACE -> sameNamespace;
            case SEGMENT -> segment.equals(inputs.segment(peerNamespace));
        };
    }
}
