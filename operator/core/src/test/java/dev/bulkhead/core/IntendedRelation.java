package dev.bulkhead.core;

import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.DeclaredSegment.TrustBoundary;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.NamedPort;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Requirement;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which connections should be allowed, read straight off the declarations, pod by pod. Written down without the
 * compiler and without looking at policies, so that it can judge both.
 *
 * <p>Says nothing about pods on the host's network, and nothing about namespaces that {@link #isSettled} denies.
 */
public final class IntendedRelation {

    private static final String QUARANTINE = "bulkhead.dev/quarantine";

    /** Nobody on the internet has such an address. */
    private static final List<Cidr> PRIVATE = List.of(
            Cidr.parse("10.0.0.0/8"),
            Cidr.parse("172.16.0.0/12"),
            Cidr.parse("192.168.0.0/16"),
            Cidr.parse("169.254.0.0/16"),
            Cidr.parse("127.0.0.0/8"),
            Cidr.parse("fc00::/7"),
            Cidr.parse("fe80::/10"),
            Cidr.parse("::1/128"));

    private final World world;
    private final Declarations declarations;

    public IntendedRelation(World world, Declarations declarations) {
        this.world = world;
        this.declarations = declarations;
    }

    /** Whether it is clear what holds for the pods of this namespace. */
    public boolean isSettled(Namespace namespace) {
        return !namespace.terminating() && claimants(namespace.name()).size() <= 1;
    }

    /** Whether any policy of ours has a say about connections between the two. */
    public boolean isHeld(Endpoint source, Endpoint destination) {
        return (source instanceof Endpoint.Pods pods && isEnforced(Direction.EGRESS, pods.namespace()))
                || (destination instanceof Endpoint.Pods others && isEnforced(Direction.INGRESS, others.namespace()));
    }

    /** Whether the endpoint is part of what the name stands for. */
    public boolean isMeantBy(WellKnown name, Endpoint endpoint) {
        return !wellKnown(name, Ports.all(), endpoint, endpoint).isEmpty();
    }

    /** The segment of the namespace, if it is in one. */
    public Optional<String> segmentOf(String namespace) {
        return segment(namespace).map(DeclaredSegment::name);
    }

    /** The destination's ports on which the source should be able to connect to it. */
    public PortSet allowed(Endpoint source, Endpoint destination) {
        return half(Direction.EGRESS, source, destination).intersection(half(Direction.INGRESS, destination, source));
    }

    private PortSet half(Direction direction, Endpoint self, Endpoint other) {
        if (!(self instanceof Endpoint.Pods pods) || !isEnforced(direction, pods.namespace())) {
            return PortSet.all();
        }
        if (isQuarantined(self) || isQuarantined(other)) {
            return PortSet.none();
        }
        PortSet granted = PortSet.none();
        for (DeclaredIntent intent : intents(pods.namespace())) {
            for (Rule rule : rules(intent, direction)) {
                if (speaksFor(intent, pods)) {
                    granted = granted.union(ports(rule, self, other));
                }
            }
        }
        if (other instanceof Endpoint.Pods others) {
            for (DeclaredIntent intent : intents(others.namespace())) {
                for (Rule rule : rules(intent, direction.opposite())) {
                    if (speaksFor(intent, others) && oneEndIsEnough(intent, rule, pods.namespace())) {
                        granted = granted.union(ports(rule, other, self));
                    }
                }
            }
        }
        if (direction == Direction.EGRESS
                && segment(pods.namespace()).orElseThrow().dns()) {
            granted = granted.union(wellKnown(WellKnown.KUBE_DNS, Ports.none(), other, other));
        }
        return granted;
    }

    private boolean speaksFor(DeclaredIntent intent, Endpoint.Pods pods) {
        return intent.key().namespace().equals(pods.namespace())
                && selector(pods.namespace(), intent.workload())
                        .map(selector -> selector.matches(pods.pods().labels()))
                        .orElse(false);
    }

