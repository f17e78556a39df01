package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Strings the steps together: resolve, forbid, pair, allow, group, shape. The work for a namespace follows the intents that
 * speak of it, not the size of the cluster.
 */
public final class Compiler {

    private final PolicyBuilder shape = new PolicyBuilder();
    private final BaselineBuilder shapeBaseline = new BaselineBuilder();
    private final GrantsBySubject group = new GrantsBySubject();
    private final Visibility sight;

    public Compiler() {
        this(Visibility.OF_A_TEAM);
    }

    /** @param sight of whoever is told how rules stand */
    public Compiler(Visibility sight) {
        this.sight = sight;
    }

    /** What this namespace should hold. */
    public Compilation compile(
            World world,
            PoliciesByOthers policiesByOthers,
            Declarations declarations,
            Enrolment enrolment,
            String namespace) {
        return Iterables.getOnlyElement(compile(world, policiesByOthers, declarations, enrolment, List.of(namespace))
                .values());
    }

    /** What each of these namespaces should hold. */
    public ImmutableSortedMap<String, Compilation> compile(
            World world,
            PoliciesByOthers policiesByOthers,
            Declarations declarations,
            Enrolment enrolment,
            Collection<String> namespaces) {
        Pass pass = new Pass(world, policiesByOthers, declarations, enrolment);
        ImmutableSortedMap.Builder<String, Compilation> compilations = ImmutableSortedMap.naturalOrder();
        namespaces.forEach(namespace -> compilations.put(namespace, pass.compile(namespace)));
        return compilations.build();
    }

    /** What the compilation of a namespace comes to. */
    private record Outcome(
            Optional<String> held,
            ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies,
            ImmutableSortedMap<DeclaredIntent.Key, IntentOutcome> intents) {}

    /** The rules that a namespace declares towards another one. */
    private record LookUp(String declarer, Direction direction, String namespace) {}

    /** One run over one moment, in which what one namespace declares towards another is looked up once. */
    private final class Pass {

        private final TrackedInputs inputs;
        private final RuleResolver resolve;
        private final HandshakeMatcher pair;
        private final RuleOutcomeBuilder judge;
        private final GrantBuilder allow;
        private final GuardrailEvaluator forbid;
        private final Map<LookUp, TrackedInputs.Recorded<RulesByPeer>> towards = new HashMap<>();
        private final Map<String, SelectedPods> selected = new HashMap<>();
        /** What was looked up for the namespace that is being compiled. */
        private final Set<LookUp> lookUps = new HashSet<>();

        Pass(World world, PoliciesByOthers policiesByOthers, Declarations declarations, Enrolment enrolment) {
            this.inputs = new TrackedInputs(world, policiesByOthers, declarations, enrolment);
            Consent consent = new Consent(inputs);
            this.forbid = new GuardrailEvaluator(inputs);
            this.resolve = new RuleResolver(inputs, forbid);
            this.pair = new HandshakeMatcher(inputs, consent, this::towards, this::selected);
            this.judge = new RuleOutcomeBuilder(inputs, consent, this::selected, sight);
            this.allow = new GrantBuilder(inputs, consent);
        }

        private RulesByPeer towards(String declarer, Direction direction, String namespace) {
            LookUp lookUp = new LookUp(declarer, direction, namespace);
            TrackedInputs.Recorded<RulesByPeer> found = towards.computeIfAbsent(
                    lookUp, unknown -> inputs.recorded(() -> resolve.towards(declarer, direction, namespace)));
            if (lookUps.add(lookUp)) {
                inputs.used(found);
            }
            return found.value();
        }

        private SelectedPods selected(String namespace) {
            Namespace population = inputs.population(namespace);
            return selected.computeIfAbsent(namespace, name -> new SelectedPods(population));
        }

        Compilation compile(String namespace) {
            lookUps.clear();
            TrackedInputs.Recorded<Outcome> outcome = inputs.recorded(() -> outcome(namespace));
            return new Compilation(
                    namespace,
                    outcome.value().held(),
                    outcome.value().policies(),
                    outcome.value().intents(),
                    inputs.dependencies(namespace, outcome.dependencies()));
        }

