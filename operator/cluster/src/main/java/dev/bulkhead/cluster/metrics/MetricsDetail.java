package dev.bulkhead.cluster.metrics;

/** By what facts about the cluster are told apart; each step shows more names, and makes more series. */
public enum MetricsDetail {
    /** Totals only. */
    CLUSTER,
    /** By segment, which are few and whose names are the platform team's. */
    SEGMENT,
    /** By segment and namespace, whose names tenants may have chosen. */
    NAMESPACE
}
