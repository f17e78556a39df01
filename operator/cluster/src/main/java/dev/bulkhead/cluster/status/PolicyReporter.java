package dev.bulkhead.cluster.status;

import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Makes an Event of what happened to a policy. */
public final class PolicyReporter {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyReporter.class);

    private record Subject(NetworkPolicy.Key policy, String reason) {}

    private final ReportQueue queue;
    private final EventRecorder events;
    private final LogQuota quota;

    PolicyReporter(ReportQueue queue, EventRecorder events, LogQuota quota) {
        this.queue = queue;
        this.events = events;
        this.quota = quota;
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
        quota.line(LOG, Level.INFO, key.namespace())
                .addKeyValue(LogKey.POLICY, key.name())
                .addKeyValue(LogKey.NOTE, why)
                .log("Policy not adopted");
        record(
                key,
                EventRecorder.Severity.WARNING,
                "NotAdopted",
                "Adopt",
                "It is offered to Bulkhead and stays as it is: " + why + ".");
    }

    private void record(
            NetworkPolicy.Key key, EventRecorder.Severity severity, String reason, String action, String note) {
        queue.submit(
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
