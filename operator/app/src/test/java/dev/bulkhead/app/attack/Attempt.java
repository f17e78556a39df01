package dev.bulkhead.app.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkhead.testkit.Await;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Takes steps, and holds what the API server answers against what it should. */
record Attempt(Town town) {

    private static final Pattern WORD = Pattern.compile("<(\\w+)(?: ([^ <>]+))?(?: ([^ <>]+))?>");

    void take(List<Step> steps) {
        steps.forEach(this::take);
    }

    private void take(Step step) {
        for (int n = 0; n < step.times(); n++) {
            String path = words(step, step.path(), n);
            String body = step.body() == null ? null : words(step, Serialization.asJson(step.body()), n);
            Requests.Answer answer = town.requests(step.user())
                    .send(step.verb(), path.startsWith("/") ? path : Paths.of(step.namespace(), path), body);
            check(step, answer, () -> step.user() + " " + step.verb() + " " + path + ": " + answer.body());
        }
        step.makes()
                .ifPresent(pod -> Await.until(
                        "a pod " + pod,
                        Town.PATIENCE,
                        () -> !found(step.namespace(), "pods", pod).isEmpty()));
        Stream.of(step.fails(), step.tells()).flatMap(Optional::stream).forEach(part -> awaitEvent(step, part));
    }

    private void awaitEvent(Step step, String part) {
        Await.until(
                "an Event says " + part,
                Town.PATIENCE,
                () -> items(step.namespace(), "events").stream()
                        .anyMatch(event -> event.path("message").asText().contains(part)
                                || event.path("reason").asText().equals(part)));
    }

    private static void check(Step step, Requests.Answer answer, Supplier<String> what) {
        if (!step.answer().equals("any")) {
            assertEquals(step.isAccepted(), answer.accepted(), what);
        }
        if (!answer.accepted() && !step.answer().equals("any")) {
            assertTrue(answer.message().contains(step.answer()), what);
        }
    }

    /**
     * {@code <n>} is the number of the repetition, {@code <long 63>} so many letters, {@code <name pods checkout>} the first
     * of a kind whose name begins so, {@code <uid deployments checkout>} its uid, {@code <address pods pay/payments>} a pod's.
     */
    private String words(Step step, String text, int n) {
        return WORD.matcher(text)
                .replaceAll(word -> Matcher.quoteReplacement(
                        switch (word.group(1)) {
                            case "n" -> Integer.toString(n);
                            case "long" -> "a".repeat(Integer.parseInt(word.group(2)));
                            case "name" ->
                                object(step, word.group(2), word.group(3))
                                        .at("/metadata/name")
                                        .asText();
                            case "uid" ->
                                object(step, word.group(2), word.group(3))
                                        .at("/metadata/uid")
                                        .asText();
                            case "address" -> address(step, word.group(2), word.group(3));
                            default -> throw new IllegalArgumentException(word.group());
                        }));
    }

    /** A pod that has just been made has none yet. */
    private String address(Step step, String resource, String name) {
        AtomicReference<String> address = new AtomicReference<>("");
        Await.until("the address of " + name, Town.PATIENCE, () -> {
            address.set(object(step, resource, name)
                    .at(resource.equals("pods") ? "/status/podIP" : "/spec/clusterIP")
                    .asText());
            return !address.get().isEmpty();
        });
        return address.get();
    }

    private JsonNode object(Step step, String resource, String name) {
        String namespace = name.contains("/") ? name.replaceFirst("/.*", "") : step.namespace();
        return found(namespace, resource, name.replaceFirst(".*/", "")).get(0);
    }

    private List<JsonNode> found(String namespace, String resource, String prefix) {
        return items(namespace, resource).stream()
                .filter(object -> object.at("/metadata/name").asText().startsWith(prefix))
                .toList();
    }

    private List<JsonNode> items(String namespace, String resource) {
        JsonNode list = town.requests("administrator")
                .get(Paths.of(namespace, resource))
                .body();
        return StreamSupport.stream(list.path("items").spliterator(), false).toList();
    }
}
