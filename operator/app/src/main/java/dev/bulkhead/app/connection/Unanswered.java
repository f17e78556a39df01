package dev.bulkhead.app.connection;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why a server gave no answer, in words of whoever asked: nothing of what libraries say about it. */
public final class Unanswered {

    private Unanswered() {}

    /** What follows the name of the server in a sentence; without a full stop. */
    public static String reason(Throwable failure) {
        List<Throwable> causes = Throwables.getCausalChain(failure);
        for (Throwable cause : causes) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "is not known to the name service";
            }
            if (cause instanceof SSLException) {
                return "cannot be trusted: " + distrust(causes);
            }
            if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
                return "does not answer in time";
            }
        }
        if (has(causes, NoRouteToHostException.class)) {
            return "cannot be reached: the network knows no way to it";
        }
        if (has(causes, ConnectException.class)) {
            return "refuses the connection; is it running, and is the address right?";
        }
        return has(causes, IOException.class)
                ? "ends the connection without an answer; does it speak HTTP, and is it http or https?"
                : "cannot be asked; is the address right?";
    }

    private static String distrust(List<Throwable> causes) {
        if (has(causes, CertificateExpiredException.class)) {
            return "its certificate has expired";
        }
        if (has(causes, CertificateNotYetValidException.class)) {
            return "its certificate is not valid yet; is the clock of this machine right?";
        }
        if (has(causes, CertPathBuilderException.class) || has(causes, CertPathValidatorException.class)) {
            return "its certificate is signed by nobody that is trusted; name the certificate authority";
        }
        String said = causes.stream()
                .map(cause -> String.valueOf(cause.getMessage()))
                .reduce("", String::concat)
                .toLowerCase(Locale.ROOT);
        if (said.contains("subject alternative") || said.contains("no name matching")) {
            return "its certificate is for another name or address";
        }
        return said.contains("unrecognized ssl message")
                ? "it does not speak TLS; is it http instead of https?"
                : "the TLS handshake fails";
    }

    private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }
}
