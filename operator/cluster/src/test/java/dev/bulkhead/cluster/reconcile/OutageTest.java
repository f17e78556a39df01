package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutageTest {

    private final RuntimeException unanswered =
            new KubernetesClientException("no answer", new ConnectException("refused"));
    private final RuntimeException refused = new KubernetesClientException("busy", 503, null);

    @Test
    void aRequestThatNobodyAnsweredIsOneHoweverDeepItLies() {
        assertTrue(Outage.caused(unanswered));
        assertTrue(Outage.caused(new KubernetesClientException("no answer", 0, null)));
        assertTrue(Outage.caused(new HeldException("a second read failed", unanswered)));
    }

    @Test
    void anAnswerOfWhateverKindIsNone() {
        assertFalse(Outage.caused(refused));
        assertFalse(Outage.caused(new KubernetesClientException("odd", 1, null)));
        assertFalse(Outage.caused(new IllegalStateException("our own fault")));
    }

    @Test
    void whatIsHeldByOneIsLookedAtAgainWithinSeconds() {
        Hold hold = Outage.hold("a second read failed", unanswered);
        assertEquals(Hold.Scope.SHRINK, hold.scope());
        assertEquals("a second read failed", hold.reason());
        assertWithinSeconds(hold.again().orElseThrow());
    }

    @Test
    void whatIsHeldByAnAnswerWaitsForItsTurn() {
        Hold hold = Outage.hold("a second read failed", refused);
        assertEquals("a second read failed", hold.reason());
        assertEquals(Optional.empty(), hold.again());
    }

    @Test
    void namespacesDoNotAllTryAtTheSameMoment() {
        Duration first = Outage.pause();
        Duration next = first;
        for (int i = 0; i < 1000 && next.equals(first); i++) {
            next = Outage.pause();
            assertWithinSeconds(next);
        }
        assertFalse(next.equals(first), first.toString());
    }

    private static void assertWithinSeconds(Duration pause) {
        assertTrue(pause.compareTo(Outage.SHORTEST_PAUSE) >= 0, pause.toString());
        assertTrue(pause.compareTo(Outage.LONGEST_PAUSE) <= 0, pause.toString());
    }
}