        private Outcome outcome(String namespace) {
            List<Grant> halves = new ArrayList<>();
            Map<DeclaredIntent.Key, ImmutableList.Builder<RuleOutcome>> states = new TreeMap<>();
            Map<DeclaredIntent.Key, SortedSet<NetworkPolicy.Key>> carriers = new TreeMap<>();
            for (DeclaredIntent intent : inputs.intents(namespace).values()) {
                states.put(intent.key(), ImmutableList.builder());
                carriers.put(intent.key(), new TreeSet<>());
            }
            for (ResolvedRule rule : resolve.resolve(namespace)) {
                Optional<Handshake> handshake = rule.pods().map(peer -> pair.pair(rule, peer));
                states.get(rule.intent()).add(judge.judge(rule, handshake));
                halves.addAll(allow.own(rule, handshake));
                if (rule.failure().isEmpty()) {
                    carriers.get(rule.intent()).addAll(elsewhere(rule));
                }
            }
            for (ResolvedRule rule : neighbours(namespace)) {
                allow.mirrored(rule, namespace).ifPresent(halves::add);
            }
            ImmutableMap<GrantsBySubject.Subject, ImmutableMap<Grant.Target, GrantsBySubject.Combined>> groups =
                    group.group(halves);
            SortedMap<NetworkPolicy.Key, NetworkPolicy> policies = new TreeMap<>(baseline(namespace));
            ImmutableMap<GrantsBySubject.Subject, String> names = PolicyNames.of(groups.keySet());
            groups.forEach((subject, grants) -> {
                List<NetworkPolicy> shaped = shape.shape(namespace, names.get(subject), subject, grants);
                shaped.forEach(policy -> policies.put(policy.key(), policy));
                grants.values().stream()
                        .flatMap(grant -> grant.intents().stream())
                        .filter(carriers::containsKey)
                        .forEach(intent ->
                                shaped.forEach(policy -> carriers.get(intent).add(policy.key())));
            });
            return result(namespace, policies, states, carriers);
        }

        private Outcome result(
                String namespace,
                SortedMap<NetworkPolicy.Key, NetworkPolicy> policies,
                Map<DeclaredIntent.Key, ImmutableList.Builder<RuleOutcome>> states,
                Map<DeclaredIntent.Key, SortedSet<NetworkPolicy.Key>> carriers) {
            ImmutableSortedMap.Builder<DeclaredIntent.Key, IntentOutcome> outcomes = ImmutableSortedMap.naturalOrder();
            states.forEach((intent, rules) -> outcomes.put(
                    intent,
                    new IntentOutcome(
                            assurance(intent), rules.build(), ImmutableSortedSet.copyOf(carriers.get(intent)))));
            Optional<String> held = Optional.of(inputs.disputants(namespace))
                    .filter(segments -> !segments.isEmpty())
                    .map(segments -> "segments " + String.join(" and ", segments) + " claim it alike");
            return new Outcome(held, ImmutableSortedMap.copyOf(policies), outcomes.build());
        }

        private Assurance assurance(DeclaredIntent.Key key) {
            DeclaredIntent intent = inputs.intents(key.namespace()).get(key.name());
            return Identification.workload(resolve.subject(intent));
        }

        private Map<NetworkPolicy.Key, NetworkPolicy> baseline(String namespace) {
            ImmutableSet<Direction> enforced = inputs.conflict(namespace)
                    .map(Enrolment.Conflict::closed)
                    .orElseGet(() -> inputs.enforced(namespace));
            if (enforced.isEmpty()) {
                return Map.of();
            }
            boolean given = enforced.contains(Direction.EGRESS)
                    && inputs.segment(namespace).filter(DeclaredSegment::dns).isPresent();
            return shapeBaseline.shape(namespace, enforced, given ? dns(namespace) : Optional.empty());
        }

        private Optional<ResolvedPeer> dns(String namespace) {
            Resolution<ResolvedPeer> dns =
                    new WellKnownResolver(inputs).resolve(namespace, WellKnown.KUBE_DNS, Ports.none());
            return dns.found().filter(found -> !forbid.isDnsDenied(namespace, found));
        }

        /** Rules of namespaces that share a trust boundary with this one, itself included, that speak of it. */
        private List<ResolvedRule> neighbours(String namespace) {
            Optional<DeclaredSegment> segment = inputs.segment(namespace);
            if (segment.isEmpty()) {
                return List.of();
            }
            boolean alone = segment.get().trustBoundary() != DeclaredSegment.TrustBoundary.SEGMENT;
            List<String> declarers = alone ? List.of(namespace) : inputs.declarersNaming(namespace, segment.get());
            List<ResolvedRule> rules = new ArrayList<>();
            for (String declarer : declarers) {
                for (Direction direction : Direction.values()) {
                    rules.addAll(towards(declarer, direction, namespace).all());
                }
            }
            return rules;
        }

        /** The policies of other namespaces that carry a rule of this one. */
        private List<NetworkPolicy.Key> elsewhere(ResolvedRule rule) {
            List<NetworkPolicy.Key> keys = new ArrayList<>();
            rule.pods()
                    .ifPresent(peer -> peer.namespaces().stream()
                            .filter(namespace -> !namespace.equals(rule.namespace()))
                            .flatMap(namespace -> allow.mirrored(rule, namespace).stream())
                            .map(half -> new NetworkPolicy.Key(
                                    half.namespace(),
                                    PolicyNames.usual(new GrantsBySubject.Subject(half.direction(), half.subject()))))
                            .forEach(keys::add));
            return keys;
        }
    }
}
