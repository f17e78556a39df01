/**
 * Control planes to run against, for tests, the demo and the benches: a real one, started as processes of this machine,
 * and an embedded one that needs a JDK alone. Never part of the product's image.
 */
package dev.bulkhead.testkit;
