package dev.bulkhead.testkit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that keeps what it is given and says what the test says. */
class FaultProxyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PODS = "/api/v1/namespaces/shop/pods";
    private static final Match CREATE = Match.verbs("create").of("pods");

    private final TinyServer server = new TinyServer();
    private final FaultProxy proxy = FaultProxy.before(server.configuration());
    private final String address =
            proxy.configuration(server.configuration()).getMasterUrl().replaceFirst("/$", "");
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    @Test
    void withoutARuleEverythingIsPassedOnAndRemembered() throws Exception {
        assertEquals(201, create("one").statusCode());
        assertEquals("{\"items\":[\"one\"]}", list().body());
        assertEquals(
                List.of("create pods shop/ 201", "list pods shop/ 200"),
                proxy.calls().stream()
                        .map(call -> call.request() + " " + call.code())
                        .toList());
    }

    @Test
    void anAnswerIsMadeUpWithoutTheServerAndOnlyWhileTheRuleIsInForce() throws Exception {
        try (Injection injection = proxy.inject(CREATE, Fault.answer(409))) {
            HttpResponse<String> refused = create("one");
            assertEquals(409, refused.statusCode());
            assertTrue(refused.body().contains("\"reason\":\"Conflict\""), refused.body());
            assertEquals(200, list().statusCode());
            assertEquals(1, injection.hits());
        }
        assertEquals(201, create("two").statusCode());
        assertEquals(List.of("two"), server.items());
        assertTrue(proxy.calls().get(0).injected());
    }

    @Test
    void whoIsToWaitIsToldForHowLong() throws Exception {
        proxy.inject(CREATE, Fault.tooManyRequests(Duration.ofSeconds(7)));
        assertEquals("7", create("one").headers().firstValue("Retry-After").orElseThrow());
    }

    @Test
    void aRequestIsDroppedBeforeTheServerHasItOrAfterItWasCarriedOut() {
        try (Injection injection = proxy.inject(CREATE, Fault.dropped())) {
            assertThrows(IOException.class, () -> create("dropped"));
            assertEquals(1, injection.hits());
        }
        try (Injection injection = proxy.inject(CREATE, Fault.lostAnswer())) {
            assertThrows(IOException.class, () -> create("carried out"));
            assertEquals(1, injection.hits());
        }
        assertEquals(List.of("carried out"), server.items());
    }

    @Test
    void anAnswerIsCutOrNeverComes() throws Exception {
        create("one");
        try (Injection injection = proxy.inject(Match.verbs("list"), Fault.cutAnswer())) {
            assertThrows(IOException.class, this::list);
            assertEquals(1, injection.hits());
        }
        try (Injection injection = proxy.inject(Match.verbs("list"), Fault.unanswered())) {
            assertThrows(IOException.class, this::list);
            assertEquals(1, injection.hits());
        }
        assertEquals(200, list().statusCode());
    }

    @Test
    void aSlowRequestArrivesInTheEnd() throws Exception {
        proxy.inject(CREATE, Fault.slow(Duration.ofMillis(200)));
        assertEquals(201, create("one").statusCode());
    }

    @Test
    void listsAreStaleOrTruncated() throws Exception {
        create("one");
        create("two");
        try (Injection injection = proxy.inject(Match.verbs("list"), Fault.truncated(1))) {
            assertEquals("{\"items\":[\"one\"]}", list().body());
            assertEquals(1, injection.hits());
        }
        try (Injection injection = proxy.inject(Match.verbs("list"), Fault.stale())) {
            list();
            create("three");
            assertEquals("{\"items\":[\"one\",\"two\"]}", list().body());
            assertEquals(2, injection.hits());
        }
        assertEquals("{\"items\":[\"one\",\"two\",\"three\"]}", list().body());
    }

    @Test
    void whoeverIsRefusedIsServedAfterwards() throws Exception {
        try (FaultProxy.Refusal refusal = proxy.refuseConnections()) {
            assertThrows(IOException.class, this::list, refusal::toString);
        }
        assertEquals(200, list().statusCode());
    }

    @Test
    void rulesAreForTheNamedRequestsOnly() throws Exception {
        proxy.inject(Match.writes().of("pods").in("pay"), Fault.answer(500));
        proxy.inject(CREATE.by("curl.*"), Fault.answer(500));
        proxy.inject(Match.all().named("one"), Fault.answer(500));
        proxy.inject(CREATE, Times.nth(2), Fault.answer(500));
        assertEquals(201, create("first").statusCode());
        assertEquals(500, create("second").statusCode());
        assertEquals(201, create("third").statusCode());
    }

    @Test
    void chanceIsTheSameForTheSameSeed() {
        List<Boolean> once = chance(7);
        assertEquals(once, chance(7));
        assertTrue(once.contains(true) && once.contains(false), once.toString());
        assertFalse(once.equals(chance(8)));
    }

    private static List<Boolean> chance(long seed) {
        Times times = Times.chance(0.5, seed);
        return IntStream.range(0, 50).mapToObj(times::isDue).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void watchesArePassedOnCutAndExpired(boolean socket) {
        Events events = watch(socket);
        server.say("one");
        events.await(List.of("one"));
        proxy.cutWatches(Match.watches().of("pods"));
        events.awaitEnd();
        Await.until("the server's side ends", PATIENCE, () -> server.openWatches() == 0);

        Events more = watch(socket);
        proxy.expireWatches(Match.watches());
        more.awaitEnd();
        assertEquals(1, more.seen.size());
        assertTrue(more.seen.get(0).contains("\"code\":410"), more.seen.get(0));
        Await.until("no watch is open", PATIENCE, () -> proxy.openWatches(Match.watches()) == 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theServersEndOfAWatchReachesTheClient(boolean socket) {
        Events events = watch(socket);
        server.endWatches();
        events.awaitEnd();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSilentWatchStaysOpenAndSaysNothing(boolean socket) {
        Events events = watch(socket);
        try (Disturbance silence = proxy.disturb(Match.watches(), WatchFault.silent())) {
            server.say("lost");
            Await.until("the event is lost", PATIENCE, () -> silence.hits() == 1);
            server.endWatches();
            Await.until("the server's side ends", PATIENCE, () -> server.openWatches() == 0);
            assertEquals(1, proxy.openWatches(Match.watches()));
        }
        assertEquals(List.of(), events.seen);
        assertFalse(events.ended);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventsComeTwiceOrLateOrNotOrOtherwise(boolean socket) {
        Events events = watch(socket);
        try (Disturbance disturbance = proxy.disturb(Match.watches(), WatchFault.duplicated())) {
            server.say("twice");
            Await.until("it is met", PATIENCE, () -> disturbance.hits() == 1);
        }
        try (Disturbance disturbance = proxy.disturb(Match.watches(), WatchFault.without("lost"::equals))) {
            server.say("lost");
            Await.until("it is met", PATIENCE, () -> disturbance.hits() == 1);
        }
        try (Disturbance disturbance = proxy.disturb(Match.watches(), WatchFault.edited(event -> event + "?"))) {
            server.say("really");
            Await.until("it is met", PATIENCE, () -> disturbance.hits() == 1);
        }
        try (Disturbance disturbance = proxy.disturb(Match.watches(), WatchFault.late(Duration.ofMillis(300)))) {
            server.say("late");
            Await.until("it is met", PATIENCE, () -> disturbance.hits() == 1);
        }
        server.say("behind it");
        events.await(List.of("twice", "twice", "really?", "late", "behind it"));
    }

    @ParameterizedTest
    @ValueSource(ints = {410, 503})
    void aWatchCanBeRefused(int code) {
        proxy.inject(Match.watches(), Fault.answer(code));
        assertThrows(RuntimeException.class, () -> watch(true));
        assertEquals(code, proxy.calls().get(0).code());
    }

    private HttpResponse<String> create(String item) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(address + PODS))
                        .POST(HttpRequest.BodyPublishers.ofString(item))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> list() throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(address + PODS))
                        .timeout(Duration.ofSeconds(1))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Events watch(boolean socket) {
        int before = server.openWatches();
        Events events = new Events();
        String uri = address + PODS + "?watch=true";
        if (socket) {
            client.newWebSocketBuilder()
                    .buildAsync(URI.create(uri.replace("http:", "ws:")), events)
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
        } else {
            events.answer = client.sendAsync(
                    HttpRequest.newBuilder(URI.create(uri)).build(),
                    HttpResponse.BodyHandlers.fromLineSubscriber(new LinesOf(events), nothing -> null, null));
        }
        Await.until("the watch is open", PATIENCE, () -> server.openWatches() == before + 1);
        return events;
    }

    /** What a watch brings. */
    private static final class Events implements WebSocket.Listener {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private volatile boolean ended;
        private CompletableFuture<?> answer = new CompletableFuture<>();

        void await(List<String> wanted) {
            Await.until("the events come", PATIENCE, () -> seen.size() >= wanted.size());
            assertEquals(wanted, seen);
        }

        void awaitEnd() {
            Await.until("the watch ends", PATIENCE, () -> ended || answer.isDone());
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            seen.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            ended = true;
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended = true;
        }
    }

    /** The lines of an endless answer. */
    private record LinesOf(Events events) implements Flow.Subscriber<String> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            events.seen.add(line);
        }

        @Override
        public void onError(Throwable error) {
            events.ended = true;
        }

        @Override
        public void onComplete() {
            events.ended = true;
        }
    }
}
