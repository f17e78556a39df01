package dev.bulkhead.cluster.apply;

import dev.bulkhead.cluster.log.LogFields;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** A line for each write of a policy that the API server acknowledged, in the words of {@link WriteCounters}. */
public final class WriteLog {

    private static final Logger LOG = LoggerFactory.getLogger(WriteLog.class);

    private final LogQuota quota;
    private final Function<NetworkPolicy.Key, Optional<String>> drifted;

    /** @param drifted who changed a policy that is not put right yet; empty text where that is not known */
    public WriteLog(LogQuota quota, Function<NetworkPolicy.Key, Optional<String>> drifted) {
        this.quota = quota;
        this.drifted = drifted;
    }

    void wrote(NetworkPolicy.Key key, WriteCounters.Written written) {
        LoggingEventBuilder line = quota.line(LOG, Level.INFO, key.namespace())
                .addKeyValue(LogKey.POLICY, key.name())
                .addKeyValue(LogKey.OPERATION, written.operation())
                .addKeyValue(LogKey.REASON, written.reason());
        String by = written.reason().equals(WriteCounters.DRIFT)
                ? drifted.apply(key).orElse("")
                : "";
        LogFields.unlessEmpty(line, LogKey.BY, by).log("Policy written");
    }
}
