package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.AddressRange;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.WorkloadName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The engine against one that is as naive as the specification reads, over random clusters. {@code -Dbulkhead.worlds=N}
 * tries more of them, {@code -Dbulkhead.seed=S} others. A cluster on which the two differ is shrunk and printed.
 */
class AgreesWithNaiveEngineTest {

    private static final int WORLDS = Integer.getInteger("bulkhead.worlds", 5_000);
    private static final long FIRST_SEED = Long.getLong("bulkhead.seed", 1);
    private static final int[] PORTS = {1, 53, 78, 79, 80, 81, 7777, 65535};

    /** How an engine reads a cluster. */
    @FunctionalInterface
    private interface Engine {
        /** What it finds different from the naive engine; empty where nothing is. */
        Optional<String> difference(JsonNode world, PluginSemantics reading);
    }

    @Test
    void everyVerdictAndEveryConnectionIsThatOfTheNaiveEngine() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + WORLDS; seed++) {
            check(seed, (world, reading) -> {
                NaiveVerdicts naive = new NaiveVerdicts(naive(world, reading), new HashMap<>());
                return differenceOfVerdicts(world, reading, naive)
                        .or(() -> differenceOfConnections(world, reading, naive));
            });
        }
    }

    /** Each verdict of the naive engine once. */
    private record NaiveVerdicts(NaiveEngine engine, Map<List<Object>, Boolean> known) {
        boolean allowed(NaiveEngine.End source, NaiveEngine.End destination, String protocol, int port) {
            return known.computeIfAbsent(
                    List.of(name(source), name(destination), protocol, port),
                    question -> engine.allowed(source, destination, protocol, port));
        }
    }

    @Test
    void aDefectIsFoundAndShrunkToWhatShowsIt() {
        // Takes NotIn for "present, and none of these", as a well-known tool did.
        Engine wrong = (world, reading) -> {
            JsonNode misread = world.deepCopy();
            List<JsonNode> expressions = misread.findParents("operator");
            expressions.forEach(expression -> {
                if (expression.path("operator").asText().equals("NotIn")) {
                    ((ObjectNode) expression).put("operator", "Exists").remove("values");
                }
            });
            return differenceBetween(new NaiveEngine(misread, true, false), world);
        };
        long seed = 1;
        while (wrong.difference(RandomClusters.of(seed), PluginSemantics.upstream())
                .isEmpty()) {
            seed++;
        }
        JsonNode small = new Shrinker(candidate ->
                        wrong.difference(candidate, PluginSemantics.upstream()).isPresent())
                .shrink(RandomClusters.of(seed));

        assertTrue(small.toString().contains("NotIn"), small.toString());
        assertEquals(1, count(small, "NetworkPolicy"), small.toString());
        assertTrue(count(small, "Pod") <= 2, small.toString());
    }

    private static void check(long seed, Engine engine) {
        JsonNode world = RandomClusters.of(seed);
        // One of the four readings a seed; the others have their turn with the next.
        PluginSemantics reading = new PluginSemantics(
                seed % 2 == 0 ? PluginSemantics.IpBlocks.MATCH_PODS : PluginSemantics.IpBlocks.NEVER_MATCH_PODS,
                seed % 4 < 2 ? PluginSemantics.HostNetwork.NODE_TRAFFIC : PluginSemantics.HostNetwork.LIKE_PODS);
        if (engine.difference(world, reading).isPresent()) {
            JsonNode small = new Shrinker(
                            candidate -> engine.difference(candidate, reading).isPresent())
                    .shrink(world);
            fail("seed " + seed + ", " + reading + ": "
                    + engine.difference(small, reading).orElseThrow() + "\n" + yaml(small));
        }
    }

    private static String yaml(JsonNode world) {
        StringBuilder text = new StringBuilder();
        for (JsonNode object : world.path("objects")) {
            try {
                text.append(new YAMLMapper().writeValueAsString(object));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return text.toString();
    }

    private static Optional<String> differenceBetween(NaiveEngine wrong, JsonNode world) {
        NaiveEngine right = new NaiveEngine(world, true, false);
        List<NaiveEngine.End> ends = ends(world);
        for (NaiveEngine.End source : ends) {
            for (NaiveEngine.End destination : ends) {
                if (wrong.allowed(source, destination, "TCP", 80) != right.allowed(source, destination, "TCP", 80)) {
                    return Optional.of(name(source) + " to " + name(destination));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> differenceOfVerdicts(JsonNode world, PluginSemantics reading, NaiveVerdicts naive) {
        Evaluator evaluator = Evaluator.of(namespaces(world), policies(world), reading);
        List<NaiveEngine.End> ends = ends(world);
        for (NaiveEngine.End source : ends) {
            for (NaiveEngine.End destination : ends) {
                if (source.pod() == null && destination.pod() == null) {
                    continue;
                }
                PortSet allowed = evaluator.allowed(endpoint(source), endpoint(destination));
                Optional<String> difference = difference(naive, source, destination, allowed);
                if (difference.isPresent()) {
                    return difference;
                }
                boolean verdict = evaluator
                        .verdict(endpoint(source), endpoint(destination), Protocol.TCP, 80)
                        .allowed();
                if (verdict != allowed.contains(Protocol.TCP, 80)) {
                    return Optional.of("the verdict " + verdict + " from " + name(source) + " to " + name(destination)
                            + " on TCP 80 is not that of the ports " + allowed);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> differenceOfConnections(
            JsonNode world, PluginSemantics reading, NaiveVerdicts naive) {
        List<NaiveEngine.End> ends = ends(world);
        Map<WorkloadName, List<NaiveEngine.End>> workloads = new HashMap<>();
        List<Pod> pods = new ArrayList<>();
        for (NaiveEngine.End end : ends) {
            if (end.pod() != null) {
                Pod pod = pod(end.pod());
                pods.add(pod);
                workloads
                        .computeIfAbsent(pod.workload(), name -> new ArrayList<>())
                        .add(end);
            }
        }
        Reachability reachability =
                Reachability.of(Topology.of(namespaces(world), pods, Map.of()), policies(world), reading);
        for (WorkloadName source : reachability.workloads()) {
            for (WorkloadName destination : reachability.workloads()) {
                Optional<String> difference = difference(
                        naive,
                        workloads.get(source),
                        workloads.get(destination),
                        reachability.between(source, destination));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            for (String address : RandomClusters.OUTSIDE) {
                List<NaiveEngine.End> outside = List.of(new NaiveEngine.End(null, address));
                Optional<String> difference = outside(reachability, Direction.EGRESS, source, address)
                        .flatMap(ports -> difference(naive, workloads.get(source), outside, ports))
                        .or(() -> outside(reachability, Direction.INGRESS, source, address)
                                .flatMap(ports -> difference(naive, outside, workloads.get(source), ports)));
                if (difference.isPresent()) {
                    return difference;
                }
            }
        }
        return Optional.empty();
    }

    /** Empty where the cluster does not speak of that family. */
    private static Optional<PortSet> outside(
            Reachability reachability, Direction direction, WorkloadName workload, String address) {
        IpAddress ip = IpAddress.parse(address);
        Optional<AddressRange> range = reachability.ranges(direction).stream()
                .filter(candidate -> candidate.contains(ip))
                .findFirst();
        return range.map(found -> {
            Reachability.Ranges ranges =
                    workload.name().length() % 2 == 0 ? Reachability.Ranges.SHARED : Reachability.Ranges.MERGED;
            return reachability.outside(direction, workload, ranges).stream()
                    .filter(outside -> outside.range().contains(ip))
                    .map(Reachability.OutsidePorts::ports)
                    .findFirst()
                    .orElse(PortSet.none());
        });
    }

    private static Optional<String> difference(
            NaiveVerdicts naive, List<NaiveEngine.End> sources, List<NaiveEngine.End> destinations, PortSet ports) {
        for (Protocol protocol : Protocol.values()) {
            for (int port : PORTS) {
                boolean allowed = sources.stream()
                        .anyMatch(source -> destinations.stream()
                                .anyMatch(destination -> naive.allowed(source, destination, protocol.name(), port)));
                if (ports.contains(protocol, port) != allowed) {
                    return Optional.of(name(sources.get(0)) + "... to " + name(destinations.get(0)) + "... on "
                            + protocol + " " + port + ": naively " + allowed + ", but " + ports);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> difference(
            NaiveVerdicts naive, NaiveEngine.End source, NaiveEngine.End destination, PortSet ports) {
        return difference(naive, List.of(source), List.of(destination), ports);
    }

    private static NaiveEngine naive(JsonNode world, PluginSemantics reading) {
        return new NaiveEngine(
                world,
                reading.ipBlocks() == PluginSemantics.IpBlocks.MATCH_PODS,
                reading.hostNetwork() == PluginSemantics.HostNetwork.LIKE_PODS);
    }

    private static String name(NaiveEngine.End end) {
        return end.pod() == null
                ? end.address()
                : end.pod().at("/metadata/namespace").asText() + "/"
                        + end.pod().at("/metadata/name").asText();
    }

    private static List<NaiveEngine.End> ends(JsonNode world) {
        List<NaiveEngine.End> ends = new ArrayList<>();
        for (JsonNode object : world.path("objects")) {
            if (object.path("kind").asText().equals("Pod")) {
                ends.add(new NaiveEngine.End(object, null));
            }
        }
        RandomClusters.OUTSIDE.forEach(address -> ends.add(new NaiveEngine.End(null, address)));
        return ends;
    }

    static NaiveEngine.End end(JsonNode world, String name) {
        return ends(world).stream()
                .filter(end -> end.pod() != null && name(end).equals(name))
                .findFirst()
                .orElse(new NaiveEngine.End(null, name));
    }

    private static Endpoint endpoint(NaiveEngine.End end) {
        return end.pod() == null
                ? new Endpoint.Outside(IpAddress.parse(end.address()))
                : KubernetesObjects.pod(end.pod());
    }

    static List<Pod> pods(JsonNode world) {
        return ends(world).stream()
                .filter(end -> end.pod() != null)
                .map(end -> pod(end.pod()))
                .toList();
    }

    private static Pod pod(JsonNode object) {
        Endpoint.Pods pods = KubernetesObjects.pod(object);
        JsonNode owner = object.at("/metadata/ownerReferences/0");
        String name = object.at("/metadata/name").asText();
        return new Pod(
                pods.namespace(),
                name,
                new WorkloadName(
                        pods.namespace(),
                        owner.path("kind").asText(WorkloadName.POD),
                        owner.path("name").asText(name)),
                pods.pods(),
                pods.addresses());
    }

    static Map<String, Namespace> namespaces(JsonNode world) {
        Map<String, Namespace> namespaces = new HashMap<>();
        for (JsonNode object : world.path("objects")) {
            if (object.path("kind").asText().equals("Namespace")) {
                Namespace namespace = KubernetesObjects.namespace(object);
                namespaces.put(namespace.name(), namespace);
            }
        }
        return namespaces;
    }

    static List<NetworkPolicy> policies(JsonNode world) {
        List<NetworkPolicy> policies = new ArrayList<>();
        for (JsonNode object : world.path("objects")) {
            if (object.path("kind").asText().equals("NetworkPolicy")) {
                policies.add(KubernetesObjects.policy(object));
            }
        }
        return policies;
    }

    private static int count(JsonNode world, String kind) {
        int count = 0;
        for (JsonNode object : world.path("objects")) {
            count += object.path("kind").asText().equals(kind) ? 1 : 0;
        }
        return count;
    }
}
