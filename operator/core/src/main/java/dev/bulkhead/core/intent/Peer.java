package dev.bulkhead.core.intent;

import dev.bulkhead.core.world.IpBlock;
import java.util.Optional;

/** The other end of a rule. */
public sealed interface Peer {

    <T> T fold(Cases<T> cases);

    /** As people say it: {@code service account payments in pay}. What programs read is {@link Object#toString()}, which stays as it is. */
    default String inWords() {
        return toString();
    }

    /** The peer, if it is pods of a namespace that the rule names itself. */
    default Optional<OfWorkload> asWorkload() {
        return this instanceof OfWorkload workload ? Optional.of(workload) : Optional.empty();
    }

    /** The name of the well-known peer, if it is one. */
    default Optional<WellKnown> wellKnown() {
        return this instanceof OfWellKnown wellKnown ? Optional.of(wellKnown.name()) : Optional.empty();
    }

    /** The addresses, if they are named themselves. */
    default Optional<IpBlock> network() {
        return this instanceof OfNetwork network ? Optional.of(network.block()) : Optional.empty();
    }

    default boolean isService() {
        return this instanceof OfService;
    }

    /** What to do with each kind of peer. */
    interface Cases<T> {
        T workload(OfWorkload peer);

        T service(OfService peer);

        T namespace(OfNamespace peer);

        T segment(OfSegment peer);

        T network(OfNetwork peer);

        T wellKnown(OfWellKnown peer);
    }

    /** Pods of one namespace. */
    record OfWorkload(String namespace, WorkloadSelector workload) implements Peer {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.workload(this);
        }

        @Override
        public String inWords() {
            return workload + " in " + namespace;
        }

        @Override
        public String toString() {
            return namespace + "/" + workload;
        }
    }

    /** The pods behind a Service; outbound only. */
    record OfService(String namespace, String name) implements Peer {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.service(this);
        }

        @Override
        public String inWords() {
            return "Service " + name + " in " + namespace;
        }

        @Override
        public String toString() {
            return "service " + namespace + "/" + name;
        }
    }

    /** Any workload of a namespace; inbound only. */
    record OfNamespace(String name) implements Peer {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.namespace(this);
        }

        @Override
        public String toString() {
            return "namespace " + name;
        }
    }

    /** Any workload of a segment; inbound only. */
    record OfSegment(String name) implements Peer {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.segment(this);
        }

        @Override
        public String toString() {
            return "segment " + name;
        }
    }

    /** Addresses outside the cluster. */
    record OfNetwork(IpBlock block) implements Peer {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.network(this);
        }

        @Override
        public String toString() {
            return "network " + block;
        }
    }

    /** Something every cluster has. */
    record OfWellKnown(WellKnown name) implements Peer {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.wellKnown(this);
        }

        @Override
        public String toString() {
            return name.label();
        }
    }
}
