/** {@code bulkhead lint}: what is likely not meant as it is written. One class for each family of checks. */
package dev.bulkhead.app.lint;
