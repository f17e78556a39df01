package dev.bulkhead.app.console;

import static dev.bulkhead.app.browser.Browser.hook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bulkhead.app.Shell;
import dev.bulkhead.app.browser.Browser;
import dev.bulkhead.app.browser.InBrowser;
import dev.bulkhead.app.http.Certificates;
import dev.bulkhead.app.rights.OperatorProcess;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console served by TLS to the whole network, and by the API server's proxy, which needs that. */
@InBrowser
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

    @Test
    void behindKubectlProxyThePageIsLive(Browser browser) throws IOException {
        assumeTrue(Shell.has("kubectl"), "kubectl is not on the PATH");
        Optional<String> own = ownAddress();
        assumeTrue(own.isPresent(), "the API server proxies to no address of this machine alone");
        standIn(own.get());
        try (KubectlProxy proxy = new KubectlProxy(plane.kubeconfig())) {
            String page =
                    proxy.address() + "/api/v1/namespaces/bulkhead-system/services/https:bulkhead-console:443/proxy";
            // Not what Java asks for by itself, an upgrade to HTTP/2, which kubectl proxy takes for a command's.
            HttpRequest question = HttpRequest.newBuilder(URI.create(page + "/"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            shop.await("the Service has endpoints", () -> shop.send(question).statusCode() == 200);
            Visit visit = new Visit(browser, page, shop.token("platform"));
            visit.open("#/namespaces/shop");
            assertEquals(List.of("catalogue", "checkout"), browser.attributes(hook("intent-row"), "data-name"));
            browser.find(hook("live", "data-state", "Live"));
            browser.screenshot("kubectl-proxy");
            // Before the proxy goes, which would be an error.
            browser.get("about:blank");
        }
    }

    /**
     * The chart's Service, with a pod in place of the operator, which runs beside the cluster: the API server's proxy goes to pods
     * only. The pod is on no node, where it would be given another address, so no controller makes its endpoint.
     */
    private static void standIn(String address) {
        shop.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: bulkhead-console, namespace: bulkhead-system}
                spec:
                  ports: [{name: console, port: 443}]
                ---
                apiVersion: v1
                kind: Endpoints
                metadata: {name: bulkhead-console, namespace: bulkhead-system}
                subsets:
                - addresses:
                  - ip: %1$s
                    targetRef: {kind: Pod, name: stand-in, namespace: bulkhead-system}
                  ports: [{name: console, port: %2$d}]
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: stand-in, namespace: bulkhead-system}
                spec:
                  schedulerName: nobody
                  containers:
                  - {name: operator, image: example}
                """.formatted(address, shop.operator().consolePort()));
        shop.client()
                .pods()
                .inNamespace("bulkhead-system")
                .withName("stand-in")
                .editStatus(pod -> new PodBuilder(pod)
                        .editOrNewStatus()
                        .withPhase("Running")
                        .withPodIP(address)
                        .addNewPodIP(address)
                        .endStatus()
                        .build());
    }

    private static Optional<String> ownAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress())
                .map(address -> address.getHostAddress())
                .findFirst();
    }
}
