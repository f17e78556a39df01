package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that happened to an object. The objects are shared and never modified.
 *
 * @param resourceVersion when it happened
 * @param before null when the object came to be
 * @param after null when it went
 * @param last the object as of this change: {@code after}, or {@code before} with the version of its end
 */
record ObjectChange(ObjectKey key, long resourceVersion, ObjectNode before, ObjectNode after, ObjectNode last) {}
