package dev.bulkhead.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Requirement;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Small clusters and declarations for them, the same for the same seed. Few names, so that things meet. */
public final class RandomWorlds {

    static final List<String> NAMESPACES = List.of("shop", "shop-eu", "pay", "web");
    static final List<String> APPS = List.of("api", "db");
    static final List<String> ACCOUNTS = List.of("default", "payments");
    private static final List<String> PATTERNS = List.of("shop", "shop*", "pay", "web", "*", "s*p*", "p*y");

    private final Dice dice;
    private final RandomIntents intents;

    public RandomWorlds(long seed) {
        dice = new Dice(seed);
        intents = new RandomIntents(dice);
    }

    public Sample sample() {
        SortedMap<String, Namespace> namespaces = new TreeMap<>();
        boolean stamping = dice.often();
        for (String name : NAMESPACES.subList(0, dice.from(2, 4))) {
            namespaces.put(name, namespace(name, stamping));
        }
        if (dice.often()) {
            namespaces.put("kube-system", kubeSystem());
        }
        List<DeclaredSegment> segments = new ArrayList<>();
        for (String name : List.of("edge", "inner", "rest").subList(0, dice.from(1, 3))) {
            segments.add(segment(name));
        }
        List<DeclaredIntent> declared = new ArrayList<>();
        for (String namespace : NAMESPACES) {
            for (int i = dice.from(0, 3); i > 0; i--) {
                declared.add(intents.intent(new DeclaredIntent.Key(namespace, "intent-" + i)));
            }
        }
        return new Sample(
                World.withoutAddresses(ImmutableSortedMap.copyOf(namespaces), facts(stamping)),
                Declarations.of(declared, segments, List.of(), intents.places(), Declarations.SYSTEM_NAMESPACES));
    }

    /** The same cluster after something small happened in it or was declared. */
    public Sample change(Sample before) {
        Sample after = before;
        for (int i = dice.from(1, 3); i > 0; i--) {
            after = switch (dice.below(6)) {
                case 0, 1 -> new Sample(after.world(), withOtherIntent(after.declarations()));
                case 2 -> new Sample(after.world(), withOtherSegment(after.declarations()));
                case 3 -> new Sample(withOtherNamespace(after.world()), after.declarations());
                case 4 -> new Sample(after.world(), withOtherPlaces(after.declarations()));
                default -> new Sample(withOtherFacts(after.world()), after.declarations());
            };
        }
        return after;
    }

    private Declarations withOtherIntent(Declarations before) {
        Map<DeclaredIntent.Key, DeclaredIntent> declared = new TreeMap<>();
        before.intents()
                .values()
                .forEach(namespace ->
                        namespace.intents().values().forEach(intent -> declared.put(intent.key(), intent)));
        DeclaredIntent.Key key = new DeclaredIntent.Key(dice.of(NAMESPACES), "intent-" + dice.from(1, 3));
        DeclaredIntent old = declared.remove(key);
        if (old == null || dice.often()) {
            declared.put(key, old == null || dice.even() ? intents.intent(key) : intents.change(old));
        }
        return Declarations.of(
                declared.values(),
                before.segments().values(),
                before.guardrails().values(),
                before.wellKnown(),
                before.excluded());
    }

    private Declarations withOtherSegment(Declarations before) {
        Map<String, DeclaredSegment> segments = new TreeMap<>(before.segments());
        String name = dice.of(List.of("edge", "inner", "rest"));
        DeclaredSegment old = segments.remove(name);
        if (old == null || dice.often()) {
            DeclaredSegment fresh = segment(name);
            segments.put(
                    name,
                    old == null || dice.even()
                            ? fresh
                            : new DeclaredSegment(
                                    name,
                                    old.namespaces(),
                                    old.except(),
                                    fresh.enforced(),
                                    fresh.trustBoundary(),
                                    fresh.dns(),
                                    fresh.verified()));
        }
        return new Declarations(
                before.intents(),
                ImmutableSortedMap.copyOf(segments),
                before.guardrails(),
                before.wellKnown(),
                before.excluded());
    }

