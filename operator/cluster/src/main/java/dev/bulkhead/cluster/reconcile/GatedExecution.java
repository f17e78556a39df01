package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.cluster.inventory.PendingWithdrawals;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.metrics.ReconcileWork;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.core.plan.Plan;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what the gates have let pass, and says that what had to be withdrawn is, once the last such write is acknowledged. */
final class GatedExecution {

    private static final Logger LOG = LoggerFactory.getLogger(GatedExecution.class);
    /** To tell which write of a longer plan is the last that withdraws costs more than to wait for its end. */
    private static final int LONG = 200;

    private final PlanExecutor instalments;
    private final PendingWithdrawals pending;
    private final DriftTracker drift;
    private final ConflictBackoff fights;
    private final AdoptionTracker offers;
    private final ReconcileWork work;
    private final Reporters reporters;

    GatedExecution(
            PlanExecutor instalments,
            PendingWithdrawals pending,
            DriftTracker drift,
            ConflictBackoff fights,
            AdoptionTracker offers,
            ReconcileWork work,
            Reporters reporters) {
        this.instalments = instalments;
        this.pending = pending;
        this.drift = drift;
        this.fights = fights;
        this.offers = offers;
        this.work = work;
        this.reporters = reporters;
    }

    /**
     * @param wake what the snapshot behind the proposal has seen at least
     * @param withdrawn whether everything is withdrawn that the namespace has to withdraw once this is carried out
     * @return the writes that are left for the next pass
     */
    ImmutableList<Write> carryOut(ProposedWrites proposal, long wake, boolean withdrawn) {
        List<Write> written = new ArrayList<>();
        Plan plan = proposal.plan();
        String namespace = proposal.namespace();
        int untilWithdrawn = untilWithdrawn(proposal);
        Runnable settle = () -> {
            if (withdrawn && written.size() == untilWithdrawn) {
                pending.settle(namespace, wake);
            }
        };
        settle.run();
        drift.expected(plan.writes(), proposal.live());
        long end = instalments.end();
        try {
            PlanExecutor.Carried first =
                    instalments.carryOut(plan.writes().subList(0, plan.withdrawals()), proposal.live(), end, write -> {
                        written.add(write);
                        settle.run();
                    });
            if (first.left().isEmpty()) {
                instalments.carryOut(
                        plan.writes().subList(plan.withdrawals(), plan.writes().size()), first.live(), end, write -> {
                            written.add(write);
                            settle.run();
                        });
            }
            return plan.writes().subList(written.size(), plan.writes().size());
        } finally {
            tell(namespace, plan, written);
        }
    }

    private int untilWithdrawn(ProposedWrites proposal) {
        Plan plan = proposal.plan();
        boolean matters =
                pending.isExpected(proposal.namespace()) && plan.writes().size() <= LONG;
        return matters
                ? plan.untilWithdrawn(proposal.livePolicies())
                : plan.writes().size();
    }

    /** Also of a plan that failed half way. */
    private void tell(String namespace, Plan plan, List<Write> written) {
        if (written.isEmpty()) {
            return;
        }
        drift.written(written, this::repaired);
        offers.written(written);
        work.wrote(namespace);
        reporters.audit().touch(Set.of(namespace));
        plan.caveats()
                .forEach(caveat -> LOG.atWarn()
                        .addKeyValue(LogKey.NAMESPACE, namespace)
                        .addKeyValue(LogKey.NOTE, caveat)
                        .log("Order not kept"));
    }

    private void repaired(NetworkPolicy.Key key, String by) {
        fights.repaired(key, by);
        reporters.policies().repaired(key, by);
    }
}
