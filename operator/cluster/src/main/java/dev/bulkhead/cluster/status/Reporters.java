package dev.bulkhead.cluster.status;

import dev.bulkhead.cluster.apply.WriteCounters;
import dev.bulkhead.cluster.audit.PolicyAudit;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.log.LogQuota;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;

/** All that is said to people, through one queue. */
public record Reporters(
        IntentReporter intents,
        SegmentReporter segments,
        GuardrailReporter guardrails,
        PolicyReporter policies,
        PolicyAudit audit) {

    /**
     * @param client for what is read past all caches
     * @param api for all that is written
     * @param instance which replica says it
     * @param quota of lines that namespaces cause
     */
    public static Reporters create(
            KubernetesClient client,
            StatusApi api,
            Inventory inventory,
            ReportQueue queue,
            WriteCounters counters,
            Clock clock,
            String instance,
            LogQuota quota) {
        StatusWriter writer = new StatusWriter(api, client.getKubernetesSerialization(), counters);
        EventRecorder events = new EventRecorder(api, counters, clock, instance, quota);
        StatusLog log = new StatusLog(quota);
        SegmentReporter segments =
                new SegmentReporter(inventory, queue, writer, events, new SegmentStatuses(clock), log);
        return new Reporters(
                new IntentReporter(inventory, queue, writer, events, new IntentStatuses(clock), log),
                segments,
                new GuardrailReporter(inventory, queue, writer, log, clock),
                new PolicyReporter(queue, events, quota),
                new PolicyAudit(client, inventory::snapshot, segments::audited, quota));
    }
}
