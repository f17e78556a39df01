package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.app.console.RandomTowns.Contents;
import dev.bulkhead.cluster.access.Scope;
import dev.bulkhead.cluster.inventory.LiveView;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Towns for pictures: workloads of one pod each, with a service account of the same name, and what they declare.
 * Workloads are named {@code namespace/name}.
 */
final class GraphTown {

    static final ImmutableSet<Direction> BOTH = ImmutableSet.copyOf(Direction.values());
    static final ImmutableSet<Direction> NONE = ImmutableSet.of();
    private static final String INTERNET = "0.0.0.0/0";
    private static final List<String> PARTS = List.of("gateway", "api", "worker", "cache", "db");

    private final List<DeclaredSegment> segments = new ArrayList<>();
    private final Map<String, List<Pod>> pods = new TreeMap<>();
    private final Map<String, List<NetworkPolicy>> others = new TreeMap<>();
    private boolean dns;
    /** By the workload. */
    private final Map<String, List<Rule>> rules = new TreeMap<>();

    static String id(String workload) {
        return workload.replace("/", "/Deployment/");
    }

    private static String namespace(String workload) {
        return workload.substring(0, workload.indexOf('/'));
    }

    private static String name(String workload) {
        return workload.substring(workload.indexOf('/') + 1);
    }

    GraphTown segment(String name, ImmutableSet<Direction> enforced, String... namespaces) {
        segments.add(new DeclaredSegment(
                name,
                ImmutableList.copyOf(namespaces),
                ImmutableList.of(),
                enforced,
                DeclaredSegment.TrustBoundary.NAMESPACE,
                dns,
                /* verified= */ false));
        return this;
    }

    /** A namespace with nothing in it. */
    GraphTown empty(String namespace) {
        pods.computeIfAbsent(namespace, unknown -> new ArrayList<>());
        return this;
    }

    GraphTown workload(String workload) {
        return workload(workload, /* stamped= */ true, /* hostNetwork= */ false);
    }

    GraphTown workload(String workload, boolean stamped, boolean hostNetwork) {
        String name = name(workload);
        return workload(
                workload,
                stamped ? ImmutableSortedMap.of("app", name, Identity.LABEL, name) : ImmutableSortedMap.of("app", name),
                hostNetwork);
    }

    /** What every cluster has; each segment from now on opens it to its workloads. */
    GraphTown dns() {
        dns = true;
        return workload("kube-system/coredns", ImmutableSortedMap.of("k8s-app", "kube-dns"), /* hostNetwork= */ false);
    }

    private GraphTown workload(String workload, ImmutableSortedMap<String, String> labels, boolean hostNetwork) {
        String namespace = namespace(workload);
        String name = name(workload);
        pods.computeIfAbsent(namespace, unknown -> new ArrayList<>())
                .add(new Pod(
                        namespace,
                        name + "-0",
                        new WorkloadName(namespace, "Deployment", name),
                        new PodClass(labels, name, ImmutableSortedSet.of(), hostNetwork),
                        ImmutableSortedSet.of()));
        return this;
    }

    /** By both ends. */
    GraphTown connects(String from, String to, int port) {
        return asks(from, to, port).serves(to, from, port);
    }

    GraphTown asks(String from, String to, int port) {
        return rule(from, Direction.EGRESS, peer(to), port);
    }

    GraphTown serves(String to, String from, int port) {
        return rule(to, Direction.INGRESS, peer(from), port);
    }

    GraphTown servesInternet(String workload, int port) {
        return rule(workload, Direction.INGRESS, internet(), port);
    }

    GraphTown asksInternet(String workload, int port) {
        return rule(workload, Direction.EGRESS, internet(), port);
    }

    private static Peer internet() {
        return new Peer.OfNetwork(IpBlock.of(Cidr.parse(INTERNET), List.of()));
    }

    private static Peer peer(String workload) {
        return new Peer.OfWorkload(namespace(workload), new WorkloadSelector.ServiceAccount(name(workload)));
    }

    private GraphTown rule(String workload, Direction direction, Peer peer, int port) {
        List<Rule> all = rules.computeIfAbsent(workload, unknown -> new ArrayList<>());
        int index =
                (int) all.stream().filter(rule -> rule.direction() == direction).count();
        all.add(new Rule(direction, index, peer, Ports.port(Protocol.TCP, port), ""));
        return this;
    }

    GraphTown policy(NetworkPolicy policy) {
        others.computeIfAbsent(policy.key().namespace(), unknown -> new ArrayList<>())
                .add(policy);
        return this;
    }

    LiveView view() {
        Map<String, Contents> contents = new TreeMap<>();
        pods.forEach((namespace, all) -> contents.put(
                namespace,
                new Contents(
                        new Namespace(
                                namespace,
                                ImmutableSortedMap.of(Namespace.NAME_LABEL, namespace),
                                false,
                                ImmutableMap.of(),
                                ImmutableMap.of(),
                                all.stream().map(Pod::traits).collect(ImmutableSet.toImmutableSet())),
                        all,
                        intents(namespace),
                        others.getOrDefault(namespace, List.of()))));
        return ViewOfTown.of(contents, segments, List.of());
    }

