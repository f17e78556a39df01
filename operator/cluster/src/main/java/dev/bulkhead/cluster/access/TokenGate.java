package dev.bulkhead.cluster.access;

import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Lets those in whose bearer token the API server knows and whom its RBAC lets {@code get} a path. What it says is
 * remembered for a moment, so that being asked often costs the API server little.
 */
public final class TokenGate implements AutoCloseable {

    /** Longer ones are no tokens of the API server. */
    private static final int LONGEST = 16_384;

    private static final int REQUEST_TIMEOUT_MILLIS = 5000;

    private final KubernetesClient client;
    private final VerdictCache verdicts;

    /** @param template how to connect; it stays open */
    public TokenGate(KubernetesClient template, Clock clock) {
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(template.getConfiguration())
                        .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        this.verdicts = new VerdictCache(clock);
    }

    /**
     * @param token as it was shown
     * @throws KubernetesClientException if the API server cannot be asked
     */
    public Verdict mayGet(String token, String path) {
        if (token.isEmpty() || token.length() > LONGEST) {
            return Verdict.UNAUTHENTICATED;
        }
        return verdicts.get(hash(token + '\0' + path), () -> ask(token, path));
    }

    private Verdict ask(String token, String path) {
        TokenReviewStatus review = client.tokenReviews()
                .create(new TokenReviewBuilder()
                        .withNewSpec()
                        .withToken(token)
                        .endSpec()
                        .build())
                .getStatus();
        if (!Boolean.TRUE.equals(review.getAuthenticated())) {
            return Verdict.UNAUTHENTICATED;
        }
        UserInfo user = review.getUser();
        Map<String, List<String>> extra = new TreeMap<>(Objects.requireNonNullElse(user.getExtra(), Map.of()));
        boolean allowed = client.authorization()
                .v1()
                .subjectAccessReview()
                .create(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser(user.getUsername())
                        .withUid(user.getUid())
                        .withGroups(user.getGroups())
                        .withExtra(extra)
                        .withNewNonResourceAttributes()
                        .withPath(path)
                        .withVerb("get")
                        .endNonResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
        return allowed ? Verdict.ALLOWED : Verdict.FORBIDDEN;
    }

    /** So that no token is kept. */
    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
