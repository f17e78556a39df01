package dev.bulkhead.app.snapshot;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.compile.Idle;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Spelling;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.World;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Services and owners of other namespaces that rules name and that are not there. A cluster tells nobody; of files everything is
 * there to read.
 */
final class MissingPeers {

    private static final int LISTED = 8;

    private final World world;

    MissingPeers(World world) {
        this.world = world;
    }

    /** @param ports that a rule names of a Service; none for all of them */
    Optional<Idle> of(Peer peer, Ports ports) {
        return peer.fold(new Peer.Cases<Optional<Idle>>() {
            @Override
            public Optional<Idle> workload(Peer.OfWorkload named) {
                return named.workload().fold(new OfWorkloads(named.namespace()));
            }

            @Override
            public Optional<Idle> service(Peer.OfService named) {
                return MissingPeers.this.service(named, ports);
            }

            @Override
            public Optional<Idle> namespace(Peer.OfNamespace named) {
                return Optional.empty();
            }

            @Override
            public Optional<Idle> segment(Peer.OfSegment named) {
                return Optional.empty();
            }

            @Override
            public Optional<Idle> network(Peer.OfNetwork named) {
                return Optional.empty();
            }

            @Override
            public Optional<Idle> wellKnown(Peer.OfWellKnown named) {
                return Optional.empty();
            }
        });
    }

    /** Where there is no Service at all, they may well be in files that were not read. */
    private Optional<Idle> service(Peer.OfService named, Ports ports) {
        Map<String, Service> services =
                world.namespace(named.namespace()).map(Namespace::services).orElse(null);
        if (services == null || services.isEmpty()) {
            return Optional.empty();
        }
        Service service = services.get(named.name());
        if (service == null) {
            return idle(
                    named.namespace(),
                    "there is no Service " + named.name() + " in " + named.namespace()
                            + instead(named.name(), ImmutableSet.copyOf(services.keySet())));
        }
        if (!service.selectsPods()) {
            return idle(
                    named.namespace(),
                    "Service " + named.name() + " in " + named.namespace()
                            + " selects no pods; name the workload or the network behind it instead");
        }
        return ServicePorts.has(service, ports)
                ? Optional.empty()
                : idle(
                        named.namespace(),
                        "Service " + named.name() + " in " + named.namespace() + " has no port " + ports + "; it has "
                                + ServicePorts.written(service));
    }

    private static Optional<Idle> idle(String namespace, String message) {
        return Optional.of(new Idle(Idle.Part.PEER, namespace, message));
    }

    private static String instead(String name, ImmutableSet<String> names) {
        return Spelling.nearest(name, names)
                .map(near -> "; did you mean '" + near + "'?")
                .orElseGet(() -> listed(names));
    }

    private static String listed(ImmutableSet<String> names) {
        return "; there " + (names.size() == 1 ? "is " : "are ")
                + names.stream().sorted().limit(LISTED).collect(Collectors.joining(", "))
                + (names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : "");
    }

    private final class OfWorkloads implements WorkloadSelector.Cases<Optional<Idle>> {

        private final String namespace;

        OfWorkloads(String namespace) {
            this.namespace = namespace;
        }

        @Override
        public Optional<Idle> serviceAccount(WorkloadSelector.ServiceAccount reference) {
            return Optional.empty();
        }

        @Override
        public Optional<Idle> owner(WorkloadSelector.Owner reference) {
            Map<Workload.Key, Workload> workloads =
                    world.namespace(namespace).map(Namespace::workloads).orElse(null);
            if (workloads == null || workloads.isEmpty() || workloads.containsKey(reference.key())) {
                return Optional.empty();
            }
            ImmutableSet<String> names =
                    workloads.keySet().stream().map(Workload.Key::toString).collect(ImmutableSet.toImmutableSet());
            return idle(
                    namespace,
                    "there is no " + reference + " in " + namespace
                            + Spelling.nearestOfFew(reference.key(), workloads.keySet())
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElseGet(() -> listed(names)));
        }

        @Override
        public Optional<Idle> labels(WorkloadSelector.Labels reference) {
            return Optional.empty();
        }

        @Override
        public Optional<Idle> all(WorkloadSelector.All reference) {
            return Optional.empty();
        }
    }
}
