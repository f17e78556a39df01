package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** A line where a namespace comes to be held or to fail, and one where that is over; none for each look in between. */
final class Holds {

    private static final Logger LOG = LoggerFactory.getLogger(Holds.class);

    /** What does not happen, as the key {@code reason} says it. */
    enum Held {
        /** Nothing is taken away. */
        SHRINK("ShrinkHeld"),
        /** Nothing opens. */
        GROWTH("GrowthHeld"),
        /** Nothing changes. */
        NAMESPACE("Held");

        private final String reason;

        Held(String reason) {
            this.reason = reason;
        }
    }

    private final Map<String, Held> holds = new ConcurrentHashMap<>();
    private final Map<String, Boolean> failing = new ConcurrentHashMap<>();
    private final Set<String> doubted = ConcurrentHashMap.newKeySet();
    private final LogQuota quota;

    Holds(LogQuota quota) {
        this.quota = quota;
    }

    /** @param why for people */
    void held(String namespace, Held what, String why) {
        boolean news = holds.put(namespace, what) != what;
        quota.line(LOG, news ? Level.WARN : Level.DEBUG, namespace)
                .addKeyValue(LogKey.REASON, what.reason)
                .addKeyValue(LogKey.NOTE, why)
                .log("Namespace held");
    }

    /** A second read said something else: no news before it says so again, since as a rule the next event settles it. */
    void doubted(String namespace, String why) {
        if (!doubted.add(namespace)) {
            held(namespace, Held.SHRINK, why);
        }
    }

    /** It was dealt with to the end, and nothing held it. */
    void free(String namespace) {
        doubted.remove(namespace);
        Held before = holds.remove(namespace);
        if (before != null) {
            quota.line(LOG, Level.INFO, namespace)
                    .addKeyValue(LogKey.REASON, before.reason)
                    .log("Namespace no longer held");
        }
    }

    /** @param failure a defect, so that where it happened is told, too */
    void failed(String namespace, RuntimeException failure) {
        boolean news = failing.put(namespace, true) == null;
        (news ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue(LogKey.NAMESPACE, namespace)
                .setCause(failure)
                .log("Namespace failed");
    }

    /** @param refusal what the API server did not do */
    void refused(String namespace, String refusal) {
        boolean news = failing.put(namespace, true) == null;
        (news ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue(LogKey.NAMESPACE, namespace)
                .addKeyValue(LogKey.ERROR, refusal)
                .log("Namespace failed");
    }

    void succeeded(String namespace) {
        if (failing.remove(namespace) != null) {
            LOG.atInfo().addKeyValue(LogKey.NAMESPACE, namespace).log("Namespace works again");
        }
    }

    /** What comes by the name is something else. */
    void forget(String namespace) {
        holds.remove(namespace);
        doubted.remove(namespace);
        failing.remove(namespace);
    }
}
