package dev.bulkhead.app.policytest;

import dev.bulkhead.app.manifest.Place;
import dev.bulkhead.app.snapshot.PortOfInterest;

/**
 * What somebody expects of a connection.
 *
 * @param from an end as {@code explain} takes it; likewise {@code to}
 * @param allowed whether it is expected to be allowed, for every pair of pods
 * @param place where it is written
 */
record ConnectivityTest(String name, String from, String to, PortOfInterest port, boolean allowed, Place place) {}
