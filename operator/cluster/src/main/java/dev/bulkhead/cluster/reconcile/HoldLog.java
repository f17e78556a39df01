package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** A line where a namespace comes to be held or to fail, and one where that is over; none for each look in between. */
final class HoldLog {

    private static final Logger LOG = LoggerFactory.getLogger(HoldLog.class);

    /** By namespace, the label of the hold that was told. */
    private final Map<String, String> holds = new ConcurrentHashMap<>();

    private final Map<String, Boolean> failing = new ConcurrentHashMap<>();
    private final LogQuota quota;

    HoldLog(LogQuota quota) {
        this.quota = quota;
    }

    void held(String namespace, Hold hold) {
        boolean news =
                !hold.scope().label().equals(holds.put(namespace, hold.scope().label()));
        quota.line(LOG, news ? Level.WARN : Level.DEBUG, namespace)
                .addKeyValue(LogKey.REASON, hold.scope().label())
                .addKeyValue(LogKey.NOTE, hold.reason())
                .log("Namespace held");
    }

    /** It was dealt with to the end, and nothing held it. */
    void free(String namespace) {
        String before = holds.remove(namespace);
        if (before != null) {
            quota.line(LOG, Level.INFO, namespace)
                    .addKeyValue(LogKey.REASON, before)
                    .log("Namespace no longer held");
        }
    }

    /** @param failure a defect, so that where it happened is told, too */
    void failed(String namespace, Throwable failure) {
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
        failing.remove(namespace);
    }
}
