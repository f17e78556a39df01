package dev.bulkhead.cluster.inventory;

/** Which state of which object: its identity, and the generation of its spec. */
public record Revision(String uid, long generation) {}
