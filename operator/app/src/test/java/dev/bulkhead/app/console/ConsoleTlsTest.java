package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.http.Certificates;
import dev.bulkhead.app.rights.OperatorProcess;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console served by TLS to the whole network. */
@OnControlPlane(ControlPlaneKind.REAL)
class ConsoleTlsTest {

    @TempDir
    static Path folder;

    private static ControlPlane plane;
    private static ConsoleShop shop;
    private static X509Certificate first;

    @BeforeAll
    static void open(ControlPlane controlPlane) throws Exception {
        plane = controlPlane;
        first = Certificates.renew(folder, Certificates.Form.EC_SEC1);
        shop = ConsoleShop.open(controlPlane, folder, Certificates.trust(first));
    }

    @AfterAll
    static void close() throws IOException {
        shop.close();
    }

    @Test
    void browsersAreToldToComeBackByTlsOnly() {
        HttpResponse<String> page = shop.get("/", "");
        assertEquals(200, page.statusCode());
        assertEquals(Optional.of("max-age=31536000"), page.headers().firstValue("Strict-Transport-Security"));
        assertEquals(200, shop.get("/api/v1/overview", shop.token("platform")).statusCode());
    }

    @Test
    void plainTextIsRefused() {
        HttpRequest plain = HttpRequest.newBuilder(
                        URI.create(shop.address().replace("https:", "http:") + "/api/v1/overview"))
                .header("Authorization", "Bearer " + shop.token("platform"))
                .build();
        assertThrows(
                IOException.class, () -> HttpClient.newHttpClient().send(plain, HttpResponse.BodyHandlers.ofString()));
    }

    @Test
    void aRenewedCertificateIsShownWithoutARestart() throws Exception {
        X509Certificate renewed = Certificates.renew(folder, Certificates.Form.RSA_PKCS1);
        HttpClient others =
                HttpClient.newBuilder().sslContext(Certificates.trust(renewed)).build();
        HttpResponse<String> page = others.send(
                HttpRequest.newBuilder(URI.create(shop.address() + "/")).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, page.statusCode());
        assertEquals(renewed, page.sslSession().orElseThrow().getPeerCertificates()[0]);
    }

    @Test
    void withoutACertificateItSaysSoAndEnds(@TempDir Path empty) throws IOException, InterruptedException {
        try (OperatorProcess operator =
                OperatorProcess.start(plane, "bulkhead-1", Map.of("BULKHEAD_CONSOLE_TLS", empty.toString()))) {
            assertEquals(1, operator.exitCode());
            assertTrue(operator.log().contains("--console-tls"), operator.log());
            assertTrue(operator.log().contains("tls.crt"), operator.log());
            assertFalse(operator.log().contains("\tat "), operator.log());
        }
    }
}
