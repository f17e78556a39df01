package dev.bulkhead.core.compile;

import dev.bulkhead.core.world.IpBlock;
import java.util.Optional;

/** Something that the compiler read, found or not, for a namespace: when it changes, that namespace may compile to something else. */
public sealed interface Dependency {

    <T> T fold(Cases<T> cases);

    /** The dependency, if it is on who has an address somewhere. */
    default Optional<Addresses> asAddresses() {
        return this instanceof Addresses addresses ? Optional.of(addresses) : Optional.empty();
    }

    /** What to do with each kind of dependency. */
    interface Cases<T> {
        T place(Place dependency);

        T contents(Contents dependency);

        T contentsOfMembers(ContentsOfMembers dependency);

        T members(Members dependency);

        T intents(Intents dependency);

        T said(Said dependency);

        T saidByMembers(SaidByMembers dependency);

        T addresses(Addresses dependency);

        T clusterWide(ClusterWide dependency);
    }

    /** Whether the namespace is there, and which segments claim it. */
    record Place(String namespace) implements Dependency {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.place(this);
        }
    }

    /** What stands in the namespace. */
    record Contents(String namespace, Kind kind) implements Dependency {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.contents(this);
        }
    }

    /** What stands in any namespace of the segment. */
    record ContentsOfMembers(String segment, Kind kind) implements Dependency {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.contentsOfMembers(this);
        }
    }

    /** Which namespaces the segment has, and how they are enforced. */
    record Members(String segment) implements Dependency {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.members(this);
        }
    }

    /** All intents of the namespace. */
    record Intents(String namespace) implements Dependency {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.intents(this);
        }
    }

    /** The intents of the namespace that name one of the {@link Dependencies#topics()}. */
    record Said(String namespace) implements Dependency {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.said(this);
        }
    }

    /** The intents of any namespace of the segment that name one of the {@link Dependencies#topics()}. */
    record SaidByMembers(String segment) implements Dependency {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.saidByMembers(this);
        }
    }

    /** Which of the namespaces that guardrails speak of have something with an address in the block. */
    record Addresses(IpBlock block) implements Dependency {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.addresses(this);
        }
    }

    /** What there is once in a cluster. */
    enum ClusterWide implements Dependency {
        FACTS,
        SEGMENTS,
        GUARDRAILS,
        WELL_KNOWN_PEERS;

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.clusterWide(this);
        }
    }

    /** A part of the contents of a namespace. */
    enum Kind {
        /** Of the Namespace object. */
        LABELS,
        SERVICES,
        /** Pods, and the workloads that make them. */
        PODS,
        /** NetworkPolicies that Bulkhead did not write. */
        POLICIES_BY_OTHERS
    }
}
