/** {@code bulkhead test}: policies held against what is expected of them. */
package dev.bulkhead.app.policytest;
