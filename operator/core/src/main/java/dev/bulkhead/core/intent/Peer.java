package dev.bulkhead.core.intent;

import dev.bulkhead.core.world.IpBlock;

/** The other end of a rule. */
public sealed interface Peer {

    /** Pods of one namespace. */
    record OfWorkload(String namespace, WorkloadReference workload) implements Peer {
        @Override
        public String toString() {
            return namespace + "/" + workload;
        }
    }

    /** The pods behind a Service; outbound only. */
    record OfService(String namespace, String name) implements Peer {
        @Override
        public String toString() {
            return "service " + namespace + "/" + name;
        }
    }

    /** Any workload of a namespace; inbound only. */
    record OfNamespace(String name) implements Peer {
        @Override
        public String toString() {
            return "namespace " + name;
        }
    }

    /** Any workload of a segment; inbound only. */
    record OfSegment(String name) implements Peer {
        @Override
        public String toString() {
            return "segment " + name;
        }
    }

    /** Addresses outside the cluster. */
    record OfNetwork(IpBlock block) implements Peer {
        @Override
        public String toString() {
            return "network " + block;
        }
    }

    /** Something every cluster has. */
    record OfWellKnown(WellKnown name) implements Peer {
        @Override
        public String toString() {
            return name.label();
        }
    }
}