    private Declarations withOtherPlaces(Declarations before) {
        return new Declarations(
                before.intents(), before.segments(), before.guardrails(), intents.places(), before.excluded());
    }

    private World withOtherNamespace(World before) {
        SortedMap<String, Namespace> namespaces = new TreeMap<>(before.namespaces());
        String name = dice.of(NAMESPACES);
        Namespace old = namespaces.get(name);
        Namespace fresh = namespace(name, before.facts().identityInForce());
        namespaces.put(
                name,
                old == null
                        ? fresh
                        : new Namespace(
                                name,
                                old.labels(),
                                old.terminating(),
                                dice.even() ? old.services() : fresh.services(),
                                dice.even() ? old.workloads() : fresh.workloads(),
                                dice.even() ? old.pods() : fresh.pods()));
        if (dice.rarely()) {
            namespaces.put("kube-system", kubeSystem());
        }
        return World.withoutAddresses(ImmutableSortedMap.copyOf(namespaces), before.facts());
    }

    private World withOtherFacts(World before) {
        return World.withoutAddresses(
                before.namespaces(), facts(dice.rarely() != before.facts().identityInForce()));
    }

    private Namespace namespace(String name, boolean stamping) {
        ImmutableMap.Builder<Workload.Key, Workload> workloads = ImmutableMap.builder();
        ImmutableSet.Builder<PodClass> pods = ImmutableSet.builder();
        for (String app : APPS) {
            Workload workload = workload(app);
            if (dice.often()) {
                workloads.put(workload.key(), workload);
            }
            for (int i = dice.from(0, 2); i > 0; i--) {
                pods.add(pod(workload.template(), stamping));
            }
        }
        pods.add(pod(template("lone"), stamping));
        ImmutableMap.Builder<String, Service> services = ImmutableMap.builder();
        for (String app : APPS) {
            if (dice.often()) {
                services.put(app, service(app));
            }
        }
        return new Namespace(
                name,
                ImmutableSortedMap.of(Namespace.NAME_LABEL, name),
                dice.seldom(),
                services.build(),
                workloads.build(),
                pods.build());
    }

    private Namespace kubeSystem() {
        PodClass dns = new PodClass(
                ImmutableSortedMap.of("k8s-app", "kube-dns"),
                "coredns",
                ImmutableSortedSet.of(
                        new ContainerPort("dns", Protocol.UDP, 5353), new ContainerPort("dns-tcp", Protocol.TCP, 5353)),
                false);
        PodClass other = new PodClass(
                ImmutableSortedMap.of("k8s-app", "metrics"), "metrics", ImmutableSortedSet.of(), dice.rarely());
        Service service = new Service(
                "kube-dns",
                true,
                LabelSelector.label("k8s-app", "kube-dns"),
                ImmutableList.of(
                        new Service.Port("dns", Protocol.UDP, 53, Ports.named(Protocol.UDP, "dns")),
                        new Service.Port("dns-tcp", Protocol.TCP, 53, Ports.port(Protocol.TCP, 5353))),
                ImmutableSortedSet.of());
        return new Namespace(
                "kube-system",
                ImmutableSortedMap.of(Namespace.NAME_LABEL, "kube-system"),
                false,
                dice.even() ? ImmutableMap.of("kube-dns", service) : ImmutableMap.of(),
                ImmutableMap.of(),
                ImmutableSet.of(pod(dns, false), other));
    }

    private Workload workload(String app) {
        return new Workload(
                new Workload.Key("Deployment", app),
                dice.often()
                        ? LabelSelector.label("app", app)
                        : LabelSelector.label("app", app).and("tier", Requirement.exists()),
                template(app));
    }

