package dev.bulkhead.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Requirement;
import dev.bulkhead.core.world.Workload;
import java.util.ArrayList;
import java.util.List;

/** Intents over the names of {@link RandomWorlds}. */
final class RandomIntents {

    private static final List<IpBlock> BLOCKS = List.of(
            block("203.0.113.0/24", "203.0.113.9/32"),
            block("0.0.0.0/0"),
            block("10.0.0.0/8"),
            block("10.244.3.0/24"),
            block("2001:db8::/32"),
            block("172.18.0.9/32"));

    private static final List<ImmutableSortedSet<Cidr>> PLACES = List.of(
            ImmutableSortedSet.of(Cidr.parse("203.0.113.0/24")),
            ImmutableSortedSet.of(Cidr.parse("8.8.8.8/32"), Cidr.parse("172.18.0.2/32")),
            ImmutableSortedSet.of(Cidr.parse("2606:4700::/32"), Cidr.parse("2001:db8::/64")));

    private static final List<Ports> PORTS = List.of(
            Ports.port(Protocol.TCP, 8080),
            Ports.named(Protocol.TCP, "http"),
            Ports.named(Protocol.UDP, "admin"),
            Ports.of(PortSet.range(Protocol.TCP, 8000, 9000)),
            Ports.port(Protocol.SCTP, 9000).union(Ports.named(Protocol.TCP, "http")),
            Ports.port(Protocol.TCP, 80).union(Ports.port(Protocol.UDP, 5140)));

    private static final List<Ports> OF_A_SERVICE = List.of(
            Ports.none(),
            Ports.none(),
            Ports.port(Protocol.TCP, 443),
            Ports.port(Protocol.UDP, 514),
            Ports.named(Protocol.TCP, "web"),
            Ports.port(Protocol.TCP, 8080));

    private final Dice dice;

    RandomIntents(Dice dice) {
        this.dice = dice;
    }

    DeclaredIntent intent(DeclaredIntent.Key key) {
        return intent(
                key, workload(), rules(key.namespace(), Direction.EGRESS), rules(key.namespace(), Direction.INGRESS));
    }

    /** The same intent for the same workload, or for another one. */
    DeclaredIntent change(DeclaredIntent old) {
        List<Rule> outbound = rulesOf(old, Direction.EGRESS);
        List<Rule> inbound = rulesOf(old, Direction.INGRESS);
        return switch (dice.below(3)) {
            case 0 -> intent(old.key(), workload(), outbound, inbound);
            case 1 -> intent(old.key(), old.workload(), rules(old.key().namespace(), Direction.EGRESS), inbound);
            default ->
                intent(old.key(), old.workload(), outbound, rules(old.key().namespace(), Direction.INGRESS));
        };
    }

    private static DeclaredIntent intent(
            DeclaredIntent.Key key, WorkloadSelector workload, List<Rule> outbound, List<Rule> inbound) {
        return new DeclaredIntent(
                key,
                workload,
                ImmutableList.<Rule>builder().addAll(outbound).addAll(inbound).build());
    }

    private static List<Rule> rulesOf(DeclaredIntent intent, Direction direction) {
        return intent.rules().stream()
                .filter(rule -> rule.direction() == direction)
                .toList();
    }

    private List<Rule> rules(String home, Direction direction) {
        List<Rule> rules = new ArrayList<>();
        int count = dice.from(0, 3);
        for (int i = 0; i < count; i++) {
            rules.add(direction == Direction.EGRESS ? outbound(home, i) : inbound(home, i));
        }
        return rules;
    }

    private Rule outbound(String home, int index) {
        return switch (dice.below(7)) {
            case 0, 1, 2 ->
                new Rule(Direction.EGRESS, index, new Peer.OfWorkload(namespace(home), workload()), dice.of(PORTS), "");
            case 3, 4 ->
                new Rule(
                        Direction.EGRESS,
                        index,
                        new Peer.OfService(namespace(home), dice.of(RandomWorlds.APPS)),
                        dice.of(OF_A_SERVICE),
                        "");
            case 5 -> new Rule(Direction.EGRESS, index, new Peer.OfNetwork(dice.of(BLOCKS)), dice.of(PORTS), "");
            default -> wellKnown(index);
        };
    }

    private Rule wellKnown(int index) {
        WellKnown name = dice.of(List.of(WellKnown.values()));
        Ports ports = name.knowsItsPorts() ? Ports.none() : dice.of(PORTS);
        return new Rule(Direction.EGRESS, index, new Peer.OfWellKnown(name), ports, "");
    }

    /** What a platform may say of well-known peers. */
    WellKnownPlaces places() {
        ImmutableMap.Builder<WellKnown, WellKnownPlaces.Place> places = ImmutableMap.builder();
        for (WellKnown name : WellKnown.values()) {
            if (name != WellKnown.INTERNET && dice.below(3) == 0) {
                Ports ports = name.knowsItsPorts() ? dice.of(PORTS) : Ports.none();
                boolean pods = name != WellKnown.NODES && name != WellKnown.KUBE_API_SERVER && dice.often();
                places.put(
                        name,
                        pods
                                ? new WellKnownPlaces.Pods(home(name), workload(), ports)
                                : new WellKnownPlaces.Networks(dice.of(PLACES), ports));
            }
        }
        return new WellKnownPlaces(places.build(), dice.even() ? dice.of(PLACES) : ImmutableSortedSet.of());
    }

    /** The DNS that everybody may ask has no say in it, which a namespace with intents of its own would. */
    private String home(WellKnown name) {
        return name == WellKnown.KUBE_DNS ? "kube-system" : dice.of(RandomWorlds.NAMESPACES);
    }

    private Rule inbound(String home, int index) {
        Peer peer = switch (dice.below(7)) {
            case 0, 1, 2 -> new Peer.OfWorkload(namespace(home), workload());
            case 3 -> new Peer.OfNamespace(namespace(home));
            case 4 -> new Peer.OfSegment(dice.of(List.of("edge", "inner", "rest", "nowhere")));
            case 5 -> new Peer.OfNetwork(dice.of(BLOCKS));
            default -> new Peer.OfWellKnown(dice.of(List.of(WellKnown.values())));
        };
        return new Rule(Direction.INGRESS, index, peer, dice.of(PORTS), "");
    }

    private String namespace(String home) {
        if (dice.even()) {
            return home;
        }
        return dice.rarely() ? "kube-system" : dice.of(RandomWorlds.NAMESPACES);
    }

    private WorkloadSelector workload() {
        return switch (dice.below(4)) {
            case 0 -> new WorkloadSelector.ServiceAccount(dice.of(RandomWorlds.ACCOUNTS));
            case 1 -> new WorkloadSelector.Owner(new Workload.Key("Deployment", dice.of(RandomWorlds.APPS)));
            case 2 -> new WorkloadSelector.Labels(selector());
            default -> new WorkloadSelector.All();
        };
    }

    private LabelSelector selector() {
        String app = dice.of(RandomWorlds.APPS);
        return switch (dice.below(5)) {
            case 0, 1 -> LabelSelector.label("app", app);
            case 2 -> LabelSelector.everything().and("app", Requirement.notIn(List.of(app)));
            case 3 -> LabelSelector.label("app", app).and("tier", Requirement.in(List.of("front", "back")));
            default ->
                LabelSelector.everything().and("tier", dice.even() ? Requirement.exists() : Requirement.doesNotExist());
        };
    }

    private static IpBlock block(String cidr, String... except) {
        return IpBlock.of(
                Cidr.parse(cidr), List.of(except).stream().map(Cidr::parse).toList());
    }
}
