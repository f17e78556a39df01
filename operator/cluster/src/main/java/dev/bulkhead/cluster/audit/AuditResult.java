package dev.bulkhead.cluster.audit;

import com.google.common.collect.ImmutableList;

/**
 * What the audit found.
 *
 * @param voided by policy
 * @param notJudged kinds of policies besides NetworkPolicy that the cluster has
 */
public record AuditResult(ImmutableList<Voided> voided, ImmutableList<String> notJudged) {

    /** Before anything was looked at. */
    public static final AuditResult NOTHING = new AuditResult(ImmutableList.of(), ImmutableList.of());
}
