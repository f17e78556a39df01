package dev.bulkhead.app.connection;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Why an API server did not do what it was asked, in words of whoever asked. */
public final class ApiFailure {

    private ApiFailure() {}

    /**
     * One sentence without a full stop; it may quote the API server.
     *
     * @param server the address that was asked
     */
    public static String reason(String server, KubernetesClientException failure) {
        String at = "the API server at " + server + " ";
        if (failure.getCode() <= 0) {
            return at + Unanswered.reason(failure);
        }
        return switch (failure.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                at + "does not accept the credentials of the kubeconfig; they may have expired";
            case HttpURLConnection.HTTP_FORBIDDEN -> quoted(failure).orElse(at + "forbids it");
            case HttpURLConnection.HTTP_NOT_FOUND -> at + "does not serve this kind";
            default ->
                at + "answers " + failure.getCode()
                        + quoted(failure).map(text -> ": " + text).orElse("");
        };
    }

    /** What the API server says itself, rather than what the client library makes of it. */
    private static Optional<String> quoted(KubernetesClientException failure) {
        return Optional.ofNullable(failure.getStatus()).flatMap(status -> firstLine(status.getMessage()));
    }

    private static Optional<String> firstLine(String text) {
        return Optional.ofNullable(text)
                .flatMap(all -> all.lines().filter(line -> !line.isBlank()).findFirst());
    }
}
