/** Who may ask the operator something: whoever the API server says may. */
package dev.bulkhead.cluster.access;
