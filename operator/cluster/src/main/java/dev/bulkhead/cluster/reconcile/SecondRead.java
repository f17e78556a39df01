package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.inventory.Declared;
import dev.bulkhead.cluster.inventory.Rejection;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.cluster.inventory.Snapshot;
import dev.bulkhead.core.intent.Segment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the API server itself, past all caches, before much is taken away. */
final class SecondRead {

    private static final List<String> DEFINITIONS = List.of("accessintents.bulkhead.dev", "segments.bulkhead.dev");

    private static final Duration RETURN = Duration.ofMinutes(10);

    private final ConsistentReads reads;
    private final Clock clock;

    SecondRead(ConsistentReads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * Deleting a definition deletes all objects of the kind, which nobody means as a withdrawal of every intent; and when
     * it is put back, the objects take a while to follow.
     *
     * @param oldest when the oldest of the policies that are to be removed was made
     * @throws HeldException if a definition is not there, is about to go or came back just now, or if that cannot be told
     */
    void requireDefinitions(Instant oldest) {
        for (String name : DEFINITIONS) {
            Optional<ConsistentReads.Definition> definition = read(() -> reads.definition(name));
            if (definition.filter(found -> !found.terminating()).isEmpty()) {
                throw new HeldException("the definition " + name + " is "
                        + (definition.isPresent() ? "being deleted" : "not found")
                        + ": that is not taken for the withdrawal of what was declared");
            }
            Instant created = definition.get().created();
            if (oldest.isBefore(created) && clock.instant().isBefore(created.plus(RETURN))) {
                throw new HeldException("the definition " + name + " has come back just now; what was declared has "
                        + RETURN.toMinutes() + " minutes to follow");
            }
        }
    }

    /**
     * @throws DisagreementException if what is declared is not what the snapshot shows
     * @throws HeldException if that cannot be told
     */
    void requireAgreement(Snapshot snapshot, String namespace) {
        Map<String, Revision> segments = read(() -> reads.revisions("Segment"));
        if (!segments.equals(known(snapshot.segmentRevisions(), snapshot.segmentRejections()))) {
            throw new DisagreementException("a second read shows other segments");
        }
        Map<String, Revision> guardrails = read(() -> reads.revisions("Guardrail"));
        if (!guardrails.equals(known(snapshot.guardrailRevisions(), snapshot.guardrailRejections()))) {
            throw new DisagreementException("a second read shows other guardrails");
        }
        Map<String, Revision> wellKnown = read(() -> reads.revisions("WellKnownPeers"));
        if (!wellKnown.equals(known(snapshot.wellKnownRevisions(), snapshot.wellKnownRejections()))) {
            throw new DisagreementException("a second read shows other well-known peers");
        }
        snapshot.declarations().segments().values().stream()
                .filter(segment -> segment.trustBoundary() == Segment.TrustBoundary.SEGMENT)
                .filter(segment -> snapshot.enrolment().segment(namespace).equals(Optional.of(segment)))
                .flatMap(segment -> snapshot.enrolment().members(segment.name()).stream())
                .filter(member -> !member.equals(namespace))
                .forEach(member -> requireSameIntents(snapshot, member));
        requireSameIntents(snapshot, namespace);
    }

    private void requireSameIntents(Snapshot snapshot, String namespace) {
        Map<String, Revision> intents = read(() -> reads.revisions("AccessIntent", namespace));
        Declared declared = snapshot.declared(namespace);
        if (!intents.equals(known(declared.revisions(), declared.rejections()))) {
            throw new DisagreementException("a second read shows other intents in " + namespace);
        }
    }

    private static Map<String, Revision> known(Map<String, Revision> decoded, Map<String, Rejection> rejected) {
        Map<String, Revision> known = new HashMap<>(decoded);
        rejected.forEach((name, rejection) -> known.put(name, rejection.revision()));
        return known;
    }

    private static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (KubernetesClientException e) {
            throw new HeldException("a second read failed: " + e.getMessage(), e);
        }
    }
}
