package dev.bulkhead.bench.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.reach.Reachability;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.reach.Verdict;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.WorkloadName;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The inner parts, once the cluster is in memory: 10,000 pods, 1,000 workloads, 50 namespaces, 1,050 policies. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VerdictBench {

    private static final int NAMESPACES = 50;
    private static final int WORKLOADS = 1_000;
    private static final int PODS = 10;

    private Topology topology;
    private List<NetworkPolicy> policies;
    private Evaluator evaluator;
    private Endpoint source;
    private Endpoint destination;

    /** Prints what JMH finds. */
    public static void run(PrintStream out) {
        try {
            new Runner(new OptionsBuilder()
                            .include(VerdictBench.class.getSimpleName())
                            .forks(1)
                            .warmupIterations(3)
                            .warmupTime(TimeValue.seconds(2))
                            .measurementIterations(5)
                            .measurementTime(TimeValue.seconds(2))
                            .build())
                    .run();
        } catch (RunnerException e) {
            out.println(e.getMessage());
        }
    }

    @Setup
    public void build() {
        List<Pod> pods = new ArrayList<>();
        policies = new ArrayList<>();
        for (int i = 0; i < NAMESPACES; i++) {
            policies.add(policy("ns-" + i, "deny", LabelSelector.everything(), ImmutableList.of()));
        }
        for (int i = 0; i < WORKLOADS; i++) {
            String namespace = "ns-" + i % NAMESPACES;
            String name = "app-" + i;
            PodClass traits = new PodClass(
                    ImmutableSortedMap.of("app", name, "tier", "t" + i % 3), name, ImmutableSortedSet.of(), false);
            for (int pod = 0; pod < PODS; pod++) {
                pods.add(new Pod(
                        namespace,
                        name + "-" + pod,
                        new WorkloadName(namespace, "Deployment", name),
                        traits,
                        ImmutableSortedSet.of()));
            }
            LabelSelector clients = LabelSelector.label("tier", "t" + (i + 1) % 3);
            policies.add(policy(
                    namespace,
                    "allow-" + name,
                    LabelSelector.label("app", name),
                    ImmutableList.of(new PolicyRule(
                            Optional.of(ImmutableList.of(
                                    new PolicyPeer.Pods(Optional.of(LabelSelector.everything()), clients))),
                            Ports.port(Protocol.TCP, 8080)))));
        }
        topology = Topology.of(Map.<String, Namespace>of(), pods, Map.of());
        evaluator = Evaluator.of(topology.namespaces(), policies, PluginSemantics.upstream());
        source = Endpoint.Pods.of(pods.get(0));
        destination = Endpoint.Pods.of(pods.get(pods.size() - 1));
    }

    private static NetworkPolicy policy(
            String namespace, String name, LabelSelector subject, ImmutableList<PolicyRule> rules) {
        return new NetworkPolicy(
                new NetworkPolicy.Key(namespace, name),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                subject,
                ImmutableSet.of(Direction.INGRESS),
                rules,
                ImmutableList.of());
    }

    @Benchmark
    public Verdict verdict() {
        return evaluator.verdict(source, destination, Protocol.TCP, 8080);
    }

    @Benchmark
    public long connectivity() {
        long[] count = {0};
        Reachability.of(topology, policies, PluginSemantics.upstream())
                .connections(Reachability.Ranges.SHARED, connection -> count[0]++);
        return count[0];
    }
}
