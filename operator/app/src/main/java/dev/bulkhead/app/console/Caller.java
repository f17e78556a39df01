package dev.bulkhead.app.console;

import com.google.common.base.Ticker;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.sun.net.httpserver.Headers;
import dev.bulkhead.app.console.Problem.Status;
import dev.bulkhead.cluster.access.NamespaceGate;
import dev.bulkhead.cluster.access.User;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Finds out who asks, by the token that is shown. */
final class Caller {

    /** Where a proxy on the way keeps the usual one for itself. */
    private static final String OWN_HEADER = "Bulkhead-Authorization";

    private static final String HEADER = "Authorization";
    private static final String SCHEME = "Bearer ";
    /** Whoever makes tokens up costs the API server so many questions a second at most. */
    private static final int STRANGERS_PER_SECOND = 40;
    /** Of one address, so that nobody keeps others with a new token from being asked about. */
    private static final int STRANGERS_OF_ONE_ADDRESS = 10;

    private static final int MOST_ADDRESSES = 1024;

    private final NamespaceGate gate;
    private final RateAllowance strangers;
    private final LoadingCache<InetAddress, RateAllowance> strangersByAddress;

    Caller(NamespaceGate gate, Ticker ticker) {
        this.gate = gate;
        this.strangers = new RateAllowance(STRANGERS_PER_SECOND, ticker);
        this.strangersByAddress = CacheBuilder.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .build(CacheLoader.from(() -> new RateAllowance(STRANGERS_OF_ONE_ADDRESS, ticker)));
    }

    /**
     * @param address from where it is asked
     * @throws ProblemException where the token is missing or nobody's, or nobody can be asked whose it is
     */
    User identify(Headers headers, InetAddress address) {
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
            if (!gate.isAcquainted(token) && !mayBeAskedAbout(address)) {
                throw new ProblemException(Status.TOO_MANY_REQUESTS, "too many tokens are shown; try again in a while");
            }
            return gate.user(token)
                    .orElseThrow(() -> new ProblemException(
                            Status.UNAUTHORIZED, "the API server does not know this token; it may have run out"));
        } catch (KubernetesClientException e) {
            throw unknowable();
        }
    }

    private boolean mayBeAskedAbout(InetAddress address) {
        return strangersByAddress.getUnchecked(address).take() && strangers.take();
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