    /** What a rule of {@code declarer} grants it towards, or from, {@code peer}. */
    private PortSet ports(Rule rule, Endpoint declarer, Endpoint peer) {
        Endpoint destination = rule.direction() == Direction.EGRESS ? peer : declarer;
        if (rule.peer() instanceof Peer.OfWorkload workload) {
            return isSelected(peer, workload.namespace(), selector(workload.namespace(), workload.workload()))
                    ? on(rule.ports(), destination)
                    : PortSet.none();
        }
        if (rule.peer() instanceof Peer.OfService service) {
            return service(service)
                    .filter(found -> isSelected(peer, service.namespace(), Optional.of(found.selector())))
                    .map(found -> on(targets(found, rule.ports()), destination))
                    .orElse(PortSet.none());
        }
        if (rule.peer() instanceof Peer.OfNamespace namespace) {
            return isSelected(peer, namespace.name(), Optional.of(LabelSelector.everything()))
                    ? on(rule.ports(), destination)
                    : PortSet.none();
        }
        if (rule.peer() instanceof Peer.OfSegment segment) {
            return peer instanceof Endpoint.Pods pods
                            && segment(pods.namespace())
                                    .map(DeclaredSegment::name)
                                    .equals(Optional.of(segment.name()))
                    ? on(rule.ports(), destination)
                    : PortSet.none();
        }
        if (rule.peer() instanceof Peer.OfNetwork network) {
            return peer instanceof Endpoint.Outside outside
                            && network.block().contains(outside.address())
                            && isNowhereIn(world.facts().networks(), outside.address())
                    ? on(rule.ports(), destination)
                    : PortSet.none();
        }
        return wellKnown(((Peer.OfWellKnown) rule.peer()).name(), rule.ports(), peer, destination);
    }

    /** @param ports of the rule; none where the peer knows them */
    private PortSet wellKnown(WellKnown name, Ports ports, Endpoint peer, Endpoint destination) {
        WellKnownPlaces.Place said = declarations.wellKnown().places().get(name);
        if (said instanceof WellKnownPlaces.Pods pods) {
            return isSelected(peer, pods.namespace(), selector(pods.namespace(), pods.workload()))
                    ? on(ports.isEmpty() ? pods.ports() : ports, destination)
                    : PortSet.none();
        }
        if (said instanceof WellKnownPlaces.Networks networks) {
            return isOutside(peer, networks.networks())
                    ? on(ports.isEmpty() ? networks.ports() : ports, destination)
                    : PortSet.none();
        }
        return switch (name) {
            case KUBE_DNS -> {
                PortSet own = kubeDns(peer);
                yield ports.isEmpty() || own.isEmpty() ? own : on(ports, destination);
            }
            case KUBE_API_SERVER -> {
                PortSet own = apiServer(peer);
                yield ports.isEmpty() || own.isEmpty() ? own : on(ports, destination);
            }
            case INTERNET ->
                peer instanceof Endpoint.Outside outside
                                && isNowhereIn(PRIVATE, outside.address())
                                && isNowhereIn(world.facts().networks(), outside.address())
                                && isNowhereIn(declarations.wellKnown().notInternet(), outside.address())
                        ? on(ports, destination)
                        : PortSet.none();
            case NODES ->
                peer instanceof Endpoint.Outside outside
                                && world.facts().nodes().contains(outside.address())
                        ? on(ports, destination)
                        : PortSet.none();
            // Nothing in these worlds has the names by which they would be found.
            case INGRESS_CONTROLLER, MONITORING -> PortSet.none();
        };
    }

    private static boolean isOutside(Endpoint peer, Iterable<Cidr> ranges) {
        return peer instanceof Endpoint.Outside outside && !isNowhereIn(ranges, outside.address());
    }

    private PortSet kubeDns(Endpoint peer) {
        Peer.OfService service = new Peer.OfService("kube-system", "kube-dns");
        Optional<Service> found = world.namespace("kube-system")
                .map(namespace -> namespace.services().get(service.name()));
        if (found.isPresent()) {
            return isSelected(peer, "kube-system", Optional.of(found.get().selector()))
                    ? on(targets(found.get(), Ports.none()), peer)
                    : PortSet.none();
        }
        return isSelected(peer, "kube-system", Optional.of(LabelSelector.label("k8s-app", "kube-dns")))
                ? PortSet.port(Protocol.UDP, 53).union(PortSet.port(Protocol.TCP, 53))
                : PortSet.none();
    }

    private PortSet apiServer(Endpoint peer) {
        PortSet ports = PortSet.none();
        if (peer instanceof Endpoint.Outside outside) {
            for (var server : world.facts().apiServers()) {
                if (server.address().equals(outside.address())) {
                    ports = ports.union(PortSet.port(Protocol.TCP, server.port()));
                }
            }
        }
        return ports;
    }

