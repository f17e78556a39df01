package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Does what the chart's admission policies do to pods: stamps the service account as a label and refuses another value.
 * The policies themselves are not evaluated here; that they are installed, marked with the label
 * {@code bulkhead.dev/identity: "true"}, is what turns this on.
 */
final class IdentityAdmission {

    private static final String LABEL = "bulkhead.dev/service-account";

    private final ObjectStore store;

    IdentityAdmission(ObjectStore store) {
        this.store = store;
    }

    /** Changes a pod that is about to be created or updated. */
    void mutate(ObjectNode pod) {
        if (installed(ResourceTypes.MUTATING_ADMISSION_POLICIES)) {
            Json.metadata(pod).withObject("/labels").put(LABEL, serviceAccount(pod));
        }
    }

    /** Refuses a pod, or a pod's status, that claims another identity. */
    void validate(ObjectNode pod) {
        String claimed = pod.path("metadata").path("labels").path(LABEL).asText();
        if (installed(ResourceTypes.VALIDATING_ADMISSION_POLICIES) && !claimed.equals(serviceAccount(pod))) {
            throw ApiException.invalid("pods \"" + Json.name(pod) + "\" is forbidden: the label " + LABEL
                    + " must be the pod's service account, " + serviceAccount(pod));
        }
    }

    private boolean installed(ResourceType policies) {
        return store.list(policies).stream()
                .anyMatch(policy -> policy.path("metadata")
                        .path("labels")
                        .path("bulkhead.dev/identity")
                        .asText()
                        .equals("true"));
    }

    private static String serviceAccount(ObjectNode pod) {
        return pod.path("spec").path("serviceAccountName").asText();
    }
}
