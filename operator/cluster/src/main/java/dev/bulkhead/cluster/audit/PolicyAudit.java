package dev.bulkhead.cluster.audit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Looks at what policies by others open in enforced namespaces, a moment after anything changed. On a thread of its own, where
 * namespaces take turns of {@link #SLICE}: whatever one of them contains, the others are not looked at later for it.
 */
public final class PolicyAudit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyAudit.class);
    private static final Duration KINDS_ARE_FRESH = Duration.ofMinutes(10);

    /** How long one namespace is looked at before it is another one's turn. */
    static final Duration SLICE = Duration.ofMillis(50);

    private final Supplier<InventorySnapshot> snapshots;
    private final OtherKinds kinds;
    private final Consumer<AuditResult> changed;
    private final LogQuota quota;
    private final Thread worker = new Thread(this::work, "bulkhead-audit");
    private final AuditSchedule turns = new AuditSchedule();
    /** Begun and not at their end; of the worker alone, as what follows. */
    private final Map<String, NamespaceAudit> begun = new HashMap<>();

    private final Map<String, ImmutableList<Voided>> voided = new TreeMap<>();
    private ImmutableList<String> notJudged = ImmutableList.of();
    private Optional<Long> kindsReadAt = Optional.empty();
    private volatile AuditResult found = AuditResult.NOTHING;

    /**
     * @param changed told when something else was found than before
     * @param quota of lines that namespaces cause
     */
    public PolicyAudit(
            KubernetesClient client,
            Supplier<InventorySnapshot> snapshots,
            Consumer<AuditResult> changed,
            LogQuota quota) {
        this.snapshots = snapshots;
        this.kinds = new OtherKinds(client);
        this.changed = changed;
        this.quota = quota;
        worker.setDaemon(true);
    }

    public void start() {
        worker.start();
    }

    /** Something changed in these namespaces that may make a difference. */
    public synchronized void touch(Collection<String> namespaces) {
        long now = System.nanoTime();
        namespaces.forEach(namespace -> turns.changed(namespace, now));
        notifyAll();
    }

    public AuditResult found() {
        return found;
    }

    @Override
    public void close() {
        worker.interrupt();
    }

    private void work() {
        try {
            while (true) {
                try {
                    workOnce();
                } catch (RuntimeException e) {
                    LOG.atWarn().setCause(e).log("Audit failed");
                    TimeUnit.SECONDS.sleep(1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void workOnce() throws InterruptedException {
        readKinds();
        Optional<String> namespace = next();
        if (namespace.isPresent()) {
            long worked = look(namespace.get());
            TimeUnit.NANOSECONDS.sleep(worked);
        } else {
            awaitTurn();
        }
    }

    private Optional<String> next() {
        if (asksForOthers()) {
            Collection<String> all = ImmutableSortedSet.<String>naturalOrder()
                    .addAll(snapshots.get().policies().keySet())
                    .addAll(voided.keySet())
                    .build();
            synchronized (this) {
                turns.others(all);
            }
        }
        synchronized (this) {
            return turns.next(System.nanoTime());
        }
    }

    private synchronized boolean asksForOthers() {
        return turns.asksForOthers();
    }

    private synchronized void awaitTurn() throws InterruptedException {
        for (long left = untilNext(); left > 0; left = untilNext()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private synchronized long untilNext() {
        long now = System.nanoTime();
        long kindsFresh = kindsReadAt.orElse(now) + KINDS_ARE_FRESH.toNanos() - now;
        return turns.asksForOthers()
                ? 0
                : Math.min(kindsFresh, turns.untilNext(now).orElse(Long.MAX_VALUE));
    }

    /** @return how long it took, in nanoseconds */
    private long look(String namespace) {
        long begin = System.nanoTime();
        boolean done = proceed(namespace, begin + SLICE.toNanos());
        long end = System.nanoTime();
        synchronized (this) {
            if (done) {
                turns.done(namespace, end - begin, end);
            } else {
                turns.interrupted(namespace, end - begin, end);
            }
        }
        return end - begin;
    }

    /** Of a look that fails, what the one before it has found stays. */
    private boolean proceed(String namespace, long moment) {
        try {
            NamespaceAudit audit = begun.computeIfAbsent(namespace, name -> new NamespaceAudit(snapshots.get(), name));
            if (!audit.proceed(System::nanoTime, moment)) {
                return false;
            }
            found(namespace, audit.found());
        } catch (RuntimeException e) {
            quota.line(LOG, Level.WARN, namespace).setCause(e).log("Audit failed");
        }
        begun.remove(namespace);
        return true;
    }

    private void found(String namespace, ImmutableList<Voided> now) {
        ImmutableList<Voided> before = now.isEmpty() ? voided.remove(namespace) : voided.put(namespace, now);
        if (!now.equals(before == null ? ImmutableList.of() : before)) {
            tell();
        }
    }

    private void tell() {
        found = new AuditResult(
                voided.values().stream().flatMap(Collection::stream).collect(ImmutableList.toImmutableList()),
                notJudged);
        changed.accept(found);
    }

    private void readKinds() {
        long now = System.nanoTime();
        if (kindsReadAt.isPresent() && now - kindsReadAt.get() < KINDS_ARE_FRESH.toNanos()) {
            return;
        }
        kindsReadAt = Optional.of(now);
        try {
            ImmutableList<String> names = kinds.names();
            if (!names.equals(notJudged)) {
                notJudged = names;
                tell();
            }
        } catch (KubernetesClientException e) {
            LOG.atWarn().addKeyValue(LogKey.ERROR, Errors.brief(e)).log("Other kinds of policies not read");
        }
    }
}
