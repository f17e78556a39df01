package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.NamespaceDeclarations;
import dev.bulkhead.cluster.inventory.Rejection;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.compile.Dependency;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Asks the API server itself, past all caches, before something is done that a stale view could make wrong. */
final class SecondRead {

    private static final List<String> DEFINITIONS =
            List.of("accessintents.bulkhead.dev", "segments.bulkhead.dev", "wellknownpeers.bulkhead.dev");

    private static final String INTENT = "AccessIntent";

    /** So many namespaces are asked about one by one. */
    private static final int FEW = 8;

    private static final Duration RETURN = Duration.ofMinutes(10);

    /** @param since on the ticker, when this definition was seen first */
    private record Seen(Instant created, long since, boolean atFirst) {}

    private final ConsistentReads reads;
    private final Clock clock;
    private final Ticker ticker;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    /** @param clock the API server's, about */
    SecondRead(ConsistentReads reads, Clock clock, Ticker ticker) {
        this.reads = reads;
        this.clock = clock;
        this.ticker = ticker;
    }

    /**
     * Deleting a definition deletes all objects of the kind, which nobody means as a withdrawal of every intent; and when
     * it is put back, the objects take a while to follow.
     *
     * @param oldest when the oldest of the policies that are to lose something was made
     * @throws HeldException if a definition is not there, is about to go or came back just now, or if that cannot be told
     */
    void requireDefinitions(Instant oldest) {
        // All of them, so that the time of each runs from now.
        List<String> doubts = DEFINITIONS.stream()
                .flatMap(name -> doubt(name, read(() -> reads.definition(name)), oldest).stream())
                .toList();
        if (!doubts.isEmpty()) {
            throw new HeldException("the definition " + doubts.get(0));
        }
    }

    private Optional<String> doubt(String name, Optional<ConsistentReads.Definition> definition, Instant oldest) {
        if (definition.filter(found -> !found.terminating()).isEmpty()) {
            return Optional.of(name + " is " + (definition.isPresent() ? "being deleted" : "not found")
                    + ": that is not taken for the withdrawal of what was declared");
        }
        Instant created = definition.get().created();
        return hasJustComeBack(name, created) && oldest.isBefore(created)
                ? Optional.of(name + " has come back just now; what was declared has " + RETURN.toMinutes()
                        + " minutes to follow")
                : Optional.empty();
    }

    /**
     * One that replaced another while this process ran came back when it was first seen. How old the first one is can only
     * be told by the wall clock, which may be wrong; so that never holds anything for longer than the time to return.
     */
    private boolean hasJustComeBack(String name, Instant created) {
        long now = ticker.read();
        Seen definition = seen.compute(
                name,
                (unchanged, before) -> before != null && before.created().equals(created)
                        ? before
                        : new Seen(created, now, before == null));
        boolean recent = now - definition.since() < RETURN.toNanos();
        return recent && !(definition.atFirst() && !clock.instant().isBefore(created.plus(RETURN)));
    }

    /**
     * @param dependencies on what the conclusion depends that is to be acted upon
     * @throws DisagreementException if what is declared is not what the snapshot shows
     * @throws HeldException if that cannot be told
     */
    void requireAgreement(InventorySnapshot snapshot, Dependencies dependencies) {
        requireSame("Segment", snapshot.segmentRevisions(), snapshot.segmentRejections(), "segments");
        if (dependencies.on().contains(Dependency.ClusterWide.GUARDRAILS)) {
            requireSame("Guardrail", snapshot.guardrailRevisions(), snapshot.guardrailRejections(), "guardrails");
        }
        if (dependencies.on().contains(Dependency.ClusterWide.WELL_KNOWN_PEERS)) {
            requireSame(
                    "WellKnownPeers",
                    snapshot.wellKnownRevisions(),
                    snapshot.wellKnownRejections(),
                    "well-known peers");
        }
        requireSameIntents(snapshot, dependencies.declarers(snapshot.enrolment()));
    }

    private void requireSame(
            String kind, Map<String, Revision> decoded, Map<String, Rejection> rejected, String shown) {
        if (!read(() -> reads.revisions(kind)).equals(known(decoded, rejected))) {
            throw new DisagreementException(kind, "a second read shows other " + shown);
        }
    }

    private void requireSameIntents(InventorySnapshot snapshot, Set<String> namespaces) {
        if (namespaces.isEmpty()) {
            return;
        }
        // One list of all is cheaper than many, and is kept for others.
        boolean all = namespaces.size() > FEW;
        Map<String, Map<String, Revision>> intents = all ? read(() -> reads.revisionsByNamespace(INTENT)) : Map.of();
        for (String namespace : namespaces) {
            NamespaceDeclarations declared = snapshot.declared(namespace);
            Map<String, Revision> there =
                    all ? intents.getOrDefault(namespace, Map.of()) : read(() -> reads.revisions(INTENT, namespace));
            if (!there.equals(known(declared))) {
                throw new DisagreementException(INTENT, "a second read shows other intents in " + namespace);
            }
        }
    }

    private static Map<String, Revision> known(NamespaceDeclarations declared) {
        Map<String, Revision> known = known(declared.revisions(), declared.rejections());
        known.putAll(declared.withdrawn());
        return known;
    }

    private static Map<String, Revision> known(Map<String, Revision> decoded, Map<String, Rejection> rejected) {
        Map<String, Revision> known = new HashMap<>(decoded);
        rejected.forEach((name, rejection) -> rejection.revision().ifPresent(revision -> known.put(name, revision)));
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
