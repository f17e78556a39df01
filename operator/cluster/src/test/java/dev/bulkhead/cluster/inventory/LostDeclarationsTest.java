package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.ClusterFacts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LostDeclarationsTest {

    private static final String NAME = "cluster";

    private final InventoryState state = new InventoryState(Set.of(), ClusterFacts.unknown(false));
    private final LostDeclarations.InForce inForce = state.wellKnownInForce();
    private final SetTicker ticker = new SetTicker();
    private final Instant begin = Instant.parse("2026-01-01T00:00:00Z");
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private final List<AffectedNamespaces> touched = new ArrayList<>();
    private boolean closed;
    private Supplier<Optional<Instant>> definition = () -> Optional.of(begin);

    private final LostDeclarations lost = new LostDeclarations(
            LostDeclarations.WELL_KNOWN_PEERS, () -> definition.get(), inForce, ticker, touched::add, later());

    private LostDeclarations.Later later() {
        return new LostDeclarations.Later() {
            @Override
            public void run(Duration delay, Runnable task) {
                delays.add(delay);
                tasks.add(task);
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    @BeforeEach
    void declare() {
        state.complete();
        made(begin, 1);
    }

    private void made(Instant when, long generation) {
        lost.seen(object(when));
        state.wellKnown(Sightings.of(WellKnownPlaces.nothing(), generation));
    }

    private static GenericKubernetesResource object(Instant made) {
        GenericKubernetesResource object = ApiObjects.wellKnownPeers("192.0.2.0/24");
        object.getMetadata().setCreationTimestamp(made.toString());
        return object;
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
        tasks.remove().run();
        assertTrue(inForce.isLost(NAME));
        ticker.advance(LostDeclarations.TIME_TO_FOLLOW.minus(Duration.ofSeconds(1)));
        tasks.remove().run();
        assertTrue(inForce.isLost(NAME));
        ticker.advance(Duration.ofSeconds(1));
        tasks.remove().run();
        assertFalse(inForce.isLost(NAME));
        assertEquals(1, touched.size());
        assertTrue(tasks.isEmpty());
    }

    /** By the operator's clock, which may be hours ahead, it was made long ago. */
    @Test
    void howLongTheDefinitionIsBackIsCountedFromWhenItWasSeenToBe() {
        definition = () -> Optional.of(begin.plusSeconds(60));
        lost.gone(NAME);
        ticker.advance(Duration.ofHours(5));
        tasks.remove().run();
        assertTrue(inForce.isLost(NAME));
        definition = () -> Optional.of(begin.plusSeconds(120));
        ticker.advance(LostDeclarations.TIME_TO_FOLLOW);
        tasks.remove().run();
        assertTrue(inForce.isLost(NAME), "it is another definition");
        ticker.advance(LostDeclarations.TIME_TO_FOLLOW);
        tasks.remove().run();
        assertFalse(inForce.isLost(NAME));
    }

    @Test
    void itIsLookedAtAtOnceAndThenAgainAndAgain() {
        definition = Optional::empty;
        lost.gone(NAME);
        tasks.remove().run();
        tasks.remove().run();
        assertEquals(List.of(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(10)), delays);
    }

    @Test
    void oneThatIsThereAgainIsNotLookedForAnyLonger() {
        definition = Optional::empty;
        lost.gone(NAME);
        tasks.remove().run();
        made(begin.plusSeconds(60), 2);
        definition = () -> Optional.of(begin);
        tasks.remove().run();
        assertTrue(tasks.isEmpty());
        assertEquals(List.of(), touched);
        assertTrue(state.snapshot().wellKnownRevisions().containsKey(NAME));
    }

    @Test
    void oneThatCameAfterItsDefinitionWasDeletedBySomebody() {
        definition = () -> Optional.of(begin.plusSeconds(60));
        made(begin.plusSeconds(60), 2);
        lost.gone(NAME);
        tasks.remove().run();
        assertFalse(inForce.isLost(NAME));
    }

    @Test
    void oneOfWhichNobodyKnowsWhenItWasMadeMayHaveGoneWithItsDefinition() {
        LostDeclarations unseen = new LostDeclarations(
                LostDeclarations.WELL_KNOWN_PEERS, () -> definition.get(), inForce, ticker, touched::add, later());
        unseen.gone(NAME);
        tasks.remove().run();
        assertTrue(inForce.isLost(NAME));
        ticker.advance(LostDeclarations.TIME_TO_FOLLOW);
        tasks.remove().run();
        assertFalse(inForce.isLost(NAME));
    }

    @Test
    void whoClosesItEndsTheLooks() {
        lost.close();
        assertTrue(closed);
    }

    @Test
    void onARealClientTheDefinitionSaysSinceWhenItIsThere() throws InterruptedException {
        KubernetesClient client = mock(RETURNS_DEEP_STUBS);
        Resource<CustomResourceDefinition> resource = mock();
        when(client.apiextensions().v1().customResourceDefinitions().withName(LostDeclarations.WELL_KNOWN_PEERS))
                .thenReturn(resource);
        BlockingQueue<Thread> told = new LinkedBlockingQueue<>();
        try (LostDeclarations real = LostDeclarations.of(
                client, LostDeclarations.WELL_KNOWN_PEERS, inForce, touch -> told.add(Thread.currentThread()))) {
            assertEquals(Optional.empty(), real.definedSince());
            CustomResourceDefinition found = new CustomResourceDefinitionBuilder()
                    .withNewMetadata()
                    .withCreationTimestamp(begin.toString())
                    .withDeletionTimestamp(begin.toString())
                    .endMetadata()
                    .build();
            when(resource.get()).thenReturn(found);
            assertEquals(Optional.empty(), real.definedSince(), "it is being deleted");
            found.getMetadata().setDeletionTimestamp(null);
            assertEquals(Optional.of(begin), real.definedSince());

            real.seen(object(begin));
            real.gone(NAME);
            Thread looking = told.poll(30, TimeUnit.SECONDS);
            assertNotNull(looking, "the look never came");
            assertTrue(looking.isDaemon(), "no process stays for its sake");
            assertFalse(inForce.isLost(NAME));
        }
    }
}
