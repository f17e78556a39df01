package dev.bulkhead.cluster.leaderelection;

import java.time.Duration;
import java.time.Instant;

/**
 * What a Lease says.
 *
 * @param holder empty if it was given up
 * @param acquired by the holder's clock, like {@code renewed}: for people, nothing is decided by it
 * @param transitions how often the holder has changed
 * @param version changes with every write of the object; empty for one that is not written yet
 */
record LeaseRecord(
        String holder, Duration duration, Instant acquired, Instant renewed, int transitions, String version) {}
