/** Builds the demo and runs it. */
package dev.bulkhead.demo.launch;
