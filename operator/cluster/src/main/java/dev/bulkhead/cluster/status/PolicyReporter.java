package dev.bulkhead.cluster.status;

import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;

/** Makes an Event of what happened to a policy. */
public final class PolicyReporter {

    private record Subject(NetworkPolicy.Key policy, String reason) {}

    private final StatusPublisher publisher;
    private final EventRecorder events;

    PolicyReporter(StatusPublisher publisher, EventRecorder events) {
        this.publisher = publisher;
        this.events = events;
    }

    /** @param by the field manager that had changed it; empty where it is not known */
    public void repaired(NetworkPolicy.Key key, String by) {
        record(
                key,
                EventRecorder.Severity.WARNING,
                "DriftRepaired",
                "Repair",
                "It was changed or deleted" + (by.isEmpty() ? "" : " by " + by)
                        + " and is again what the intents say. Change the intents instead.");
    }

    /** @param before the policy by somebody else that is ours now, or whose place ours has taken */
    public void adopted(NetworkPolicy.Key before, NetworkPolicy.Key ours) {
        record(
                ours,
                EventRecorder.Severity.NORMAL,
                "Adopted",
                "Adopt",
                before.equals(ours)
                        ? "Bulkhead has taken it over and keeps it from now on."
                        : "It has taken the place of " + before.name() + ", which allowed the same and is gone.");
    }

    public void notAdopted(NetworkPolicy.Key key, String why) {
        record(
                key,
                EventRecorder.Severity.WARNING,
                "NotAdopted",
                "Adopt",
                "It is offered to Bulkhead and stays as it is: " + why + ".");
    }

    private void record(
            NetworkPolicy.Key key, EventRecorder.Severity severity, String reason, String action, String note) {
        publisher.submit(
                key.namespace(),
                new Subject(key, reason),
                () -> events.record(
                        new ObjectReferenceBuilder()
                                .withApiVersion("networking.k8s.io/v1")
                                .withKind("NetworkPolicy")
                                .withNamespace(key.namespace())
                                .withName(key.name())
                                .build(),
                        severity,
                        reason,
                        action,
                        note));
    }
}
