package dev.bulkhead.app.attack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request, or many alike.
 *
 * @param user who sends it
 * @param namespace what the path is relative to
 * @param verb post, put, merge, strategic, json (RFC 6902), apply (server-side, forced), get or delete
 * @param path such as {@code pods/forger/status}
 * @param answer {@code accepted}, a part of the refusal's message, or {@code any}
 * @param unreserved the answer where managed policies are not reserved
 * @param makes the beginning of a pod's name that has to come of it
 * @param fails a part of the Event by which a controller reports that no pod comes of it
 * @param tells the reason, or a part of the message, of an Event that has to be in the namespace then
 * @param times how often, {@code <n>} being the number
 */
record Step(
        String user,
        String namespace,
        String verb,
        String path,
        Object body,
        String answer,
        String unreserved,
        Optional<String> makes,
        Optional<String> fails,
        Optional<String> tells,
        int times) {

    private static final Set<String> OTHERS = Set.of("administrator", "security team");
    private static final List<String> VERBS =
            List.of("post", "put", "merge", "strategic", "json", "apply", "get", "delete");
    private static final Set<String> FIELDS = Set.of("as", "in", "body", "answer", "makes", "fails", "tells", "times");

    static Step of(Map<String, Object> step, String user, String namespace) {
        List<String> verbs = VERBS.stream().filter(step::containsKey).toList();
        if (verbs.size() != 1
                || !step.keySet().stream().allMatch(field -> FIELDS.contains(field) || VERBS.contains(field))) {
            throw new IllegalArgumentException("not a step: " + step);
        }
        String verb = verbs.get(0);
        Object answer = step.getOrDefault("answer", "accepted");
        return new Step(
                text(step, "as").orElse(user),
                text(step, "in").orElse(namespace),
                verb,
                text(step, verb).orElseThrow(),
                step.get("body"),
                answer(answer, "reserved"),
                answer(answer, "otherwise"),
                text(step, "makes"),
                text(step, "fails"),
                text(step, "tells"),
                Integer.parseInt(text(step, "times").orElse("1")));
    }

    private static String answer(Object answer, String configuration) {
        return String.valueOf(answer instanceof Map<?, ?> answers ? answers.get(configuration) : answer);
    }

    /** What it is where managed policies are not reserved. */
    Step withoutReservation() {
        return new Step(user, namespace, verb, path, body, unreserved, unreserved, makes, fails, tells, times);
    }

    private static Optional<String> text(Map<String, Object> step, String field) {
        return Optional.ofNullable(step.get(field)).map(String::valueOf);
    }

    /** Whether it is part of the attack, rather than of what it meets. */
    boolean isAttackers() {
        return !OTHERS.contains(user);
    }

    boolean isAccepted() {
        return answer.equals("accepted");
    }
}
