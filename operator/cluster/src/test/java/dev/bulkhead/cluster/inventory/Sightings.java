package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.util.Optional;

/** Objects of our own kinds as they are seen, for tests. */
final class Sightings {

    private Sightings() {}

    static <M, S> DecodedObject<M, S> of(M meaning, long generation) {
        return of(meaning, generation, Optional.empty(), "9");
    }

    static <M, S> DecodedObject<M, S> of(M meaning, long generation, Optional<S> status, String version) {
        return new DecodedObject<>(Optional.of(meaning), "", live(generation, status, version), /* weight= */ 0);
    }

    static <M, S> DecodedObject<M, S> broken(String problem, long generation) {
        return broken(problem, generation, Optional.empty(), "9");
    }

    static <M, S> DecodedObject<M, S> broken(String problem, long generation, Optional<S> status, String version) {
        return new DecodedObject<>(Optional.empty(), problem, live(generation, status, version), /* weight= */ 0);
    }

    static <S> LiveStatus<S> live(long generation, Optional<S> status, String version) {
        return new LiveStatus<>(revision(generation), status, version);
    }

    static Revision revision(long generation) {
        return new Revision("uid", generation);
    }

    /** By which the namespace asks for whatever runs in another one. */
    static DeclaredIntent intent(String namespace, String name, String peer) {
        return new DeclaredIntent(
                new DeclaredIntent.Key(namespace, name),
                new WorkloadSelector.All(),
                ImmutableList.of(new Rule(
                        Direction.EGRESS,
                        0,
                        new Peer.OfWorkload(peer, new WorkloadSelector.All()),
                        Ports.port(Protocol.TCP, 8080),
                        "")));
    }

    static AccessIntentStatus status(String summary) {
        return new AccessIntentStatus(1L, null, null, null, null, summary);
    }

    /** It enforces both directions. */
    static DeclaredSegment segment(String name, String... namespaces) {
        return new DeclaredSegment(
                name,
                ImmutableList.copyOf(namespaces),
                ImmutableList.of(),
                ImmutableSet.of(Direction.EGRESS, Direction.INGRESS),
                DeclaredSegment.TrustBoundary.NAMESPACE,
                /* dns= */ true,
                /* verified= */ false);
    }

    static DeclaredGuardrail guardrail(String name, String description) {
        return new DeclaredGuardrail(name, description, ImmutableList.of(), ImmutableList.of());
    }
}
