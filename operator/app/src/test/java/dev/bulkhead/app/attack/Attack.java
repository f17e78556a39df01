package dev.bulkhead.app.attack;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody tries, and what has to come of it. Besides, after every attack holds what {@link Town} demands of all.
 *
 * @param name a sentence
 * @param means by what
 * @param situations what others do beforehand, by a name for it: what the attacker sees has to be alike in all of them
 * @param steps what the attacker does
 * @param rangesUnknown whether nobody tells the operator the ranges of pods and Services
 * @param restart whether the operator is started again after them
 * @param viewer the namespace from which the attacker looks at what is alike
 * @param meanwhile what the victim does then, without waiting, and has to be served
 * @param told the Segments that are not Ready once it is done, and for which reason
 * @param unwritten the namespaces into which nothing can be written then
 * @param closed connections that must not be open, such as {@code shop/forger -> pay/payments 8080}
 * @param after puts back what the attack changed of what was there before
 * @param limit why it succeeds, where Bulkhead does not promise that it fails
 * @param unreserved what a page says of it where managed policies are not reserved, if it is not what its steps say
 */
record Attack(
        Goal goal,
        String name,
        String means,
        Map<String, List<Step>> situations,
        List<Step> steps,
        boolean rangesUnknown,
        boolean restart,
        String viewer,
        List<Step> meanwhile,
        Map<String, String> told,
        List<String> unwritten,
        List<String> closed,
        List<Step> after,
        Optional<String> limit,
        Optional<String> unreserved) {

    static final String SAME = "the same";

    /** What a page says of it. */
    String result() {
        if (limit.isPresent()) {
            return "**succeeds**: " + limit.get();
        }
        if (!situations.isEmpty()) {
            return "alike: " + String.join(", ", situations.keySet());
        }
        if (!meanwhile.isEmpty()) {
            return "the other team is served";
        }
        List<Step> own = steps.stream().filter(Step::isAttackers).toList();
        if (own.stream().noneMatch(Step::isAccepted)) {
            return "refused";
        }
        boolean partly =
                own.stream().anyMatch(step -> !step.isAccepted() || step.fails().isPresent());
        return partly ? "refused in part, nothing opens" : "accepted, nothing opens";
    }

    /** What a page says of it where managed policies are not reserved. */
    String resultWithoutReservation() {
        if (unreserved.isPresent()) {
            return unreserved.get();
        }
        return dependsOnReservation() ? "accepted, put right" : SAME;
    }

    /** Whether the API server takes something of it only where managed policies are not reserved. */
    boolean dependsOnReservation() {
        return steps.stream().anyMatch(step -> !step.answer().equals(step.unreserved()));
    }

    /** What it is where managed policies are not reserved. */
    Attack withoutReservation() {
        return new Attack(
                goal,
                name,
                means,
                situations,
                steps.stream().map(Step::withoutReservation).toList(),
                rangesUnknown,
                restart,
                viewer,
                meanwhile,
                told,
                unwritten,
                closed,
                after,
                limit,
                unreserved);
    }

    /** Whether this, of {@link Others}, has to be as it was before. */
    boolean concernsOthers(String key) {
        return told.keySet().stream().noneMatch(segment -> key.endsWith("/segments/" + segment));
    }

    /** What a link to its row says behind the #. */
    String anchor() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
