package dev.bulkhead.core.compile;

/** Something that the compiler read, found or not, for a namespace: when it changes, that namespace may compile to something else. */
public sealed interface Dependency {

    /** Whether the namespace is there, and which segments claim it. */
    record Place(String namespace) implements Dependency {}

    /** What stands in the namespace. */
    record Contents(String namespace, Kind kind) implements Dependency {}

    /** What stands in any namespace of the segment. */
    record ContentsOfMembers(String segment, Kind kind) implements Dependency {}

    /** Which namespaces the segment has, and how they are enforced. */
    record Members(String segment) implements Dependency {}

    /** All intents of the namespace. */
    record Intents(String namespace) implements Dependency {}

    /** The intents of the namespace that name one of the {@link Dependencies#topics()}. */
    record Said(String namespace) implements Dependency {}

    /** The intents of any namespace of the segment that name one of the {@link Dependencies#topics()}. */
    record SaidByMembers(String segment) implements Dependency {}

    /** What there is once in a cluster. */
    enum ClusterWide implements Dependency {
        FACTS,
        SEGMENTS,
        GUARDRAILS,
        WELL_KNOWN_PEERS
    }

    /** A part of the contents of a namespace. */
    enum Kind {
        SERVICES,
        /** Pods, and the workloads that make them. */
        PODS
    }
}
