package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Namespaces with all that may be in them, the same for the same seed. Few names, so that things meet; what only a look into
 * a namespace tells has a mark in its name.
 */
final class RandomTowns {

    static final List<String> NAMESPACES = List.of("shop", "shop-eu", "pay", "web");
    static final List<String> APPS = List.of("api", "db");
    private static final List<String> ACCOUNTS = List.of("default", "payments");
    private static final List<String> SEGMENTS = List.of("edge", "inner", "rest");
    private static final List<String> PATTERNS = List.of("shop", "shop*", "pay", "web", "*");
    private static final List<Ports> PORTS = List.of(
            Ports.port(Protocol.TCP, 8080),
            Ports.named(Protocol.TCP, "http"),
            Ports.port(Protocol.TCP, 80).union(Ports.port(Protocol.UDP, 53)));
    private static final List<IpBlock> BLOCKS = List.of(
            IpBlock.of(Cidr.parse("203.0.113.0/24"), List.of()),
            IpBlock.of(Cidr.parse("0.0.0.0/0"), List.of(Cidr.parse("10.0.0.0/8"))),
            IpBlock.of(Cidr.parse("10.244.0.0/16"), List.of()));

    private final SplittableRandom random;

    RandomTowns(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * One namespace with what is in it.
     *
     * @param others policies by others
     */
    record Contents(Namespace namespace, List<Pod> pods, List<DeclaredIntent> intents, List<NetworkPolicy> others) {}

    private boolean even() {
        return random.nextInt(2) == 0;
    }

    private boolean often() {
        return random.nextInt(4) != 0;
    }

    private <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    List<DeclaredSegment> segments() {
        List<DeclaredSegment> segments = new ArrayList<>();
        for (String name : SEGMENTS.subList(0, random.nextInt(1, 4))) {
            segments.add(new DeclaredSegment(
                    name,
                    ImmutableList.of(of(PATTERNS)),
                    ImmutableList.of(),
                    Stream.of(Direction.values()).filter(direction -> often()).collect(ImmutableSet.toImmutableSet()),
                    of(List.of(DeclaredSegment.TrustBoundary.values())),
                    even(),
                    /* verified= */ false));
        }
        return segments;
    }

    List<DeclaredGuardrail> guardrails() {
        return even()
                ? List.of()
                : List.of(new DeclaredGuardrail(
                        "limit",
                        "for a test",
                        ImmutableList.of(new DeclaredGuardrail.Connections(
                                DeclaredGuardrail.Ends.anything(),
                                new DeclaredGuardrail.Ends(
                                        ImmutableSet.of(),
                                        ImmutableList.of(of(PATTERNS)),
                                        ImmutableList.of(),
                                        ImmutableSet.of()),
                                Ports.port(Protocol.TCP, 8080))),
                        ImmutableList.of()));
    }

    Contents contents(String name, String mark) {
        ImmutableMap.Builder<Workload.Key, Workload> workloads = ImmutableMap.builder();
        ImmutableMap.Builder<String, Service> services = ImmutableMap.builder();
        List<Pod> pods = new ArrayList<>();
        for (String app : APPS) {
            PodClass template = template(app, mark);
            if (often()) {
                workloads.put(
                        new Workload.Key("Deployment", app),
                        new Workload(new Workload.Key("Deployment", app), LabelSelector.label("app", app), template));
            }
            if (often()) {
                services.put(app, service(app));
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                pods.add(pod(name, app, mark + app + "-" + i, template));
            }
        }
        List<DeclaredIntent> intents = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            intents.add(intent(new DeclaredIntent.Key(name, mark + "intent-" + i)));
        }
        List<NetworkPolicy> others = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            others.add(policy(new NetworkPolicy.Key(name, mark + "policy-" + i)));
        }
        Namespace namespace = new Namespace(
                name,
                ImmutableSortedMap.of(Namespace.NAME_LABEL, name, "team", mark + of(APPS)),
                random.nextInt(20) == 0,
                services.build(),
                workloads.build(),
                pods.stream().map(Pod::traits).collect(ImmutableSet.toImmutableSet()));
        return new Contents(namespace, pods, intents, others);
    }

    private PodClass template(String app, String mark) {
        ImmutableSortedMap.Builder<String, String> labels = ImmutableSortedMap.naturalOrder();
        labels.put("app", app);
        if (even()) {
            labels.put("tier", mark + "back");
        }
        return new PodClass(
                labels.build(),
                of(ACCOUNTS),
                often()
                        ? ImmutableSortedSet.of(new ContainerPort("http", Protocol.TCP, of(List.of(80, 8080))))
                        : ImmutableSortedSet.of(),
                random.nextInt(15) == 0);
    }

    private Pod pod(String namespace, String app, String name, PodClass template) {
        ImmutableSortedMap.Builder<String, String> labels = ImmutableSortedMap.naturalOrder();
        labels.putAll(template.labels());
        if (often()) {
            labels.put(Identity.LABEL, template.serviceAccount());
        }
        return new Pod(
                namespace,
                name,
                new WorkloadName(namespace, "Deployment", app),
                new PodClass(labels.build(), template.serviceAccount(), template.ports(), template.hostNetwork()),
                often()
                        ? ImmutableSortedSet.of(IpAddress.parse("10.244.0." + random.nextInt(1, 250)))
                        : ImmutableSortedSet.of());
    }

    private Service service(String app) {
        return new Service(
                app,
                true,
                LabelSelector.label("app", app),
                ImmutableList.of(new Service.Port(
                        "web",
                        Protocol.TCP,
                        443,
                        even() ? Ports.named(Protocol.TCP, "http") : Ports.port(Protocol.TCP, 8080))),
                ImmutableSortedSet.of());
    }

    private DeclaredIntent intent(DeclaredIntent.Key key) {
        ImmutableList.Builder<Rule> rules = ImmutableList.builder();
        for (Direction direction : List.of(Direction.EGRESS, Direction.INGRESS)) {
            for (int i = 0, count = random.nextInt(3); i < count; i++) {
                rules.add(rule(direction, i));
            }
        }
        return new DeclaredIntent(key, reference(), rules.build());
    }

    private Rule rule(Direction direction, int index) {
        boolean outbound = direction == Direction.EGRESS;
        return switch (random.nextInt(6)) {
            case 0, 1, 2 -> new Rule(direction, index, new Peer.OfWorkload(of(NAMESPACES), reference()), of(PORTS), "");
            case 3 ->
                outbound
                        ? new Rule(direction, index, new Peer.OfService(of(NAMESPACES), of(APPS)), Ports.none(), "")
                        : new Rule(direction, index, new Peer.OfNamespace(of(NAMESPACES)), of(PORTS), "");
            case 4 ->
                outbound
                        ? new Rule(direction, index, new Peer.OfNetwork(of(BLOCKS)), of(PORTS), "")
                        : new Rule(direction, index, new Peer.OfSegment(of(SEGMENTS)), of(PORTS), "");
            default -> new Rule(direction, index, new Peer.OfNetwork(of(BLOCKS)), of(PORTS), "");
        };
    }

    private WorkloadSelector reference() {
        return switch (random.nextInt(4)) {
            case 0 -> new WorkloadSelector.ServiceAccount(of(ACCOUNTS));
            case 1 -> new WorkloadSelector.Owner(new Workload.Key("Deployment", of(APPS)));
            case 2 -> new WorkloadSelector.Labels(LabelSelector.label("app", of(APPS)));
            default -> new WorkloadSelector.All();
        };
    }

    private NetworkPolicy policy(NetworkPolicy.Key key) {
        return new NetworkPolicy(
                key,
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                even() ? LabelSelector.everything() : LabelSelector.label("app", of(APPS)),
                ImmutableSet.of(Direction.INGRESS, Direction.EGRESS),
                rules(),
                rules());
    }

    private ImmutableList<PolicyRule> rules() {
        ImmutableList.Builder<PolicyRule> rules = ImmutableList.builder();
        for (int i = random.nextInt(3); i > 0; i--) {
            LabelSelector pods = even() ? LabelSelector.everything() : LabelSelector.label("app", of(APPS));
            Optional<LabelSelector> namespaces = switch (random.nextInt(3)) {
                case 0 -> Optional.empty();
                case 1 -> Optional.of(LabelSelector.everything());
                default -> Optional.of(LabelSelector.label("team", of(APPS)));
            };
            rules.add(new PolicyRule(
                    often()
                            ? Optional.of(ImmutableList.of(
                                    often()
                                            ? new PolicyPeer.Pods(namespaces, pods)
                                            : new PolicyPeer.Addresses(of(BLOCKS))))
                            : Optional.empty(),
                    of(PORTS)));
        }
        return rules.build();
    }
}
