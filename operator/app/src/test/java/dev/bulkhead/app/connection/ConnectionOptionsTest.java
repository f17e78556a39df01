package dev.bulkhead.app.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a kubeconfig, or with what it leads to, is told in words of whoever wrote it. */
class ConnectionOptionsTest {

    /** What libraries and the language say. */
    private static final Pattern JAVA = Pattern.compile(
            "Exception|java\\.|javax\\.|fabric8|jackson|An error has occurred|Operation: \\[|Failure executing|JsonToken"
                    + "|snakeyaml|in reader|PKIX|null\\b|at index");

    @TempDir
    private Path folder;

    private Path kubeconfig;
    private int nobody;

    @BeforeEach
    void findAPortWhereNobodyListens() throws IOException {
        kubeconfig = folder.resolve("kubeconfig");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
    }

    private void write(String cluster, String user) throws IOException {
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                clusters: [{name: shop, cluster: {%s}}]
                users: [{name: me, user: {%s}}]
                contexts: [{name: shop, context: {cluster: shop, user: me}}]
                current-context: shop
                """.formatted(cluster, user));
    }

    private String refused(String... more) {
        Program.Result result = Program.run(
                Stream.of(List.of("connectivity", "--cluster", "--kubeconfig", kubeconfig.toString()), List.of(more))
                        .flatMap(List::stream)
                        .toList());
        assertEquals(ExitCode.FAILED, result.exitCode(), result.out());
        assertFalse(JAVA.matcher(result.err()).find(), result.err());
        return result.err();
    }

    @Test
    void aServerThatDoesNotRunIsNamed() throws IOException {
        write("server: 'https://127.0.0.1:" + nobody + "'", "token: x");

        assertTrue(
                refused().contains("the API server at https://127.0.0.1:" + nobody + "/ refuses the connection"),
                refused());
    }

    @Test
    void aServerThatNoNameServiceKnowsIsNamed() throws IOException {
        write("server: 'https://no-such-host.invalid:6443'", "token: x");

        assertTrue(
                refused()
                        .contains(
                                "the API server at https://no-such-host.invalid:6443/ is not known to the name service"),
                refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [b", "- list", "clusters: 7", "\u0000\u0001", "just text"})
    void aFileThatIsNoKubeconfigIsToldSo(String text) throws IOException {
        Files.writeString(kubeconfig, text);

        assertTrue(refused().startsWith("the kubeconfig " + kubeconfig + " is no kubeconfig"), refused());
    }

    @Test
    void anEmptyFileIsToldSo() throws IOException {
        Files.writeString(kubeconfig, "");

        assertEquals("the kubeconfig " + kubeconfig + " is empty\n", refused());
    }

    @Test
    void aFolderAndAFileThatIsNotThereCannotBeRead() throws IOException {
        assertEquals("the kubeconfig " + kubeconfig + " cannot be read\n", refused());
        Files.createDirectory(kubeconfig);
        assertEquals("the kubeconfig " + kubeconfig + " cannot be read\n", refused());
    }

    @Test
    void withoutACurrentContextThoseThatThereAreAreNamed() throws IOException {
        write("server: 'https://127.0.0.1:1'", "token: x");
        Files.writeString(kubeconfig, Files.readString(kubeconfig).replace("current-context: shop", ""));

        assertEquals(
                "the kubeconfig " + kubeconfig + " has no current context; write --context NAME; there is shop\n",
                refused());
    }

    @ParameterizedTest
    @CsvSource({"shpo, did you mean 'shop'?", "production, it has shop"})
    void aContextThatIsNotThereComesWithThoseThatAre(String context, String hint) throws IOException {
        write("server: 'https://127.0.0.1:1'", "token: x");

        assertEquals(
                "the kubeconfig " + kubeconfig + " has no context '" + context + "'; " + hint + "\n",
                refused("--context", context));
    }

    @Test
    void aClusterOrUserThatIsNotThereIsNamed() throws IOException {
        write("server: 'https://127.0.0.1:1'", "token: x");
        String whole = Files.readString(kubeconfig);
        Files.writeString(kubeconfig, whole.replace("cluster: shop,", "cluster: store,"));
        assertTrue(refused().contains("has no cluster 'store'"), refused());
        Files.writeString(kubeconfig, whole.replace("user: me}", "user: you}"));
        assertTrue(refused().contains("has no user 'you'"), refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense://x y", "127.0.0.1:6443", "https://", ""})
    void anAddressThatIsNoneIsToldWithOneThatIs(String address) throws IOException {
        write("server: '" + address + "'", "token: x");

        assertTrue(
                refused().contains("has '" + address + "' as its server; write an address such as https://"),
                refused());
    }

    @Test
    void filesThatItNamesAndThatAreNotThereAreNamed() throws IOException {
        write("server: 'https://127.0.0.1:1', certificate-authority: ca.crt", "token: x");
        assertTrue(refused().contains("the file ca.crt of certificate-authority cannot be read"), refused());
        write("server: 'https://127.0.0.1:1'", "client-certificate: me.crt, client-key: me.key");
        assertTrue(refused().contains("the file me.crt of client-certificate cannot be read"), refused());
    }

    @Test
    void aProgramForCredentialsThatIsNotThereIsNamed() throws IOException {
        write(
                "server: 'https://127.0.0.1:1'",
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-program, interactiveMode: Never}");

        assertTrue(
                refused().contains("the program 'no-such-program' that gives the credentials of user 'me'"), refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"certificate-authority-data: '%%%'", "certificate-authority-data: aGVsbG8="})
    void certificatesThatAreNoneAreNotToldInJava(String authority) throws IOException {
        write("server: 'https://127.0.0.1:" + nobody + "', " + authority, "token: x");

        refused();
    }
}
