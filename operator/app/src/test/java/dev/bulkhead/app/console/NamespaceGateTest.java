package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ticker;
import com.sun.net.httpserver.Headers;
import dev.bulkhead.cluster.access.NamespaceGate;
import dev.bulkhead.cluster.access.Scope;
import dev.bulkhead.cluster.access.User;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API server is asked about whoever asks, and for how long its answers are believed. */
class NamespaceGateTest {

    private static final List<String> NAMESPACES = List.of("pay", "shop", "web");

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final AtomicLong now = new AtomicLong();
    private ReviewingServer api;
    private NamespaceGate gate;
    private Caller caller;

    @BeforeEach
    void open() throws IOException {
        api = new ReviewingServer();
        api.tokens.put("of-the-team", "team");
        api.rights.add("team get networkpolicies shop");
        Ticker ticker = new Ticker() {
            @Override
            public long read() {
                return now.get();
            }
        };
        gate = new NamespaceGate(api.client(), ticker);
        caller = new Caller(gate, ticker);
    }

    @AfterEach
    void close() {
        gate.close();
        api.close();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private User team() {
        return gate.user("of-the-team").orElseThrow();
    }

    private static Headers header(String name, String... values) {
        Headers headers = new Headers();
        for (String value : values) {
            headers.add(name, value);
        }
        return headers;
    }

    private int refusal(Headers headers) {
        return assertThrows(ProblemException.class, () -> caller.identify(headers, HERE))
                .problem()
                .status();
    }

    @Test
    void aTokenIsBelievedForAMinuteAndARefusalForTenSeconds() {
        assertEquals("team", team().name());
        assertEquals(Optional.empty(), gate.user("made-up"));
        pass(Duration.ofSeconds(9));
        gate.user("made-up");
        pass(Duration.ofSeconds(50));
        team();
        assertEquals(List.of("of-the-team", "made-up"), api.asked);
        pass(Duration.ofSeconds(2));
        api.tokens.clear();
        assertEquals(Optional.empty(), gate.user("of-the-team"));
        api.tokens.put("made-up", "somebody");
        assertEquals("somebody", gate.user("made-up").orElseThrow().name());
    }

    @Test
    void aWithdrawnRightWorksOnForAMinuteAndAGivenOneIsSeenAfterThree() {
        User team = team();
        assertEquals(List.of("shop"), gate.scope(team, NAMESPACES).namespaces().asList());
        api.rights.clear();
        api.rights.add("team get networkpolicies pay");
        pass(Duration.ofSeconds(59));
        assertEquals(List.of("shop"), gate.scope(team, NAMESPACES).namespaces().asList());
        pass(Duration.ofSeconds(2));
        assertEquals(List.of(), gate.scope(team, NAMESPACES).namespaces().asList());
        pass(Duration.ofMinutes(2));
        assertEquals(List.of("pay"), gate.scope(team, NAMESPACES).namespaces().asList());
    }

    /** A pod gets a new token every hour, and an account may have as many as it likes. */
    @Test
    void manyTokensOfOneAccountCostNoMoreQuestionsAboutItsRightsThanOne() {
        gate.scope(team(), NAMESPACES);
        api.asked.clear();
        for (int i = 0; i < 5; i++) {
            api.tokens.put("another-" + i, "team");
            User user = gate.user("another-" + i).orElseThrow();
            assertEquals(
                    List.of("shop"), gate.scope(user, NAMESPACES).namespaces().asList());
        }
        assertEquals(5, api.asked.size(), api.asked::toString);
    }

    @Test
    void aRightToAllNamespacesIsAskedForOnce() {
        api.rights.add("team get networkpolicies ");
        Scope scope = gate.scope(team(), NAMESPACES);
        assertTrue(scope.everything());
        assertEquals(NAMESPACES, scope.namespaces().asList());
        assertEquals(List.of("of-the-team", "team get networkpolicies "), api.asked);
    }

    @Test
    void whoeverMakesTokensUpDisplacesNobodyWhoseTokenIsGood() {
        team();
        ExecutorService many = Executors.newFixedThreadPool(32);
        CompletableFuture.allOf(IntStream.range(0, 1500)
                        .mapToObj(i -> CompletableFuture.runAsync(() -> gate.user("made-up-" + i), many))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        many.shutdown();
        api.asked.clear();
        team();
        assertEquals(List.of(), api.asked);
    }

    @Test
    void aFailureOfTheApiServerIsNoAnswerAndIsNotRemembered() {
        User team = team();
        api.broken = true;
        assertThrows(KubernetesClientException.class, () -> gate.user("another"));
        assertThrows(KubernetesClientException.class, () -> gate.scope(team, NAMESPACES));
        assertThrows(KubernetesClientException.class, () -> gate.mayDeclare(team, "shop"));
        assertEquals(503, refusal(header("Authorization", "Bearer another")));
        api.broken = false;
        api.tokens.put("another", "another");
        assertEquals("another", gate.user("another").orElseThrow().name());
        assertEquals(List.of("shop"), gate.scope(team, NAMESPACES).namespaces().asList());
    }

    /** Many of them would pile up before an API server that hangs. */
    @Test
    void onceOneQuestionHasFailedTheOthersOfThatUserAreNotAskedAnyMore() {
        User team = team();
        gate.scope(team, List.of());
        api.broken = true;
        api.asked.clear();
        List<String> many = IntStream.range(0, 2000).mapToObj(i -> "ns-" + i).toList();
        assertThrows(KubernetesClientException.class, () -> gate.scope(team, many));
        assertTrue(api.asked.size() < 200, () -> "asked " + api.asked.size() + " times");
    }

    @Test
    void whatCannotBeATokenIsNotAskedAbout() {
        assertEquals(Optional.empty(), gate.user(""));
        assertEquals(Optional.empty(), gate.user("x".repeat(20_000)));
        assertEquals(List.of(), api.asked);
    }

    @Test
    void theTokenIsTakenFromTheHeaderAndTheOwnHeaderGoesFirst() {
        assertEquals(
                "team",
                caller.identify(header("Authorization", "Bearer of-the-team"), HERE)
                        .name());
        assertEquals(
                "team",
                caller.identify(header("authorization", "bearer  of-the-team "), HERE)
                        .name());
        Headers both = header("Authorization", "Bearer of-a-proxy");
        both.add("Bulkhead-Authorization", "Bearer of-the-team");
        assertEquals("team", caller.identify(both, HERE).name());
        assertFalse(api.asked.contains("of-a-proxy"));
    }

    @Test
    void whatShowsNoTokenOrMoreThanOneIsRefusedWithoutAsking() {
        assertEquals(401, refusal(new Headers()));
        assertEquals(401, refusal(header("Authorization", "Basic of-the-team")));
        assertEquals(401, refusal(header("Authorization", "Bearer")));
        assertEquals(401, refusal(header("Cookie", "Bearer of-the-team")));
        assertEquals(400, refusal(header("Authorization", "Bearer of-the-team", "Bearer of-another")));
        assertEquals(List.of(), api.asked);
    }

    @Test
    void manyMadeUpTokensAreRefusedBeforeTheApiServerIsAskedAndThoseKnownBeforeAreNot() {
        caller.identify(header("Authorization", "Bearer of-the-team"), HERE);
        pass(Duration.ofMinutes(2));
        api.asked.clear();
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            refused += refusal(header("Authorization", "Bearer made-up-" + i)) == 429 ? 1 : 0;
        }
        assertTrue(refused > 0);
        assertEquals(2000 - refused, api.asked.size());
        assertEquals(
                "team",
                caller.identify(header("Authorization", "Bearer of-the-team"), HERE)
                        .name());
    }

    @Test
    void whoeverMakesTokensUpKeepsNobodyElseWithANewTokenFromBeingLetIn() throws IOException {
        for (int i = 0; i < 2000; i++) {
            refusal(header("Authorization", "Bearer made-up-" + i));
        }
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {10, 0, 0, 7});
        assertEquals(
                "team",
                caller.identify(header("Authorization", "Bearer of-the-team"), elsewhere)
                        .name());
    }
}
