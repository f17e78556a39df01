package dev.bulkhead.app.console;

import com.google.common.util.concurrent.RateLimiter;
import com.sun.net.httpserver.Headers;
import dev.bulkhead.app.console.Problem.Status;
import dev.bulkhead.cluster.access.NamespaceGate;
import dev.bulkhead.cluster.access.User;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.Stream;

/** Finds out who asks, by the token that is shown. */
final class Caller {

    /** Where a proxy on the way keeps the usual one for itself. */
    private static final String OWN_HEADER = "Bulkhead-Authorization";

    private static final String HEADER = "Authorization";
    private static final String SCHEME = "Bearer ";
    /** Whoever makes tokens up costs the API server so many questions a second at most. */
    private static final double STRANGERS_PER_SECOND = 20;

    private final NamespaceGate gate;
    private final RateLimiter strangers = RateLimiter.create(STRANGERS_PER_SECOND);

    Caller(NamespaceGate gate) {
        this.gate = gate;
    }

    /** @throws ProblemException where the token is missing or nobody's, or nobody can be asked whose it is */
    User identify(Headers headers) {
        String shown = Stream.of(OWN_HEADER, HEADER)
                .filter(headers::containsKey)
                .findFirst()
                .map(header -> only(headers.get(header)))
                .orElse("");
        if (!shown.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new ProblemException(
                    Status.UNAUTHORIZED,
                    "show a token that the API server knows: Authorization: Bearer, and the token");
        }
        String token = shown.substring(SCHEME.length()).strip();
        try {
            // Whoever was known a while ago does not wait behind those who make tokens up.
            if (!gate.isAcquainted(token) && !strangers.tryAcquire()) {
                throw new ProblemException(Status.TOO_MANY_REQUESTS, "too many tokens are shown; try again in a while");
            }
            return gate.user(token)
                    .orElseThrow(() -> new ProblemException(
                            Status.UNAUTHORIZED, "the API server does not know this token; it may have run out"));
        } catch (KubernetesClientException e) {
            throw unknowable();
        }
    }

    /** Two of them may mean two people: which of them a proxy on the way has looked at, nobody knows. */
    private static String only(List<String> values) {
        if (values.size() > 1) {
            throw new ProblemException(Status.BAD_REQUEST, "more than one token is shown; show one");
        }
        return values.get(0);
    }

    static ProblemException unknowable() {
        return new ProblemException(
                Status.UNAVAILABLE, "the API server cannot be asked who you are and what you may see; try again");
    }
}
