package dev.bulkhead.cluster.access;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Optional;

/**
 * Lets those in whose bearer token the API server knows and whom its RBAC lets {@code get} a path. What it says is
 * remembered for a moment, so that being asked often costs the API server little.
 */
public final class TokenGate implements AutoCloseable {

    private final Reviews reviews;
    private final VerdictCache verdicts;

    /** @param template how to connect; it stays open */
    public TokenGate(KubernetesClient template, Clock clock) {
        this.reviews = new Reviews(template);
        this.verdicts = new VerdictCache(clock);
    }

    /**
     * @param token as it was shown
     * @throws KubernetesClientException if the API server cannot be asked
     */
    public AccessVerdict mayGet(String token, String path) {
        if (!Reviews.isToken(token)) {
            return AccessVerdict.UNAUTHENTICATED;
        }
        return verdicts.get(Reviews.hash(token + '\0' + path), () -> ask(token, path));
    }

    private AccessVerdict ask(String token, String path) {
        Optional<User> user = reviews.user(token);
        if (user.isEmpty()) {
            return AccessVerdict.UNAUTHENTICATED;
        }
        return reviews.mayGet(user.get(), path) ? AccessVerdict.ALLOWED : AccessVerdict.FORBIDDEN;
    }

    @Override
    public void close() {
        reviews.close();
    }
}