    private PodClass template(String app) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("app", app);
        if (dice.even()) {
            labels.put("tier", dice.of(List.of("front", "back")));
        }
        ImmutableSortedSet.Builder<ContainerPort> ports = ImmutableSortedSet.naturalOrder();
        if (dice.often()) {
            ports.add(new ContainerPort("http", Protocol.TCP, dice.of(List.of(80, 8080))));
        }
        if (dice.even()) {
            ports.add(new ContainerPort("admin", dice.of(List.of(Protocol.values())), 9000));
        }
        return new PodClass(ImmutableSortedMap.copyOf(labels), dice.of(ACCOUNTS), ports.build(), dice.seldom());
    }

    /** A pod as it came to be: stamped if the API server does that, and quarantined or relabelled now and then. */
    private PodClass pod(PodClass template, boolean stamping) {
        SortedMap<String, String> labels = new TreeMap<>(template.labels());
        if (stamping && !dice.seldom()) {
            labels.put(Identity.LABEL, template.serviceAccount());
        } else if (dice.rarely()) {
            labels.put(Identity.LABEL, dice.of(ACCOUNTS));
        }
        if (dice.rarely()) {
            labels.put("bulkhead.dev/quarantine", "suspect");
        }
        if (dice.rarely()) {
            labels.put("app", dice.of(APPS));
        }
        return new PodClass(
                ImmutableSortedMap.copyOf(labels), template.serviceAccount(), template.ports(), template.hostNetwork());
    }

    private Service service(String app) {
        ImmutableList.Builder<Service.Port> ports = ImmutableList.builder();
        ports.add(new Service.Port(
                "web",
                Protocol.TCP,
                443,
                dice.of(List.of(Ports.named(Protocol.TCP, "http"), Ports.port(Protocol.TCP, 8080)))));
        if (dice.even()) {
            ports.add(new Service.Port("", Protocol.UDP, 514, Ports.port(Protocol.UDP, 5140)));
        }
        LabelSelector selector = dice.often()
                ? LabelSelector.label("app", app)
                : LabelSelector.labels(Map.of("app", app, "tier", "front"));
        return new Service(app, !dice.rarely(), selector, ports.build(), ImmutableSortedSet.of());
    }

    private DeclaredSegment segment(String name) {
        List<String> patterns = new ArrayList<>();
        for (int i = dice.from(1, 2); i > 0; i--) {
            patterns.add(dice.of(PATTERNS));
        }
        ImmutableSet<Direction> enforced =
                Stream.of(Direction.values()).filter(direction -> dice.often()).collect(ImmutableSet.toImmutableSet());
        return new DeclaredSegment(
                name,
                ImmutableList.copyOf(patterns),
                dice.rarely() ? ImmutableList.of(dice.of(PATTERNS)) : ImmutableList.of(),
                enforced,
                dice.of(List.of(DeclaredSegment.TrustBoundary.values())),
                dice.even(),
                /* verified= */ false);
    }

    private ClusterFacts facts(boolean stamping) {
        ImmutableSortedSet.Builder<Cidr> networks = ImmutableSortedSet.naturalOrder();
        if (!dice.seldom()) {
            networks.add(Cidr.parse("10.244.0.0/16"), Cidr.parse("10.96.0.0/12"), Cidr.parse("172.18.0.0/16"));
        }
        if (dice.even()) {
            networks.add(Cidr.parse("2001:db8:1::/56"));
        }
        ImmutableSortedSet.Builder<ClusterFacts.SocketAddress> servers = ImmutableSortedSet.naturalOrder();
        for (String address : List.of("172.18.0.2", "172.18.0.3").subList(0, dice.from(0, 2))) {
            servers.add(new ClusterFacts.SocketAddress(IpAddress.parse(address), 6443));
        }
        ImmutableSortedSet<IpAddress> nodes = Stream.of("172.18.0.2", "172.18.0.9")
                .limit(dice.from(0, 2))
                .map(IpAddress::parse)
                .collect(ImmutableSortedSet.toImmutableSortedSet(IpAddress::compareTo));
        return new ClusterFacts(stamping, networks.build(), nodes, servers.build(), ImmutableSortedSet.of());
    }
}
