package dev.bulkhead.cluster.access;

import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authorization.v1.NonResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewSpecBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks the API server who somebody is and what they may do; each question is a request. */
final class Reviews implements AutoCloseable {

    /** Longer ones are no tokens of the API server. */
    private static final int LONGEST = 16_384;

    private static final int REQUEST_TIMEOUT_MILLIS = 5000;

    private final KubernetesClient client;

    /** @param template how to connect; it stays open */
    Reviews(KubernetesClient template) {
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(template.getConfiguration())
                        .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    /** Whether it can be a token at all. */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.length() <= LONGEST;
    }

    /** So that no token is kept. */
    static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whose token it is; empty where it is nobody's.
     *
     * @throws KubernetesClientException if the API server cannot be asked
     */
    Optional<User> user(String token) {
        TokenReviewStatus review = client.tokenReviews()
                .create(new TokenReviewBuilder()
                        .withNewSpec()
                        .withToken(token)
                        .endSpec()
                        .build())
                .getStatus();
        return Boolean.TRUE.equals(review.getAuthenticated())
                ? Optional.of(User.of(review.getUser()))
                : Optional.empty();
    }

    /** @throws KubernetesClientException if the API server cannot be asked */
    boolean mayGet(User user, String path) {
        return allowed(about(user).withNonResourceAttributes(new NonResourceAttributes(path, "get")));
    }

    /**
     * @param namespace empty for all of them
     * @throws KubernetesClientException if the API server cannot be asked
     */
    boolean may(User user, String verb, String group, String resource, String namespace) {
        ResourceAttributes attributes = new ResourceAttributes();
        attributes.setVerb(verb);
        attributes.setGroup(group);
        attributes.setResource(resource);
        attributes.setNamespace(namespace);
        return allowed(about(user).withResourceAttributes(attributes));
    }

    private static SubjectAccessReviewSpecBuilder about(User user) {
        Map<String, List<String>> extra = new TreeMap<>(user.extra());
        return new SubjectAccessReviewSpecBuilder()
                .withUser(user.name())
                .withUid(user.uid())
                .withGroups(user.groups())
                .withExtra(extra);
    }

    private boolean allowed(SubjectAccessReviewSpecBuilder spec) {
        return client.authorization()
                .v1()
                .subjectAccessReview()
                .create(new SubjectAccessReviewBuilder().withSpec(spec.build()).build())
                .getStatus()
                .getAllowed();
    }

    @Override
    public void close() {
        client.close();
    }
}
