package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.cluster.inventory.LiveView;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once a second whether anything looks different, while somebody listens. */
final class ChangeWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeWatcher.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** What changed since the last look. */
    record Change(ImmutableSet<String> namespaces, boolean segments) {

        boolean isNothing() {
            return namespaces.isEmpty() && !segments;
        }
    }

    /** What changed since somebody last took it. */
    static final class Subscription implements AutoCloseable {

        private final Set<Subscription> all;
        private final Set<String> namespaces = new TreeSet<>();
        private boolean segments;

        private Subscription(Set<Subscription> all) {
            this.all = all;
        }

        private synchronized void add(Change change) {
            namespaces.addAll(change.namespaces());
            segments |= change.segments();
            notifyAll();
        }

        /** Waits for a change; nothing when there was none for so long. However slow somebody is, nothing piles up. */
        synchronized Change take(Duration patience) throws InterruptedException {
            long end = System.nanoTime() + patience.toNanos();
            long left = patience.toNanos();
            while (namespaces.isEmpty() && !segments && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = end - System.nanoTime();
            }
            Change taken = new Change(ImmutableSet.copyOf(namespaces), segments);
            namespaces.clear();
            segments = false;
            return taken;
        }

        @Override
        public void close() {
            all.remove(this);
        }
    }

    private final Supplier<LiveView> views;
    private final Set<Subscription> subscriptions = new CopyOnWriteArraySet<>();
    private final Thread looking = new Thread(this::look, "bulkhead-changes");

    ChangeWatcher(Supplier<LiveView> views) {
        this.views = views;
        looking.setDaemon(true);
    }

    void start() {
        looking.start();
    }

    Subscription subscribe() {
        Subscription subscription = new Subscription(subscriptions);
        subscriptions.add(subscription);
        synchronized (this) {
            notifyAll();
        }
        return subscription;
    }

    private void look() {
        try {
            ViewState before = null;
            while (true) {
                if (awaitListeners()) {
                    before = null;
                }
                before = compare(before);
                TimeUnit.NANOSECONDS.sleep(PERIOD.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param before null where nobody has looked yet */
    private ViewState compare(ViewState before) {
        try {
            ViewState now = ViewState.of(views.get());
            if (before != null) {
                Change change = new Change(now.changedNamespaces(before), now.segmentsChanged(before));
                tell(change);
            }
            return now;
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("Console changes not looked at");
            return before;
        }
    }

    void tell(Change change) {
        if (!change.isNothing()) {
            subscriptions.forEach(subscription -> subscription.add(change));
        }
    }

    /** @return whether nobody listened for a while */
    private synchronized boolean awaitListeners() throws InterruptedException {
        boolean waited = false;
        while (subscriptions.isEmpty()) {
            waited = true;
            wait();
        }
        return waited;
    }

    @Override
    public void close() {
        looking.interrupt();
    }
}
