package dev.bulkhead.cluster.leaderelection;

import java.time.Duration;

/**
 * How replicas choose their leader.
 *
 * @param identity this replica's own
 * @param leaseDuration after which a leader that does not renew is replaced
 * @param renewDeadline after which a leader that cannot renew steps down; shorter
 * @param retryPeriod between two tries
 */
public record ElectionSettings(
        String namespace,
        String lease,
        String identity,
        Duration leaseDuration,
        Duration renewDeadline,
        Duration retryPeriod) {}
