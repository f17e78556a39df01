package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Guardrail;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.Segment;
import dev.bulkhead.core.intent.WorkloadReference;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.util.Optional;

/** Objects of our own kinds as they are seen, for tests. */
final class Sightings {

    private Sightings() {}

    static <M, S> Sighting<M, S> of(M meaning, long generation) {
        return of(meaning, generation, Optional.empty(), "9");
    }

    static <M, S> Sighting<M, S> of(M meaning, long generation, Optional<S> status, String version) {
        return new Sighting<>(Optional.of(meaning), "", live(generation, status, version), /* weight= */ 0);
    }

    static <M, S> Sighting<M, S> broken(String problem, long generation) {
        return broken(problem, generation, Optional.empty(), "9");
    }

    static <M, S> Sighting<M, S> broken(String problem, long generation, Optional<S> status, String version) {
        return new Sighting<>(Optional.empty(), problem, live(generation, status, version), /* weight= */ 0);
    }

    static <S> LiveStatus<S> live(long generation, Optional<S> status, String version) {
        return new LiveStatus<>(revision(generation), status, version);
    }

    static Revision revision(long generation) {
        return new Revision("uid", generation);
    }

    /** By which the namespace asks for whatever runs in another one. */
    static AccessIntent intent(String namespace, String name, String peer) {
        return new AccessIntent(
                new AccessIntent.Key(namespace, name),
                new WorkloadReference.All(),
                ImmutableList.of(new Rule(
                        Direction.EGRESS,
                        0,
                        new Peer.OfWorkload(peer, new WorkloadReference.All()),
                        Ports.port(Protocol.TCP, 8080),
                        "")));
    }

    static AccessIntentStatus status(String summary) {
        return new AccessIntentStatus(1L, null, null, null, null, summary);
    }

    /** It enforces both directions. */
    static Segment segment(String name, String... namespaces) {
        return new Segment(
                name,
                ImmutableList.copyOf(namespaces),
                ImmutableList.of(),
                ImmutableSet.of(Direction.EGRESS, Direction.INGRESS),
                Segment.TrustBoundary.NAMESPACE,
                /* dns= */ true,
                /* verified= */ false);
    }

    static Guardrail guardrail(String name, String description) {
        return new Guardrail(name, description, ImmutableList.of(), ImmutableList.of());
    }
}
