/** The program {@code bulkhead}. */
package dev.bulkhead.app;
