/** What NetworkPolicies allow, whoever wrote them: pods, namespaces and policies in, ports and verdicts out. Knows no intents. */
package dev.bulkhead.core.reach;
