/** A proxy in front of an API server that passes everything on and, by rule, injects what goes wrong in real clusters. */
package dev.bulkhead.testkit.faults;
