package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.plan.Plan;
import dev.bulkhead.core.plan.Planner;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a replica does that has read the cluster and does not lead: it works out what it would write if nothing were there, and
 * writes nothing. By the time it leads the code is loaded and compiled; otherwise its first passes would take several times
 * as long as later ones, and everything that is declared during a hand-over would wait for them.
 */
final class StandbyWarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(StandbyWarmUp.class);
    /** Enough for the JVM to compile what is used often; a few milliseconds each. */
    private static final int PASSES = 50;

    private final Supplier<InventorySnapshot> current;
    private final ConsistentReads reads;
    private final Compiler compiler = new Compiler();
    private final Planner planner = new Planner();
    private final Consumer<NetworkPolicy> rendering;

    /** @param rendering makes of a policy what would be sent */
    StandbyWarmUp(Supplier<InventorySnapshot> current, ConsistentReads reads, Consumer<NetworkPolicy> rendering) {
        this.current = current;
        this.reads = reads;
        this.rendering = rendering;
    }

    /**
     * Failures are of no account.
     *
     * @param over asked before each pass
     */
    void run(BooleanSupplier over) {
        try {
            InventorySnapshot snapshot = current.get();
            List<String> namespaces = snapshot.enrolment().segments().keySet().asList();
            if (namespaces.isEmpty()) {
                return;
            }
            reads.revisions("Segment");
            for (int pass = 0; pass < PASSES && !over.getAsBoolean(); pass++) {
                rehearse(snapshot, namespaces.get(pass % namespaces.size()));
            }
        } catch (RuntimeException e) {
            LOG.atDebug().addKeyValue(LogKey.ERROR, Errors.brief(e)).log("Rehearsal failed");
        }
    }

    private void rehearse(InventorySnapshot snapshot, String namespace) {
        Compilation compilation = compiler.compile(
                snapshot.world(), snapshot::policiesByOthers, snapshot.declarations(), snapshot.enrolment(), namespace);
        Plan plan = planner.plan(snapshot.world(), ImmutableList.of(), compilation.policies(), ImmutableSet.of());
        plan.writes().forEach(write -> write.written().ifPresent(rendering));
    }
}
