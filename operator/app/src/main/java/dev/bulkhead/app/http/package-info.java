/** What the HTTP servers of the operator have in common. */
package dev.bulkhead.app.http;
