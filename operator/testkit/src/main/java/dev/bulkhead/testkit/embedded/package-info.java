/**
 * A Kubernetes API server in memory, with as much of a control plane as Bulkhead rests on. What it promises is written
 * down in the testkit's contract tests, which a real control plane passes too.
 */
package dev.bulkhead.testkit.embedded;
