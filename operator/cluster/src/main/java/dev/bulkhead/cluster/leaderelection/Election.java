package dev.bulkhead.cluster.leaderelection;

import com.google.common.base.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tries to take the lease, or to renew it. How old somebody else's renewal is it measures itself, from the moment in which
 * it saw the lease change: the times in the lease are those of another machine, whose clock may be hours away from ours.
 */
final class Election {

    /** What a lease that was given up says; zero is not allowed. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(1);

    private final LeaseApi api;
    private final ElectionSettings settings;
    private final LeaseFence fence;
    private final Ticker ticker;
    private final Clock clock;

    private Optional<LeaseRecord> observed = Optional.empty();
    private long observedAt;
    private boolean holding;

    /** @param fence told of each renewal */
    Election(LeaseApi api, ElectionSettings settings, LeaseFence fence, Ticker ticker, Clock clock) {
        this.api = api;
        this.settings = settings;
        this.fence = fence;
        this.ticker = ticker;
        this.clock = clock;
    }

    /**
     * Asks the API server once or twice.
     *
     * @return whether this replica holds the lease
     * @throws io.fabric8.kubernetes.client.KubernetesClientException where it is not known who does
     */
    synchronized boolean tryToLead() {
        LeaseFence.Moment asked = fence.now();
        // A leader knows what it wrote itself; where somebody else wrote meanwhile it is told so by a conflict.
        Optional<LeaseRecord> found = holding ? observed : api.read();
        holding = false;
        if (found.isEmpty() && mayBeHeldByAnother()) {
            return false;
        }
        observe(found);
        if (found.isEmpty()) {
            Instant now = clock.instant();
            took(asked, api.create(new LeaseRecord(settings.identity(), settings.leaseDuration(), now, now, 0, "")));
        } else if (isMine(found.get()) || isFree(found.get())) {
            took(asked, api.replace(held(found.get())));
        }
        return holding;
    }

    /** Somebody has deleted the lease; whoever held it may go on to write until it would have expired. */
    private boolean mayBeHeldByAnother() {
        return observed.filter(record -> !isMine(record) && !isFree(record)).isPresent();
    }

    private void observe(Optional<LeaseRecord> found) {
        if (!found.equals(observed)) {
            observed = found;
            observedAt = ticker.read();
        }
    }

    private void took(LeaseFence.Moment asked, LeaseRecord written) {
        observe(Optional.of(written));
        holding = true;
        fence.renewed(asked);
    }

    private boolean isMine(LeaseRecord record) {
        return record.holder().equals(settings.identity());
    }

    private boolean isFree(LeaseRecord record) {
        return record.holder().isEmpty() || untilExpired(record).isZero();
    }

    private Duration untilExpired(LeaseRecord record) {
        // A replica of another configuration may hold it for longer than this one would.
        Duration held = record.duration().compareTo(settings.leaseDuration()) > 0
                ? record.duration()
                : settings.leaseDuration();
        return Duration.ofNanos(Math.max(0, observedAt + held.toNanos() - ticker.read()));
    }

    private LeaseRecord held(LeaseRecord before) {
        Instant now = clock.instant();
        boolean mine = isMine(before);
        return new LeaseRecord(
                settings.identity(),
                settings.leaseDuration(),
                mine ? before.acquired() : now,
                now,
                before.transitions() + (mine ? 0 : 1),
                before.version());
    }

    /** Who held it when it was last seen; empty where nobody did. */
    synchronized String leader() {
        return observed.map(LeaseRecord::holder).orElse("");
    }

    /** Until the lease of somebody else can be taken, if it is not renewed. */
    synchronized Duration untilFree() {
        return observed.filter(record -> !record.holder().isEmpty())
                .map(this::untilExpired)
                .orElse(Duration.ZERO);
    }

    /**
     * Lets another replica lead at once. Whoever calls it has stopped writing.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException where the lease could not be given up, and expires instead
     */
    synchronized void giveUp() {
        Optional<LeaseRecord> found = (holding ? observed : api.read()).filter(this::isMine);
        holding = false;
        found.ifPresent(record -> api.replace(new LeaseRecord(
                "", GIVEN_UP, record.acquired(), clock.instant(), record.transitions(), record.version())));
    }
}
