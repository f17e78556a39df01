package dev.bulkhead.app.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulkhead.app.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --cluster} makes of an API server that does not have everything, or refuses. */
class ClusterRefusalsTest {

    private static final String REPLICATION_CONTROLLERS = "/api/v1/replicationcontrollers";

    /** By path; other paths are lists without items. */
    private final Map<String, Reply> replies = new TreeMap<>();

    private HttpServer server;

    @TempDir
    private Path folder;

    private record Reply(int code, String body) {

        static Reply refused(int code, String reason, String message) {
            return new Reply(code, """
                    {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": %d, "reason": "%s", "message": "%s"}
                    """.formatted(code, reason, message));
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        replies.put("/api/v1", new Reply(200, """
                {"kind": "APIResourceList", "groupVersion": "v1", "resources": [
                {"name": "pods", "singularName": "pod", "namespaced": true, "kind": "Pod", "verbs": ["list"]}]}
                """));
        replies.put("/apis", new Reply(200, "{\"kind\": \"APIGroupList\", \"groups\": []}"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = replies.getOrDefault(
                    exchange.getRequestURI().getPath(),
                    new Reply(200, "{\"kind\": \"List\", \"apiVersion\": \"v1\", \"metadata\": {}, \"items\": []}"));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.code(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Test
    void kindsThatAreNotServedHaveNoObjects() throws IOException {
        replies.put(REPLICATION_CONTROLLERS, notFound());
        replies.put("/apis/networking.k8s.io/v1/ingresses", notFound());
        replies.put("/apis/networking.k8s.io/v1", notFound());

        Program.Result result = connectivity();

        assertEquals(0, result.exitCode(), result.err());
    }

    @Test
    void whatIsServedAndNotFoundIsNotTakenForEmpty() throws IOException {
        replies.put(REPLICATION_CONTROLLERS, notFound());
        replies.put("/api/v1", new Reply(200, """
                {"kind": "APIResourceList", "groupVersion": "v1", "resources": [{"name": "replicationcontrollers",
                "singularName": "", "namespaced": true, "kind": "ReplicationController", "verbs": ["list"]}]}
                """));

        assertFails("the cluster's replicationcontrollers cannot be listed");
    }

    @Test
    void whatIsNotFoundWhereNobodySaysWhatIsServedIsNotTakenForEmpty() throws IOException {
        replies.put(REPLICATION_CONTROLLERS, notFound());
        replies.put("/api/v1", Reply.refused(403, "Forbidden", "forbidden: no discovery for you"));

        assertFails("the cluster's replicationcontrollers cannot be listed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/namespaces", "/api/v1/pods", "/apis/networking.k8s.io/v1/networkpolicies"})
    void anApiServerWithoutPodsOrNamespacesOrPoliciesIsNone(String path) throws IOException {
        replies.put(path, notFound());
        replies.put(path.substring(0, path.lastIndexOf('/')), notFound());

        assertFails("does not serve this kind");
    }

    @Test
    void whoIsNotKnownIsToldSo() throws IOException {
        replies.put("/api/v1/namespaces", Reply.refused(401, "Unauthorized", "Unauthorized"));

        assertFails("does not accept the credentials of the kubeconfig");
    }

    @Test
    void whatIsForbiddenIsSaidInTheWordsOfTheApiServer() throws IOException {
        replies.put(
                "/api/v1/nodes",
                Reply.refused(403, "Forbidden", "nodes is forbidden: User 'nobody' cannot list resource 'nodes'"));

        assertFails("the cluster's nodes cannot be listed: nodes is forbidden: User 'nobody' cannot list resource");
    }

    @Test
    void aServerThatDoesNotRunIsNamed() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        Program.Result result = connectivity(nobody);

        assertEquals(1, result.exitCode());
        assertTrue(
                result.err().contains("the API server at http://127.0.0.1:" + nobody + "/ refuses the connection"),
                result.err());
        assertPlain(result.err());
    }

    private static Reply notFound() {
        return Reply.refused(404, "NotFound", "the server could not find the requested resource");
    }

    private void assertFails(String text) throws IOException {
        Program.Result result = connectivity();
        assertEquals(1, result.exitCode(), result.out());
        assertTrue(result.err().contains(text), result.err());
        assertPlain(result.err());
    }

    /** In words, rather than in those of a library. */
    private static void assertPlain(String err) {
        for (String dump : List.of("Failure executing", "Status(", "Received status", "Exception", "[null]")) {
            assertFalse(err.contains(dump), err);
        }
    }

    private Program.Result connectivity() throws IOException {
        return connectivity(server.getAddress().getPort());
    }

    private Program.Result connectivity(int port) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(port));
        return Program.run(List.of("connectivity", "--cluster", "--kubeconfig", kubeconfig.toString()));
    }
}
