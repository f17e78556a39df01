package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.log.LogKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    /** @param why for people */
    void held(String namespace, Held what, String why) {
        boolean news = holds.put(namespace, what) != what;
        (news ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue(LogKey.NAMESPACE, namespace)
                .addKeyValue(LogKey.REASON, what.reason)
                .addKeyValue(LogKey.NOTE, why)
                .log("Namespace held");
    }

    /** It was dealt with to the end, and nothing held it. */
    void free(String namespace) {
        Held before = holds.remove(namespace);
        if (before != null) {
            LOG.atInfo()
                    .addKeyValue(LogKey.NAMESPACE, namespace)
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
        failing.remove(namespace);
    }
}
