package dev.bulkhead.cluster.status;

import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;

/** Makes an Event of what happened to a policy. */
public final class PolicyReporter {

    private final StatusPublisher publisher;
    private final EventRecorder events;

    PolicyReporter(StatusPublisher publisher, EventRecorder events) {
        this.publisher = publisher;
        this.events = events;
    }

    /** @param by the field manager that had changed it; empty where it is not known */
    public void repaired(NetworkPolicy.Key key, String by) {
        publisher.submit(
                key.namespace(),
                key,
                () -> events.record(
                        new ObjectReferenceBuilder()
                                .withApiVersion("networking.k8s.io/v1")
                                .withKind("NetworkPolicy")
                                .withNamespace(key.namespace())
                                .withName(key.name())
                                .build(),
                        EventRecorder.Severity.WARNING,
                        "DriftRepaired",
                        "Repair",
                        "It was changed or deleted" + (by.isEmpty() ? "" : " by " + by)
                                + " and is again what the intents say. Change the intents instead."));
    }
}
