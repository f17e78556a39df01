package dev.bulkhead.core;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.compile.HeldPolicies;
import dev.bulkhead.core.compile.PoliciesByOthers;
import dev.bulkhead.core.compile.SegmentAssigner;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A cluster and what was declared for it. */
public record Sample(World world, Declarations declarations) {

    /** One address for each thing a policy can say about addresses; the first two are the API servers'. */
    private static final List<String> OUTSIDE = List.of(
            "172.18.0.2",
            "172.18.0.3",
            "172.18.0.9",
            "8.8.8.8",
            "203.0.113.5",
            "203.0.113.9",
            "10.9.9.9",
            "169.254.169.254",
            "192.168.7.7",
            "2001:db8::5",
            "2606:4700::1111",
            "fd00::5");

    /** What the compiler makes of it, namespace by namespace. */
    public List<Compilation> compile() {
        Enrolment enrolment = new SegmentAssigner().enrol(world.namespaces().keySet(), declarations);
        Compiler compiler = new Compiler();
        return world.namespaces().keySet().stream()
                .map(namespace -> compiler.compile(world, PoliciesByOthers.none(), declarations, enrolment, namespace))
                .toList();
    }

    /** Every policy that Bulkhead should have where there is none. */
    public ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies() {
        return policies(List.of());
    }

    /**
     * Every policy that Bulkhead should have.
     *
     * @param live what is there
     */
    public ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies(Collection<NetworkPolicy> live) {
        ImmutableSortedMap.Builder<NetworkPolicy.Key, NetworkPolicy> all = ImmutableSortedMap.naturalOrder();
        compile()
                .forEach(compilation -> all.putAll(
                        compilation.held().isPresent() ? HeldPolicies.of(compilation, live) : compilation.policies()));
        return all.build();
    }

    /** Every class of pods that a policy can speak of. */
    public List<Endpoint.Pods> pods() {
        List<Endpoint.Pods> pods = new ArrayList<>();
        world.namespaces()
                .forEach((name, namespace) -> namespace.pods().stream()
                        .filter(pod -> !pod.hostNetwork())
                        .forEach(pod -> pods.add(Endpoint.Pods.of(name, pod))));
        return pods;
    }

    /** The same, each with an address in one of the cluster's ranges, so that an {@code ipBlock} over a range shows. */
    public List<Endpoint.Pods> podsWithAddresses() {
        List<Cidr> ranges = List.copyOf(world.facts().networks());
        if (ranges.isEmpty()) {
            return pods();
        }
        List<Endpoint.Pods> pods = new ArrayList<>();
        for (Endpoint.Pods pod : pods()) {
            IpAddress address = ranges.get(pods.size() % ranges.size()).last();
            pods.add(new Endpoint.Pods(pod.namespace(), pod.pods(), ImmutableSortedSet.of(address)));
        }
        return pods;
    }

    public static List<Endpoint> outside() {
        return OUTSIDE.stream()
                .<Endpoint>map(address -> new Endpoint.Outside(IpAddress.parse(address)))
                .toList();
    }

    /** For messages of tests. */
    static String describe(Endpoint endpoint) {
        return endpoint instanceof Endpoint.Pods pods
                ? pods.namespace() + pods.pods().labels() + pods.pods().ports()
                : ((Endpoint.Outside) endpoint).address().toString();
    }
}