    /** The pods' ports behind the Service's ports; nothing when the narrowing speaks of a port it does not have. */
    private static Ports targets(Service service, Ports narrowing) {
        Ports targets = Ports.none();
        PortSet unknownNumbers = narrowing.numbers();
        Set<NamedPort> unknownNames = new HashSet<>(narrowing.names());
        for (Service.Port port : service.ports()) {
            NamedPort name = new NamedPort(port.protocol(), port.name());
            boolean named = narrowing.names().contains(name);
            boolean numbered = narrowing.numbers().contains(port.protocol(), port.number());
            if (narrowing.isEmpty() || named || numbered) {
                targets = targets.union(port.target());
            }
            unknownNames.remove(name);
            unknownNumbers = unknownNumbers.difference(PortSet.port(port.protocol(), port.number()));
        }
        return unknownNames.isEmpty() && unknownNumbers.isEmpty() ? targets : Ports.none();
    }

    /** Whether a rule that grants one half grants the half of the pods in {@code otherNamespace} as well. */
    private boolean oneEndIsEnough(DeclaredIntent intent, Rule rule, String otherNamespace) {
        String home = intent.key().namespace();
        Optional<DeclaredSegment> segment = segment(home);
        if (segment.isEmpty() || !segment.equals(segment(otherNamespace))) {
            return false;
        }
        TrustBoundary boundary = segment.get().trustBoundary();
        return boundary == TrustBoundary.SEGMENT
                || (boundary == TrustBoundary.NAMESPACE && home.equals(otherNamespace))
                || (home.equals(otherNamespace) && isTheSame(intent, rule));
    }

    private boolean isTheSame(DeclaredIntent intent, Rule rule) {
        String home = intent.key().namespace();
        Optional<LabelSelector> own = selector(home, intent.workload());
        Optional<LabelSelector> peers = Optional.empty();
        if (rule.peer() instanceof Peer.OfWorkload workload
                && workload.namespace().equals(home)) {
            peers = selector(home, workload.workload());
        } else if (rule.peer() instanceof Peer.OfService service
                && service.namespace().equals(home)) {
            peers = service(service).map(Service::selector);
        } else if (rule.peer() instanceof Peer.OfNamespace namespace
                && namespace.name().equals(home)) {
            peers = Optional.of(LabelSelector.everything());
        } else if (rule.peer() instanceof Peer.OfSegment segment
                && segment(home).map(DeclaredSegment::name).equals(Optional.of(segment.name()))) {
            peers = Optional.of(LabelSelector.everything());
        } else if (rule.peer() instanceof Peer.OfWellKnown wellKnown
                && declarations.wellKnown().places().get(wellKnown.name()) instanceof WellKnownPlaces.Pods pods
                && pods.namespace().equals(home)) {
            peers = selector(home, pods.workload());
        }
        return own.isPresent() && own.equals(peers);
    }

    /** Whether the stamp of every live pod tells the truth about this service account. */
    static boolean isStamped(Namespace namespace, String serviceAccount) {
        return namespace.pods().stream()
                .allMatch(pod -> pod.serviceAccount().equals(serviceAccount)
                        == serviceAccount.equals(pod.labels().get(Identity.LABEL)));
    }

    private Optional<LabelSelector> selector(String namespace, WorkloadSelector reference) {
        if (reference instanceof WorkloadSelector.ServiceAccount account) {
            return world.namespace(namespace)
                    .flatMap(found -> world.facts().identityInForce() && isStamped(found, account.name())
                            ? Optional.of(Identity.selector(account.name()))
                            : standIn(found, account.name()));
        }
        if (reference instanceof WorkloadSelector.Owner owner) {
            return world.namespace(namespace)
                    .map(found -> found.workloads().get(owner.key()))
                    .map(Workload::selector);
        }
        if (reference instanceof WorkloadSelector.Labels labels) {
            return Optional.of(labels.selector());
        }
        return Optional.of(LabelSelector.everything());
    }

    /** Whose pods nobody vouches for is whom the selectors of its workloads say, if they say nobody else too. */
    private static Optional<LabelSelector> standIn(Namespace namespace, String account) {
        Set<LabelSelector> selectors = new HashSet<>();
        Set<PodClass> others = new HashSet<>();
        for (Workload workload : namespace.workloads().values()) {
            if (workload.template().serviceAccount().equals(account)) {
                selectors.add(workload.selector());
            } else {
                others.add(workload.template());
            }
        }
        namespace.pods().stream()
                .filter(pod -> !pod.serviceAccount().equals(account))
                .forEach(others::add);
        return union(selectors).filter(selector -> others.stream().noneMatch(pod -> selector.matches(pod.labels())));
    }

