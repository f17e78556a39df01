package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.GuardrailStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.cluster.decode.WellKnownPeersReader;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Events of a small cluster, the same for the same seed. Few names, so that things meet. */
final class RandomEvents {

    /** Something that a watch shows. */
    record Event(String words, Function<InventoryState, AffectedNamespaces> happening) {

        AffectedNamespaces happen(InventoryState state) {
            return happening.apply(state);
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private static final List<String> TEAMS = List.of("shop", "pay", "web", "shop-eu");
    private static final List<String> PLATFORM =
            List.of("kube-system", "monitoring", "openshift-monitoring", "ingress-nginx", "traefik");
    private static final List<String> SEGMENTS = List.of("s", "t", "u");
    private static final List<String> PATTERNS =
            List.of("shop", "shop*", "pay", "web", "*", "monitoring", "ingress-nginx", "p*");
    private static final String TEAM = "team";
    private static final String POD_INDEX = "apps.kubernetes.io/pod-index";
    private static final List<String> INDICES = List.of("0", "1");
    private static final List<String> APPS = List.of("api", "db");
    private static final List<String> ACCOUNTS = List.of("default", "payments");
    private static final List<Ports> PORTS =
            List.of(Ports.port(Protocol.TCP, 8080), Ports.port(Protocol.TCP, 9090), Ports.named(Protocol.TCP, "http"));
    private static final List<IpBlock> BLOCKS = List.of(
            IpBlock.of(Cidr.parse("203.0.113.0/24"), List.of()),
            IpBlock.of(Cidr.parse("10.0.0.0/8"), List.of()),
            IpBlock.of(Cidr.parse("10.0.0.0/8"), List.of(Cidr.parse("10.1.0.0/16"))),
            IpBlock.of(Cidr.parse("10.1.0.7/32"), List.of()));
    private static final List<IpAddress> ADDRESSES = Stream.of(
                    "10.1.0.7", "10.1.0.8", "10.2.0.7", "203.0.113.7", "198.51.100.7")
            .map(IpAddress::parse)
            .toList();

    private final SplittableRandom random;
    private long generation;

    RandomEvents(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Builds up most of a cluster. */
    List<Event> beginning() {
        ImmutableList.Builder<Event> events = ImmutableList.builder();
        events.add(facts());
        TEAMS.forEach(name -> events.add(namespace(name, !once(6))));
        PLATFORM.forEach(name -> events.add(namespace(name, once(2))));
        for (String segment : SEGMENTS.subList(0, from(1, 2))) {
            events.add(segment(segment));
        }
        for (String namespace : TEAMS) {
            for (String app : APPS) {
                events.add(workload(namespace, app));
                events.add(pod(namespace));
            }
            events.add(service(namespace));
        }
        for (int i = from(1, 5); i > 0; i--) {
            events.add(intent());
        }
        if (once(2)) {
            events.add(guardrail());
        }
        for (int i = from(0, 2); i > 0; i--) {
            events.add(policyByOthers());
        }
        return events.build();
    }

    Event next() {
        return switch (random.nextInt(18)) {
            case 0, 1 -> pod(somewhere());
            case 2, 3 -> workload(somewhere(), of(APPS));
            case 4 -> service(somewhere());
            case 5, 6 -> namespace(somewhere(), once(2));
            case 7, 8, 9, 10 -> intent();
            case 11, 12, 13 -> segment(of(SEGMENTS));
            case 14, 15 -> policyByOthers();
            case 16 -> once(2) ? guardrail() : wellKnown();
            default -> facts();
        };
    }

    private <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private int from(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** Once in so many times. */
    private boolean once(int times) {
        return random.nextInt(times) == 0;
    }

    private String somewhere() {
        return once(4) ? of(PLATFORM) : of(TEAMS);
    }

    private Event namespace(String name, boolean there) {
        Namespace empty = Namespace.empty(name);
        ImmutableSortedMap<String, String> labels =
                once(3) ? ImmutableSortedMap.of(Namespace.NAME_LABEL, name, TEAM, of(TEAMS)) : empty.labels();
        Namespace object =
                new Namespace(name, labels, empty.terminating(), empty.services(), empty.workloads(), empty.pods());
        return new Event(
                "namespace " + name + (there ? " " + labels : " goes"),
                state -> state.namespace(name, there ? Optional.of(object) : Optional.empty()));
    }

    /** As the watch shows one, and as the intake tells of it. */
    private Event policyByOthers() {
        NetworkPolicy.Key key = new NetworkPolicy.Key(somewhere(), of(List.of("theirs", "others")));
        if (once(3)) {
            return new Event(
                    "policy " + key + " goes",
                    state -> state.livePolicy(key)
                            .filter(known -> state.policyGone(key, known.uid()))
                            .map(known -> state.policyTouch(key.namespace()))
                            .orElse(AffectedNamespaces.NOBODY));
        }
        generation++;
        PolicyRule rule = new PolicyRule(
                once(3)
                        ? Optional.empty()
                        : Optional.of(ImmutableList.of(new PolicyPeer.Pods(
                                Optional.of(LabelSelector.label(once(2) ? TEAM : Namespace.NAME_LABEL, of(TEAMS))),
                                LabelSelector.everything()))),
                once(2) ? Ports.all() : of(PORTS));
        ImmutableList<PolicyRule> rules = once(2) ? ImmutableList.of() : ImmutableList.of(rule);
        NetworkPolicy policy = new NetworkPolicy(
                key,
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                once(2) ? LabelSelector.everything() : LabelSelector.label("app", of(APPS)),
                once(3) ? ImmutableSet.of(Direction.EGRESS) : ImmutableSet.copyOf(Direction.values()),
                rules,
                rules);
        LivePolicy seen = LivePolicies.of(policy, "uid-of-others-" + generation, Long.toString(generation));
        return new Event(
                policy.toString(),
                state -> state.policy(seen) ? state.policyTouch(key.namespace()) : AffectedNamespaces.NOBODY);
    }

    private Event pod(String namespace) {
        String name = of(List.of("one", "two"));
        PodClass traits = once(3) ? stamped(template(of(APPS))) : template(of(APPS));
        Optional<Pod> pod = once(4)
                ? Optional.empty()
                : Optional.of(new Pod(
                        namespace, name, new WorkloadName(namespace, WorkloadName.POD, name), traits, addresses()));
        return new Event(
                "pod " + namespace + "/" + name + " " + pod.map(found -> found.traits() + " " + found.addresses()),
                state -> state.pod(namespace, name, pod));
    }

    /** Inside and outside of what rules name, and of what is known to be the cluster's. */
    private ImmutableSortedSet<IpAddress> addresses() {
        return once(3) ? ImmutableSortedSet.of() : ImmutableSortedSet.of(of(ADDRESSES));
    }

    private PodClass template(String app) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("app", app);
        if (once(3)) {
            labels.put(POD_INDEX, of(INDICES));
        }
        if (once(5)) {
            labels.put("k8s-app", "kube-dns");
        }
        if (once(5)) {
            labels.put("app.kubernetes.io/name", of(List.of("prometheus", "traefik")));
        }
        return new PodClass(ImmutableSortedMap.copyOf(labels), of(ACCOUNTS), ImmutableSortedSet.of(), once(20));
    }

    /** Now and then of one pod of a StatefulSet alone. */
    private LabelSelector selector(String app) {
        LabelSelector selector = LabelSelector.label("app", app);
        return once(10) ? selector.and(LabelSelector.label(POD_INDEX, of(INDICES))) : selector;
    }

    private PodClass stamped(PodClass pod) {
        return Identity.stamped(pod);
    }

    private Event workload(String namespace, String app) {
        Workload.Key key = new Workload.Key("Deployment", app);
        LabelSelector selector = selector(once(4) ? of(APPS) : app);
        Optional<Workload> workload =
                once(5) ? Optional.empty() : Optional.of(new Workload(key, selector, template(app)));
        return new Event(
                "workload " + namespace + "/" + key + " " + workload,
                state -> state.workload(namespace, key, workload));
    }

    private Event service(String namespace) {
        String name = namespace.equals("kube-system") ? "kube-dns" : of(APPS);
        Ports target = of(PORTS);
        Optional<Service> service = once(4)
                ? Optional.empty()
                : Optional.of(new Service(
                        name,
                        !once(6),
                        selector(of(APPS)),
                        ImmutableList.of(new Service.Port("", Protocol.TCP, once(2) ? 53 : 80, target)),
                        addresses()));
        return new Event(
                "service " + namespace + "/" + name + " " + service, state -> state.service(namespace, name, service));
    }

    private Event intent() {
        DeclaredIntent.Key key =
                new DeclaredIntent.Key(once(6) ? of(PLATFORM) : of(TEAMS), of(List.of("one", "two", "three")));
        if (once(4)) {
            return new Event("intent " + key + " goes", state -> state.intentGone(key));
        }
        ImmutableList.Builder<Rule> rules = ImmutableList.builder();
        for (int i = from(0, 2); i > 0; i--) {
            rules.add(outbound(i));
        }
        for (int i = from(0, 2); i > 0; i--) {
            rules.add(inbound(i));
        }
        DeclaredIntent intent = new DeclaredIntent(key, workload(), rules.build());
        DecodedObject<DeclaredIntent, AccessIntentStatus> seen = sighting(intent);
        return new Event("intent " + intent, state -> state.intent(key, seen));
    }

    private Rule outbound(int index) {
        Peer peer = switch (random.nextInt(5)) {
            case 0, 1 -> new Peer.OfWorkload(somewhere(), workload());
            case 2 -> new Peer.OfService(somewhere(), of(APPS));
            case 3 -> new Peer.OfNetwork(of(BLOCKS));
            default -> new Peer.OfWellKnown(of(List.of(WellKnown.values())));
        };
        return new Rule(Direction.EGRESS, index, peer, peer instanceof Peer.OfService ? Ports.none() : of(PORTS), "");
    }

    private Rule inbound(int index) {
        Peer peer = switch (random.nextInt(6)) {
            case 0, 1 -> new Peer.OfWorkload(somewhere(), workload());
            case 2 -> new Peer.OfNamespace(somewhere());
            case 3 -> new Peer.OfSegment(of(SEGMENTS));
            case 4 -> new Peer.OfNetwork(of(BLOCKS));
            default -> new Peer.OfWellKnown(of(List.of(WellKnown.values())));
        };
        return new Rule(Direction.INGRESS, index, peer, of(PORTS), "");
    }

    private WorkloadSelector workload() {
        return switch (random.nextInt(4)) {
            case 0 -> new WorkloadSelector.ServiceAccount(of(ACCOUNTS));
            case 1 -> new WorkloadSelector.Owner(new Workload.Key("Deployment", of(APPS)));
            case 2 -> new WorkloadSelector.Labels(selector(of(APPS)));
            default -> new WorkloadSelector.All();
        };
    }

    private Event segment(String name) {
        if (once(5)) {
            return new Event("segment " + name + " goes", state -> state.segmentGone(name));
        }
        ImmutableSet.Builder<Direction> enforced = ImmutableSet.builder();
        for (Direction direction : Direction.values()) {
            if (!once(4)) {
                enforced.add(direction);
            }
        }
        DeclaredSegment segment = new DeclaredSegment(
                name,
                ImmutableList.of(of(PATTERNS), of(PATTERNS)),
                once(6) ? ImmutableList.of(of(PATTERNS)) : ImmutableList.of(),
                enforced.build(),
                once(2) ? DeclaredSegment.TrustBoundary.SEGMENT : of(List.of(DeclaredSegment.TrustBoundary.values())),
                once(3),
                once(8));
        DecodedObject<DeclaredSegment, SegmentStatus> seen = sighting(segment);
        return new Event(segment.toString(), state -> state.segment(name, seen));
    }

    private Event guardrail() {
        String name = of(List.of("one", "two"));
        if (once(3)) {
            return new Event("guardrail " + name + " goes", state -> deleted(state.guardrailsInForce(), name));
        }
        DeclaredGuardrail.Connections limit = new DeclaredGuardrail.Connections(ends(), ends(), Ports.none());
        DeclaredGuardrail guardrail = new DeclaredGuardrail(
                name,
                "for a test",
                once(2) ? ImmutableList.of(limit) : ImmutableList.of(),
                ImmutableList.of(new DeclaredGuardrail.Demand(
                        new DeclaredGuardrail.Connections(ends(), ends(), Ports.none()),
                        once(3),
                        once(2),
                        once(2) ? OptionalLong.of(256) : OptionalLong.empty(),
                        once(2) ? OptionalInt.of(1) : OptionalInt.empty())));
        DecodedObject<DeclaredGuardrail, GuardrailStatus> seen = sighting(guardrail);
        return new Event(guardrail.toString(), state -> state.guardrail(name, seen));
    }

    private DeclaredGuardrail.Ends ends() {
        return new DeclaredGuardrail.Ends(
                once(3) ? ImmutableSet.of(of(SEGMENTS)) : ImmutableSet.of(),
                once(3) ? ImmutableList.of(of(PATTERNS)) : ImmutableList.of(),
                ImmutableList.of(),
                once(3) ? ImmutableSet.of(of(List.of(WellKnown.values()))) : ImmutableSet.of());
    }

    private Event wellKnown() {
        if (once(3)) {
            return new Event(
                    "no places are said", state -> deleted(state.wellKnownInForce(), WellKnownPeersReader.NAME));
        }
        WellKnown name = of(List.of(WellKnown.KUBE_DNS, WellKnown.INGRESS_CONTROLLER, WellKnown.MONITORING));
        WellKnownPlaces places = new WellKnownPlaces(
                ImmutableMap.of(name, new WellKnownPlaces.Pods(somewhere(), workload(), Ports.none())),
                ImmutableSortedSet.of());
        DecodedObject<WellKnownPlaces, Void> seen = sighting(places);
        return new Event(places.toString(), state -> state.wellKnown(seen));
    }

    private Event facts() {
        ImmutableSortedSet<IpAddress> addresses =
                once(2) ? ImmutableSortedSet.of() : ImmutableSortedSet.of(IpAddress.parse("192.0.2.7"));
        ClusterFacts facts = new ClusterFacts(
                once(2),
                once(3) ? ImmutableSortedSet.of(Cidr.parse("10.1.0.0/29")) : ImmutableSortedSet.of(),
                addresses,
                ImmutableSortedSet.of(),
                once(2)
                        ? ImmutableSortedSet.copyOf(Set.of("k8s.io/ingress-nginx"))
                        : ImmutableSortedSet.of("k8s.io/ingress-nginx", "traefik.io/ingress-controller"));
        return new Event(facts.toString(), state -> state.facts(() -> facts));
    }

    private <M, S> DecodedObject<M, S> sighting(M meaning) {
        generation++;
        return new DecodedObject<>(
                Optional.of(meaning),
                "",
                new LiveStatus<>(new Revision("uid", generation), Optional.empty(), "9"),
                /* weight= */ 0);
    }

    private static AffectedNamespaces deleted(LostDeclarations.InForce inForce, String name) {
        inForce.lost(name);
        return inForce.deleted(name);
    }
}
