package dev.bulkhead.cluster.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.cluster.apply.WriteCounters.Written;
import dev.bulkhead.cluster.inventory.LivePolicies;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WriteCountersTest {

    private static final NetworkPolicy POLICY = LivePolicies.policy("shop", "bulkhead-baseline");
    private static final LivePolicy OURS = LivePolicies.of(POLICY, "uid", "9");
    private static final LivePolicy THEIRS = LivePolicies.byOthers(POLICY, "kubectl-edit", "uid", "9");

    private final Set<NetworkPolicy.Key> drifted = new HashSet<>();
    private final WriteCounters counters = new WriteCounters(drifted::contains);

    @Test
    void nothingIsCountedBeforeAnythingIsWritten() {
        assertEquals(Map.of(), counters.counts());
        assertEquals(0, counters.policyWrites());
        assertEquals(0, counters.repairs());
    }

    @Test
    void writesAreCountedByWhatWasDone() {
        Written created = counters.created(POLICY.key());
        Written updated = counters.updated(OURS);
        Written deleted = counters.deleted(OURS);
        counters.deleted(OURS);
        assertEquals(new Written("NetworkPolicy", "create", "change"), created);
        assertEquals(new Written("NetworkPolicy", "update", "change"), updated);
        assertEquals(new Written("NetworkPolicy", "delete", "change"), deleted);
        assertEquals(Map.of(created, 1L, updated, 1L, deleted, 2L), counters.counts());
        assertEquals(4, counters.policyWrites());
        assertEquals(0, counters.repairs());
    }

    @Test
    void whatSomebodyElseHadChangedIsARepairWhateverIsDone() {
        drifted.add(POLICY.key());
        assertEquals("drift", counters.created(POLICY.key()).reason());
        assertEquals("drift", counters.updated(OURS).reason());
        assertEquals("drift", counters.deleted(OURS).reason());
        counters.created(LivePolicies.policy("pay", "bulkhead-baseline").key());
        assertEquals(3, counters.repairs());
        assertEquals(4, counters.policyWrites());
    }

    @Test
    void whatSomebodyElseHadOfferedIsTakenOver() {
        assertEquals("adoption", counters.updated(THEIRS).reason());
        assertEquals("adoption", counters.deleted(THEIRS).reason());
        assertEquals(2, counters.policyWrites());
        assertEquals(0, counters.repairs());
    }

    @Test
    void whatSomebodyElsePutInThePlaceOfOneOfOursIsRepairedAndNotTakenOver() {
        drifted.add(POLICY.key());
        assertEquals("drift", counters.updated(THEIRS).reason());
    }

    @Test
    void statusesAndEventsAreCountedApart() {
        counters.wroteStatus("Segment");
        counters.wroteStatus("Segment");
        counters.wroteEvent("PolicyRestored");
        assertEquals(
                Map.of(
                        new Written("Segment", "status", "change"), 2L,
                        new Written("Event", "create", "PolicyRestored"), 1L),
                counters.counts());
        assertEquals(0, counters.policyWrites());
    }
}
