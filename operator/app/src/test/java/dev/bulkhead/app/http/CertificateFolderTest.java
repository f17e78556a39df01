package dev.bulkhead.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server's certificate, in all forms in which it may be mounted, and when it is renewed. */
class CertificateFolderTest {

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpsServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }

    private void serve() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(CertificateFolder.context(folder)));
        server.setExecutor(threads);
        server.start();
    }

    private Certificate shownTo(X509Certificate... trusted) throws IOException, GeneralSecurityException {
        try (SSLSocket socket = (SSLSocket) Certificates.trust(trusted)
                .getSocketFactory()
                .createSocket("127.0.0.1", server.getAddress().getPort())) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateIsShownInWhateverFormItsKeyIs(Certificates.Form form) throws Exception {
        X509Certificate certificate = Certificates.renew(folder, form);
        serve();
        assertEquals(certificate, shownTo(certificate));
    }

    @ParameterizedTest
    @EnumSource
    void aRenewedCertificateIsShownFromTheNextConnectionOn(Certificates.Form form) throws Exception {
        X509Certificate first = Certificates.renew(folder, Certificates.Form.RSA_PKCS8);
        serve();
        assertEquals(first, shownTo(first));
        X509Certificate second = Certificates.renew(folder, form);
        assertNotEquals(first, second);
        assertEquals(second, shownTo(first, second));
    }

    @Test
    void aCertificateThatCannotBeReadLeavesTheOneBefore() throws Exception {
        X509Certificate first = Certificates.renew(folder, Certificates.Form.EC_SEC1);
        serve();
        Files.writeString(folder.resolve("tls.crt"), "half a fi");
        Files.setLastModifiedTime(
                folder.resolve("tls.crt"), FileTime.from(Instant.now().plusSeconds(4)));
        assertEquals(first, shownTo(first));
        Files.delete(folder.resolve("tls.key"));
        assertEquals(first, shownTo(first));
    }

    @Test
    void whatIsMissingOrBrokenIsNamed() throws Exception {
        assertTrue(refusal().contains("tls.crt"), refusal());
        Certificates.renew(folder, Certificates.Form.RSA_PKCS1);
        Files.delete(folder.resolve("tls.key"));
        assertTrue(refusal().contains("tls.key"), refusal());
        Files.writeString(folder.resolve("tls.key"), "no key");
        assertTrue(refusal().contains("there is no certificate in tls.crt with its key in tls.key"), refusal());
    }

    private String refusal() {
        return assertThrows(IOException.class, () -> CertificateFolder.context(folder))
                .getMessage();
    }
}
