package dev.bulkhead.app.console;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.bulkhead.cluster.access.Scope;
import dev.bulkhead.cluster.inventory.LiveView;
import java.time.Duration;
import java.util.function.Supplier;

/** Looks at the cluster when somebody asks, and at most so often; as long as nothing changes, answers are shared. */
final class ViewedClusters {

    /** A cluster in which pods come and go all the time is not looked at anew for every question. */
    private static final Duration FRESH = Duration.ofMillis(250);

    /** Whoever has not asked for so long is forgotten, with all that was worked out for them. */
    private static final Duration KEPT = Duration.ofMinutes(5);

    private static final int MOST_SCOPES = 32;

    private final Supplier<LiveView> inventory;
    private final Ticker ticker;
    private final Cache<Scope, ViewedCluster> clusters;
    private LiveView latest;
    private long lookedAt;

    ViewedClusters(Supplier<LiveView> inventory, Ticker ticker) {
        this.inventory = inventory;
        this.ticker = ticker;
        this.clusters = CacheBuilder.newBuilder()
                .ticker(ticker)
                .expireAfterAccess(KEPT)
                .maximumSize(MOST_SCOPES)
                // What was worked out can be worked out again, so it never keeps the process from getting memory.
                .softValues()
                .build();
    }

    /** The cluster as it is now, or was a moment ago; the same object while nothing changes. */
    synchronized LiveView latest() {
        long now = ticker.read();
        if (latest == null || now - lookedAt >= FRESH.toNanos()) {
            LiveView seen = inventory.get();
            latest = seen.equals(latest) ? latest : seen;
            lookedAt = now;
        }
        return latest;
    }

    ViewedCluster of(Scope scope) {
        LiveView view = latest();
        ViewedCluster known = clusters.getIfPresent(scope);
        if (known != null && known.view().equals(view)) {
            return known;
        }
        ViewedCluster cluster = known == null ? new ViewedCluster(view, scope) : known.at(view);
        clusters.put(scope, cluster);
        return cluster;
    }
}
