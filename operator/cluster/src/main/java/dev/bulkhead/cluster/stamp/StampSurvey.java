package dev.bulkhead.cluster.stamp;

import com.google.common.collect.ImmutableList;

/**
 * How the pods of a cluster stand.
 *
 * @param pods how many there are that have not ended
 * @param unstamped those whose label is missing or not true
 * @param withoutIdentity those whose service account's name is too long for a label
 */
public record StampSurvey(int pods, ImmutableList<Unstamped> unstamped, ImmutableList<String> withoutIdentity) {}
