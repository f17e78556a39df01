package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.ClusterFacts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LostDeclarationsTest {

    private static final String NAME = "cluster";

    private final InventoryState state = new InventoryState(Set.of(), ClusterFacts.unknown(false));
    private final LostDeclarations.InForce inForce = state.wellKnownInForce();
    private final SetClock clock = new SetClock();
    private final Instant begin = clock.instant();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Touch> touched = new ArrayList<>();
    private Supplier<Optional<Instant>> definition = () -> Optional.of(begin);

    private final LostDeclarations lost = new LostDeclarations(
            LostDeclarations.WELL_KNOWN_PEERS,
            () -> definition.get(),
            inForce,
            clock,
            touched::add,
            new LostDeclarations.Later() {
                @Override
                public void run(Duration delay, Runnable task) {
                    tasks.add(task);
                }

                @Override
                public void close() {}
            });

    @BeforeEach
    void declare() {
        state.complete();
        state.wellKnown(new Sighting<>(
                Optional.of(WellKnownPlaces.nothing()),
                "",
                new LiveStatus<>(new Revision("uid", 1), Optional.empty(), "9")));
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setMetadata(new ObjectMetaBuilder()
                .withName(NAME)
                .withCreationTimestamp(begin.toString())
                .build());
        lost.seen(object);
    }

    @Test
    void nothingIsAskedOnTheThreadThatTellsOfTheDeletionAndTheObjectStaysInForceMeanwhile() {
        definition = () -> {
            throw new AssertionError("asked at once");
        };
        lost.gone(NAME);
        assertTrue(inForce.isLost(NAME));
        assertEquals(List.of(), touched);
    }

    @Test
    void oneThatSomebodyDeletedIsNotInForceAnyLonger() {
        lost.gone(NAME);
        tasks.remove().run();
        assertFalse(inForce.isLost(NAME));
        assertEquals(1, touched.size());
        assertTrue(tasks.isEmpty());
    }

    @Test
    void oneThatWentWithItsDefinitionStaysUntilTheDefinitionIsBackAndItHadTimeToFollow() {
        definition = Optional::empty;
        lost.gone(NAME);
        tasks.remove().run();
        assertTrue(inForce.isLost(NAME));
        definition = () -> Optional.of(begin.plusSeconds(60));
        clock.advance(Duration.ofMinutes(2));
        tasks.remove().run();
        assertTrue(inForce.isLost(NAME));
        clock.advance(LostDeclarations.TIME_TO_FOLLOW);
        tasks.remove().run();
        assertFalse(inForce.isLost(NAME));
    }

    @Test
    void itStaysWhileItCannotBeToldWhetherTheDefinitionIsThere() {
        definition = () -> {
            throw new KubernetesClientException("away");
        };
        lost.gone(NAME);
        tasks.remove().run();
        assertTrue(inForce.isLost(NAME));
        assertEquals(1, tasks.size());
    }
}