    ViewedCluster cluster() {
        return new ViewedCluster(view(), new Scope(/* everything= */ true, ImmutableSortedSet.copyOf(pods.keySet())));
    }

    private List<DeclaredIntent> intents(String namespace) {
        return rules.entrySet().stream()
                .filter(entry -> namespace(entry.getKey()).equals(namespace))
                .map(entry -> new DeclaredIntent(
                        new DeclaredIntent.Key(namespace, name(entry.getKey())),
                        new WorkloadSelector.ServiceAccount(name(entry.getKey())),
                        ImmutableList.copyOf(entry.getValue())))
                .toList();
    }

    /** A shop of six, with the outside, and one rule that waits. */
    static GraphTown ofSeven() {
        GraphTown town = new GraphTown();
        for (String namespace : List.of("web", "shop", "pay")) {
            town.segment(namespace, BOTH, namespace);
        }
        for (String workload :
                List.of("web/storefront", "shop/checkout", "shop/catalogue", "pay/payments", "pay/ledger")) {
            town.workload(workload);
        }
        return town.workload("shop/attacker", /* stamped= */ false, /* hostNetwork= */ false)
                .servesInternet("web/storefront", 8080)
                .connects("web/storefront", "shop/checkout", 8080)
                .asks("web/storefront", "shop/catalogue", 8080)
                .connects("shop/checkout", "shop/catalogue", 8080)
                .connects("shop/checkout", "pay/payments", 8443)
                .connects("pay/payments", "pay/ledger", 5432);
    }

    /** The same with the cluster's DNS, which everybody asks. */
    static GraphTown ofSixtyWithDns() {
        return sixty(new GraphTown().dns());
    }

    /** Twelve namespaces in six segments, one of which only observes and one of which is enforced in one direction. */
    static GraphTown ofSixty() {
        return sixty(new GraphTown());
    }

    private static GraphTown sixty(GraphTown town) {
        Map<String, List<String>> all = Map.of(
                "front", List.of("edge", "web"),
                "commerce", List.of("shop", "cart"),
                "identity", List.of("auth", "users"),
                "money", List.of("pay", "ledger"),
                "ops", List.of("media", "platform"),
                "back", List.of("analytics", "notify"));
        new TreeMap<>(all).forEach((segment, namespaces) -> {
            ImmutableSet<Direction> enforced = switch (segment) {
                case "back" -> NONE;
                case "ops" -> ImmutableSet.of(Direction.INGRESS);
                default -> BOTH;
            };
            town.segment(segment, enforced, namespaces.toArray(new String[0]));
            for (String namespace : namespaces) {
                for (String part : PARTS) {
                    boolean stamped = !segment.equals("front") || !part.equals("cache");
                    boolean hostNetwork = namespace.equals("media") && part.equals("worker");
                    town.workload(at(namespace, part), stamped, hostNetwork);
                }
                town.connects(at(namespace, "gateway"), at(namespace, "api"), 8080)
                        .connects(at(namespace, "api"), at(namespace, "db"), 5432)
                        .connects(at(namespace, "worker"), at(namespace, "db"), 5432);
            }
        });
        List<String> flow =
                List.of("edge", "web", "shop", "cart", "auth", "users", "pay", "ledger", "media", "platform");
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < flow.size() - 1; i++) {
            for (int step = 1; step <= 3 && i + step < flow.size(); step++) {
                for (String part : List.of("api", "worker")) {
                    String to = random.nextInt(3) == 0 ? "api" : "gateway";
                    town.connects(at(flow.get(i), part), at(flow.get(i + step), to), 8443);
                }
            }
        }
        for (String namespace : List.of("pay", "shop", "cart")) {
            town.asks(at(namespace, "worker"), at("notify", "gateway"), 5672);
        }
        return town.asks(at("web", "worker"), at("pay", "gateway"), 9443)
                .servesInternet(at("edge", "gateway"), 443)
                .asksInternet(at("pay", "worker"), 443);
    }

    private static String at(String namespace, String part) {
        return namespace + "/" + namespace + "-" + part;
    }

    /** 25 namespaces of 20 workloads, of which each asks three of its own namespace and one of the next: 2,000 connections. */
    static GraphTown ofFiveHundred() {
        GraphTown town = new GraphTown().segment("shops", BOTH, "shop-*");
        for (int namespace = 0; namespace < 25; namespace++) {
            for (int workload = 0; workload < 20; workload++) {
                String from = meshed(namespace, workload);
                town.workload(from);
                for (int step = 1; step <= 3; step++) {
                    town.connects(from, meshed(namespace, workload + step), 8080);
                }
                town.connects(from, meshed(namespace + 1, workload), 8080);
            }
        }
        return town;
    }

    private static String meshed(int namespace, int workload) {
        return "shop-%02d/app-%02d".formatted(namespace % 25, workload % 20);
    }
}
