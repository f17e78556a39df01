package dev.bulkhead.app.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnansweredTest {

    private static Throwable ssl(Exception cause) {
        SSLHandshakeException failure = new SSLHandshakeException("PKIX path building failed: sun.security.provider");
        failure.initCause(cause);
        return new IOException(failure);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IOException(new UnknownHostException("x")), "is not known to the name service"),
                Arguments.of(new HttpTimeoutException("request timed out"), "does not answer in time"),
                Arguments.of(
                        new ConnectException(), "refuses the connection; is it running, and is the address right?"),
                Arguments.of(new NoRouteToHostException("x"), "cannot be reached: the network knows no way to it"),
                Arguments.of(
                        ssl(new CertPathBuilderException("unable to find valid certification path")),
                        "cannot be trusted: its certificate is signed by nobody that is trusted; name the certificate"
                                + " authority"),
                Arguments.of(
                        ssl(new CertificateExpiredException("NotAfter")),
                        "cannot be trusted: its certificate has expired"),
                Arguments.of(
                        new SSLException("No subject alternative DNS name matching x found"),
                        "cannot be trusted: its certificate is for another name or address"),
                Arguments.of(
                        new SSLException("Unsupported or unrecognized SSL message"),
                        "cannot be trusted: it does not speak TLS; is it http instead of https?"),
                Arguments.of(new SSLException("alert 42"), "cannot be trusted: the TLS handshake fails"),
                Arguments.of(
                        new IOException("HTTP/1.1 header parser received no bytes"),
                        "ends the connection without an answer; does it speak HTTP, and is it http or https?"),
                Arguments.of(
                        new IllegalArgumentException("Illegal character in path at index 19"),
                        "cannot be asked; is the address right?"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void nothingThatLibrariesSayIsTold(Throwable failure, String words) {
        assertEquals(words, Unanswered.reason(failure));
    }
}
