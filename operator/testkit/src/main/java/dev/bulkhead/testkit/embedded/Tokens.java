package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Makes tokens of service accounts, and knows them again. */
final class Tokens {

    private static final Duration VALIDITY = Duration.ofHours(10);

    /** By token, who shows it. */
    private final Map<String, String> users = new ConcurrentHashMap<>();

    ObjectNode make(ObjectNode request, String namespace, String account) {
        String token = UUID.randomUUID().toString();
        users.put(token, "system:serviceaccount:" + namespace + ":" + account);
        ObjectNode answer = request.deepCopy();
        answer.putObject("status")
                .put("token", token)
                .put(
                        "expirationTimestamp",
                        Instant.now()
                                .plus(VALIDITY)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
        return answer;
    }

    ObjectNode review(ObjectNode review) {
        ObjectNode answer = review.deepCopy();
        ObjectNode status = answer.putObject("status");
        String user = users.get(review.at("/spec/token").asText());
        status.put("authenticated", user != null);
        if (user != null) {
            status.putObject("user").put("username", user).putArray("groups").add("system:authenticated");
        }
        return answer;
    }
}
