package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Answers who asks what is allowed: everybody may do everything here. */
final class AccessReviews {

    private AccessReviews() {}

    static ObjectNode answer(ObjectNode review) {
        ObjectNode answer = review.deepCopy();
        ObjectNode status = answer.putObject("status");
        if (answer.path("kind").asText().equals("SelfSubjectRulesReview")) {
            ObjectNode rule = status.putArray("resourceRules").addObject();
            for (String field : new String[] {"verbs", "apiGroups", "resources"}) {
                rule.putArray(field).add("*");
            }
            status.putArray("nonResourceRules");
            status.put("incomplete", false);
        } else {
            status.put("allowed", true);
        }
        return answer;
    }
}
