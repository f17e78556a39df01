package dev.bulkhead.cluster.status;

import dev.bulkhead.cluster.apply.WriteCounters;
import dev.bulkhead.cluster.audit.PolicyAudit;
import dev.bulkhead.cluster.inventory.Inventory;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;

/** All that is said to people, through one queue. */
public record Reporters(
        IntentReporter intents,
        SegmentReporter segments,
        GuardrailReporter guardrails,
        PolicyReporter policies,
        PolicyAudit audit) {

    /** @param instance which replica says it */
    public static Reporters create(
            KubernetesClient client,
            Inventory inventory,
            StatusPublisher publisher,
            WriteCounters counters,
            Clock clock,
            String instance) {
        StatusWriter writer = new StatusWriter(client, counters);
        EventRecorder events = new EventRecorder(client, counters, clock, instance);
        SegmentReporter segments =
                new SegmentReporter(inventory, publisher, writer, events, new SegmentStatuses(clock));
        return new Reporters(
                new IntentReporter(inventory, publisher, writer, events, new IntentStatuses(clock)),
                segments,
                new GuardrailReporter(inventory, publisher, writer, clock),
                new PolicyReporter(publisher, events),
                new PolicyAudit(client, inventory::snapshot, segments::audited));
    }
}