    /** Of selectors like {@code app=a} and {@code app=b}, all other labels being the same. */
    private static Optional<LabelSelector> union(Set<LabelSelector> selectors) {
        Set<String> keys = new HashSet<>();
        Set<Set<String>> keySets = new HashSet<>();
        for (LabelSelector selector : selectors) {
            keySets.add(selector.requirements().keySet());
            keys.addAll(selector.requirements().keySet());
        }
        keys.removeIf(key -> selectors.stream()
                        .map(selector -> selector.requirements().get(key))
                        .distinct()
                        .count()
                == 1);
        if (keySets.size() != 1 || keys.size() > 1) {
            return Optional.empty();
        }
        LabelSelector any = selectors.iterator().next();
        if (keys.isEmpty()) {
            return Optional.of(any);
        }
        String key = keys.iterator().next();
        Set<String> values = new HashSet<>();
        selectors.forEach(
                selector -> values.addAll(selector.requirements().get(key).values()));
        LabelSelector union = LabelSelector.everything().and(key, Requirement.in(values));
        for (String same : any.requirements().keySet()) {
            union = same.equals(key)
                    ? union
                    : union.and(same, any.requirements().get(same));
        }
        return Optional.of(union);
    }

    private Optional<Service> service(Peer.OfService peer) {
        return world.namespace(peer.namespace())
                .map(namespace -> namespace.services().get(peer.name()))
                .filter(Service::selectsPods);
    }

    private static boolean isSelected(Endpoint endpoint, String namespace, Optional<LabelSelector> selector) {
        return endpoint instanceof Endpoint.Pods pods
                && pods.namespace().equals(namespace)
                && !isQuarantined(pods)
                && selector.map(found -> found.matches(pods.pods().labels())).orElse(false);
    }

    private static boolean isQuarantined(Endpoint endpoint) {
        return endpoint instanceof Endpoint.Pods pods && pods.pods().labels().containsKey(QUARANTINE);
    }

    private static PortSet on(Ports ports, Endpoint destination) {
        return destination instanceof Endpoint.Pods pods ? ports.on(pods.pods().ports()) : ports.numbers();
    }

    private static boolean isNowhereIn(Iterable<Cidr> ranges, IpAddress address) {
        for (Cidr range : ranges) {
            if (range.contains(address)) {
                return false;
            }
        }
        return true;
    }

    private Iterable<DeclaredIntent> intents(String namespace) {
        return declarations.of(namespace).intents().values();
    }

    private static List<Rule> rules(DeclaredIntent intent, Direction direction) {
        return intent.rules().stream()
                .filter(rule -> rule.direction() == direction)
                .toList();
    }

    private boolean isEnforced(Direction direction, String namespace) {
        return segment(namespace)
                .map(segment -> segment.enforced().contains(direction))
                .orElse(false);
    }

    private Optional<DeclaredSegment> segment(String namespace) {
        List<DeclaredSegment> claimants = claimants(namespace);
        return claimants.size() == 1 ? Optional.of(claimants.get(0)) : Optional.empty();
    }

    /** Whoever names it outright comes first, then whose glob has most letters. */
    private List<DeclaredSegment> claimants(String namespace) {
        List<DeclaredSegment> strongest = new ArrayList<>();
        int best = -1;
        for (DeclaredSegment segment : declarations.segments().values()) {
            boolean out = declarations.excluded().contains(namespace)
                    || segment.except().stream().anyMatch(pattern -> covers(pattern, namespace));
            int strength = segment.namespaces().stream()
                    .filter(pattern -> covers(pattern, namespace))
                    .mapToInt(pattern -> pattern.equals(namespace) ? Integer.MAX_VALUE : letters(pattern))
                    .max()
                    .orElse(-1);
            if (out || strength < 0 || strength < best) {
                continue;
            }
            if (strength > best) {
                strongest.clear();
                best = strength;
            }
            strongest.add(segment);
        }
        return strongest;
    }

    private static int letters(String glob) {
        return glob.replace("*", "").length();
    }

    private static boolean covers(String glob, String namespace) {
        return namespace.matches(glob.replace("*", ".*"));
    }
}
