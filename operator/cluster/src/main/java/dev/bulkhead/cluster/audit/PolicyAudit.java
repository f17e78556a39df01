package dev.bulkhead.cluster.audit;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.Snapshot;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Widening;
import dev.bulkhead.core.reach.Widenings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what policies by others open in enforced namespaces, a moment after anything changed. On a thread of its own,
 * which it keeps busy for a tenth of the time at most, however large the cluster is.
 */
public final class PolicyAudit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyAudit.class);
    /** Changes come in bursts. */
    private static final long SETTLING_MILLIS = 200;

    private static final long REST_PER_WORK = 10;
    private static final Duration KINDS_ARE_FRESH = Duration.ofMinutes(10);

    private static final int LONGEST_PROBLEM = 500;

    private final Supplier<Snapshot> snapshots;
    private final OtherKinds kinds;
    private final Consumer<Audited> changed;
    private final Thread worker = new Thread(this::work, "bulkhead-audit");
    private boolean due = true;
    private volatile Audited found = Audited.NOTHING;
    private long kindsReadAt;
    private ImmutableList<String> notJudged = ImmutableList.of();

    /** @param changed told when something else was found than before */
    public PolicyAudit(KubernetesClient client, Supplier<Snapshot> snapshots, Consumer<Audited> changed) {
        this.snapshots = snapshots;
        this.kinds = new OtherKinds(client);
        this.changed = changed;
        worker.setDaemon(true);
    }

    public void start() {
        worker.start();
    }

    /** Something changed that may make a difference. */
    public synchronized void touch() {
        due = true;
        notifyAll();
    }

    public Audited found() {
        return found;
    }

    @Override
    public void close() {
        worker.interrupt();
    }

    private void work() {
        try {
            while (true) {
                awaitDue();
                TimeUnit.MILLISECONDS.sleep(SETTLING_MILLIS);
                long begin = System.nanoTime();
                look();
                TimeUnit.NANOSECONDS.sleep((System.nanoTime() - begin) * REST_PER_WORK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitDue() throws InterruptedException {
        while (!due) {
            wait(KINDS_ARE_FRESH.toMillis());
            due |= System.nanoTime() - kindsReadAt > KINDS_ARE_FRESH.toNanos();
        }
        due = false;
    }

    /** An audit that fails finds what the one before it found. */
    private void look() {
        try {
            Audited now = new Audited(voided(snapshots.get()), notJudged());
            if (!now.equals(found)) {
                found = now;
                changed.accept(now);
            }
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("Audit failed");
        }
    }

    private ImmutableList<String> notJudged() {
        if (kindsReadAt == 0 || System.nanoTime() - kindsReadAt > KINDS_ARE_FRESH.toNanos()) {
            try {
                notJudged = kinds.names();
            } catch (KubernetesClientException e) {
                LOG.atWarn().addKeyValue(LogKey.ERROR, Errors.brief(e)).log("Other kinds of policies not read");
            }
            kindsReadAt = System.nanoTime();
        }
        return notJudged;
    }

    static ImmutableList<Voided> voided(Snapshot snapshot) {
        Map<NetworkPolicy.Key, LivePolicy> policies = new LinkedHashMap<>();
        snapshot.policies()
                .values()
                .forEach(namespace -> namespace
                        .values()
                        .forEach(live -> policies.put(live.policy().key(), live)));
        List<Widening> widenings = Widenings.find(
                snapshot.world().namespaces(),
                policies.values().stream().map(LivePolicy::policy).toList(),
                policy -> Marker.isManaged(policy.labels()),
                snapshot.enrolment()::enforced);
        Map<NetworkPolicy.Key, Voided> first = new LinkedHashMap<>();
        for (Widening widening : widenings) {
            first.computeIfAbsent(
                    widening.policy(), key -> new Voided(key, policies.get(key).writer(), described(widening)));
        }
        for (String namespace : snapshot.policies().keySet()) {
            if (!snapshot.enrolment().enforced(namespace).isEmpty()) {
                snapshot.unreadable(namespace)
                        .forEach(live -> first.put(
                                live.policy().key(), new Voided(live.policy().key(), live.writer(), unreadable(live))));
            }
        }
        return ImmutableList.copyOf(first.values());
    }

    private static String unreadable(LivePolicy live) {
        String problem = live.problem().orElseThrow();
        return "anything, for it is not understood: "
                + problem.substring(0, Math.min(problem.length(), LONGEST_PROBLEM));
    }

    private static String described(Widening widening) {
        return described(widening.source()) + " to " + described(widening.destination()) + " on " + widening.ports();
    }

    private static String described(Endpoint end) {
        return end.fold(
                pods -> pods.namespace() + " (" + pods.pods().serviceAccount() + ", "
                        + pods.pods().labels() + ")",
                outside -> outside.address().toString());
    }
}
