package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.Operator;
import dev.bulkhead.cluster.OperatorSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, of an operator that has not read its cluster yet: whoever is let in is told 503. */
class ConsoleServerTest {

    private static final String TOKEN = "Authorization: Bearer of-the-team\r\n";
    private static ReviewingServer api;
    private static Operator operator;
    private static ConsoleServer server;

    @BeforeAll
    static void open() throws IOException {
        api = new ReviewingServer();
        api.tokens.put("of-the-team", "team");
        operator = new Operator(api.client(), OperatorSettings.alone());
        server = new ConsoleServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                SignIn.BY_FORM,
                operator,
                api.client());
    }

    @AfterAll
    static void close() {
        server.close();
        operator.close();
        api.close();
    }

    /** @param body one character for each byte */
    private record Reply(int code, String head, String body) {}

    private static Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** @param head without the empty line at its end */
    private static Reply ask(String head) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return reply(socket);
        }
    }

    private static Reply reply(Socket socket) throws IOException {
        String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        assertTrue(end > 0, text);
        return new Reply(Integer.parseInt(text.split(" ", 3)[1]), text.substring(0, end), text.substring(end + 4));
    }

    private static Reply get(String target, String headers) throws IOException {
        return ask("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/overview",
        "/api/v1/graph",
        "/api/v1/connectivity",
        "/api/v1/explain?from=a&to=b&port=1",
        "/api/v1/who-can-reach?workload=a",
        "/api/v1/reachable-from?workload=a",
        "/api/v1/namespaces/shop",
        "/api/v1/events",
    })
    void nothingIsToldWithoutATokenOrByOneInTheAddressOrACookie(String path) throws IOException {
        assertEquals(401, get(path, "").code());
        assertEquals(401, get(path, "Cookie: token=of-the-team\r\n").code());
        assertEquals(401, get(path, "Authorization: Bearer made-up\r\n").code());
        String query = path + (path.contains("?") ? "&" : "?") + "access_token=of-the-team&token=of-the-team";
        assertEquals(401, get(query, "").code());
        assertEquals(503, get(path, TOKEN).code());
    }

    /** A path that is written otherwise is another path, or the same one with the same demands. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//x/api/v1/overview",
                "http://elsewhere/api/v1/overview",
                "/api/v1/%6fverview",
                "/api//v1/overview",
                "/api/v1//overview",
                "/./api/v1/overview",
                "/assets/../api/v1/overview",
                "/assets/%2e%2e/api/v1/overview",
                "/API/v1/overview",
                "/api/v1/overview/",
                "/api/v1/overview;x=/assets/main.js",
                "/api/v1/overview%00",
                "/api%2fv1%2foverview",
                "/api/v1/namespaces/..%2foverview",
                "/api/v1/namespaces/shop%2f..",
                "/assets/../../../../etc/passwd",
                "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                "/assets/",
                "/%2e",
            })
    void noSpellingOfAPathGetsAroundTheToken(String path) throws IOException {
        Reply reply = get(path, "");
        assertTrue(reply.code() == 401 || reply.code() == 404, reply.head());
        assertFalse(reply.head().contains("Location"), reply.head());
    }

    @Test
    void headersCannotBeInjectedByAPathOrAParameter() throws IOException {
        for (String target : List.of(
                "/api/v1/namespaces/x%0d%0aSet-Cookie:%20a=b",
                "/%0d%0aSet-Cookie:%20a=b", "/api/v1/overview?%0d%0aSet-Cookie:%20a=b=1")) {
            assertFalse(get(target, TOKEN).head().contains("Set-Cookie"), target);
        }
    }

    @Test
    void aRequestWhoseEndCanBeReadInTwoWaysIsRefusedAndWhatFollowsIsNotARequest() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(("POST /api/v1/what-if HTTP/1.1\r\nHost: x\r\n" + TOKEN
                                    + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                                    + "GET /assets/main.js HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            Reply reply = reply(socket);
            assertEquals(400, reply.code());
            assertFalse(reply.body().contains("HTTP/1.1 200"), reply.body());
        }
    }

    @Test
    void twoTokensAreNone() throws IOException {
        assertEquals(
                400,
                get("/api/v1/overview", TOKEN + "Authorization: Bearer of-another\r\n")
                        .code());
    }

    @Test
    void noOtherOriginIsAllowedToReadAnything() throws IOException {
        String preflight = String.join(
                "\r\n",
                "OPTIONS /api/v1/overview HTTP/1.1",
                "Host: evil.example",
                "Origin: https://evil.example",
                "Access-Control-Request-Method: GET",
                "Access-Control-Request-Headers: authorization",
                "");
        Reply reply = ask(preflight);
        assertTrue(reply.code() >= 400, reply.head());
        assertFalse(reply.head().contains("Access-Control-"), reply.head());
        assertFalse(get("/", "Origin: https://evil.example\r\n").head().contains("Access-Control-"));
    }

    @Test
    void aRequestThatOnlyAsksForTheHeadGetsNoBody() throws IOException {
        Reply head = ask("HEAD / HTTP/1.1\r\nHost: x\r\n");
        assertEquals(200, head.code());
        assertEquals(0, head.body().length());
        Reply refused = ask("HEAD /api/v1/overview HTTP/1.1\r\nHost: x\r\n");
        assertEquals(401, refused.code());
        assertEquals(0, refused.body().length());
        assertEquals(
                405, ask("HEAD /api/v1/what-if HTTP/1.1\r\nHost: x\r\n" + TOKEN).code());
        assertEquals(
                503, ask("HEAD /api/v1/events HTTP/1.1\r\nHost: x\r\n" + TOKEN).code());
    }

    @Test
    void whatABrowserHasIsNotSentAgainAndWhatIsSentIsCompressedForThoseWhoTakeThat() throws IOException {
        Reply plain = get("/", "");
        Reply small = get("/", "Accept-Encoding: gzip\r\n");
        assertTrue(small.head().contains("gzip"), small.head());
        try (GZIPInputStream unpacked =
                new GZIPInputStream(new ByteArrayInputStream(small.body().getBytes(StandardCharsets.ISO_8859_1)))) {
            assertEquals(plain.body(), new String(unpacked.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
        String tag = plain.head().replaceAll("(?s).*\r\nEtag: ([^\r]*).*", "$1");
        Reply known = get("/", "If-None-Match: " + tag + "\r\n");
        assertEquals(304, known.code());
        assertEquals(0, known.body().length());
        assertEquals(200, get("/", "If-None-Match: \"other\"\r\n").code());
    }

    /** The JDK's server answers these itself, with a page of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/explain?from=%zz", "/api/v1/<script>", "/\\..\\", "http://[/"})
    void aMalformedAddressIsAnsweredShortlyAndTellsNothing(String target) throws IOException {
        Reply reply = get(target, TOKEN);
        assertEquals(400, reply.code());
        assertFalse(reply.body().contains("of-the-team"), reply.body());
        assertFalse(reply.body().contains("<script>"), reply.body());
        assertFalse(reply.body().contains("\tat "), reply.body());
    }

    @Test
    void thoseWhoStopInTheMiddleOfARequestKeepNobodyFromAnAnswer() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Socket halfAHead = connect();
                halfAHead.getOutputStream().write("GET / HT".getBytes(StandardCharsets.ISO_8859_1));
                slow.add(halfAHead);
                Socket noBody = connect();
                noBody.getOutputStream()
                        .write("POST /api/v1/what-if HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
                slow.add(noBody);
            }
            assertEquals(200, get("/", "").code());
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }
}
