package dev.bulkhead.app.explain;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.snapshot.Caveat;
import dev.bulkhead.app.snapshot.End;
import dev.bulkhead.app.snapshot.PortOfInterest;
import dev.bulkhead.app.snapshot.ServicePorts;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.compile.RulesBetween;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.AbandonedException;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.reach.Reachability;
import dev.bulkhead.core.reach.Verdict;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers questions about single connections in one snapshot; whatever they have in common is computed once. */
public final class Explainer {

    /** Bytes that a case takes, and a policy or rule that is named with it. */
    private static final long CASE = 500;

    private static final long NAMED = 100;

    private final Snapshot snapshot;
    private final MemoryLimit memory;
    private final PluginSemantics reading;
    private final Evaluator evaluator;
    /** Asked about workloads alone, and costs more than a verdict. */
    private final Supplier<Reachability> reachability;

    private final Enrolment enrolment;
    private final RulesBetween rules;

    /** Judges the policies as they are once Bulkhead has written what is declared. */
    public Explainer(Snapshot snapshot, PluginSemantics reading) {
        this(snapshot, reading, snapshot.compile());
    }

    /** Judges the policies as they are in force in a cluster; where these are not what is declared, a caveat says so. */
    public static Explainer ofCluster(Snapshot snapshot, PluginSemantics reading) {
        ImmutableSortedMap<String, Compilation> compilations = snapshot.compile();
        return new Explainer(
                snapshot.withCaveatsOnUnwritten(compilations),
                reading,
                compilations,
                snapshot.policies().values().asList());
    }

    private Explainer(
            Snapshot snapshot, PluginSemantics reading, ImmutableSortedMap<String, Compilation> compilations) {
        this(snapshot, reading, compilations, snapshot.reconciled(compilations));
    }

    /**
     * Judges given policies.
     *
     * @param compilations of all namespaces that will be asked about
     */
    public Explainer(
            Snapshot snapshot,
            PluginSemantics reading,
            ImmutableSortedMap<String, Compilation> compilations,
            ImmutableList<NetworkPolicy> policies) {
        this(snapshot, reading, compilations, policies, MemoryLimit.none());
    }

    /** @param memory for one explanation; one that takes more ends with a {@link dev.bulkhead.core.reach.TooLargeException} */
    public Explainer(
            Snapshot snapshot,
            PluginSemantics reading,
            ImmutableSortedMap<String, Compilation> compilations,
            ImmutableList<NetworkPolicy> policies,
            MemoryLimit memory) {
        this.memory = memory;
        this.snapshot = snapshot;
        this.reading = reading;
        this.evaluator = Evaluator.of(snapshot.topology().namespaces(), policies, reading);
        this.reachability = Suppliers.memoize(() -> Reachability.of(snapshot.topology(), policies, reading));
        this.enrolment = snapshot.enrolment();
        this.rules = new RulesBetween(snapshot.world(), snapshot.declarations(), enrolment, compilations);
    }

    /** The policy that a verdict names. */
    public NetworkPolicy policy(NetworkPolicy.Key key) {
        return evaluator.policy(key).orElseThrow();
    }

    /**
     * The verdicts and what would change them.
     *
     * @throws FailedException where the port cannot be told
     */
    public Explanation explain(End source, End destination, PortOfInterest port) {
        return withChange(judge(source, destination, port));
    }

    /**
     * The verdicts alone.
     *
     * @throws FailedException where the port cannot be told
     */
    public Explanation judge(End source, End destination, PortOfInterest port) {
        if (destination.service().isEmpty()) {
            return judge(source, destination, port, Optional.empty());
        }
        ServicePorts.Mapping mapping = ServicePorts.of(destination.service().get(), destination.pods(), port);
        return judge(source, destination, mapping.target(), Optional.of(mapping + " of " + destination.label()));
    }

    /** @param port of the pods */
    private Explanation judge(End source, End destination, PortOfInterest port, Optional<String> service) {
        List<Explanation.Case> cases = new ArrayList<>();
        for (Optional<Pod> from : candidates(source)) {
            for (Optional<Pod> to : candidates(destination)) {
                AbandonedException.check();
                Optional<Pod> other =
                        from.isPresent() && from.equals(to) ? another(from.get(), source, destination) : to;
                if (other.isPresent() || to.isEmpty()) {
                    for (int number : numbers(port, other)) {
                        Explanation.Case explained = explained(source, destination, from, other, port, number);
                        memory.keep(bytes(explained));
                        cases.add(explained);
                    }
                }
            }
        }
        if (cases.isEmpty()) {
            throw new FailedException(destination.label() + " has no " + port.protocol() + " port named '" + port.port()
                    + "'; write a number, or a name that its containers have");
        }
        return new Explanation(
                source,
                destination,
                port,
                service,
                ImmutableList.copyOf(cases),
                Optional.empty(),
                Optional.empty(),
                caveats(source, destination));
    }

    private static long bytes(Explanation.Case explained) {
        long named = Stream.of(explained.verdict().egress(), explained.verdict().ingress())
                .flatMap(decision -> decision.denial().stream())
                .mapToLong(denied ->
                        denied.isolatedBy().size() + denied.nearMisses().size())
                .sum();
        return CASE + NAMED * (named + explained.rules().size());
    }

    private ImmutableList<Caveat> caveats(End source, End destination) {
        Set<String> namespaces = Stream.of(source, destination)
                .flatMap(end -> end.workload().stream())
                .map(WorkloadName::namespace)
                .collect(Collectors.toSet());
        return snapshot.caveats().stream()
                .filter(caveat -> namespaces.contains(caveat.namespace()))
                .collect(ImmutableList.toImmutableList());
    }

    /** A pod for each kind that the policies tell apart. */
    private List<Optional<Pod>> candidates(End end) {
        return end.fold(
                workload -> reachability.get().distinctPods(workload.name()).stream()
                        .filter(pod -> workload.service()
                                .map(service ->
                                        service.selector().matches(pod.traits().labels()))
                                .orElse(true))
                        .map(Optional::of)
                        .toList(),
                one -> List.of(Optional.of(one.pod())),
                outside -> List.of(Optional.empty()));
    }

    /**
     * What a workload's pods may do to each other is asked of two pods that are alike; of a single pod what it may do to
     * itself. None where the others of the workload are asked about anyway.
     */
    private Optional<Pod> another(Pod pod, End source, End destination) {
        boolean ofWorkload = isWorkload(source) && isWorkload(destination);
        if (!ofWorkload || source.pods().size() == 1) {
            return Optional.of(pod);
        }
        return source.pods().stream()
                .filter(candidate ->
                        !candidate.equals(pod) && reachability.get().areAlike(candidate, pod))
                .findFirst();
    }

    private static boolean isWorkload(End end) {
        return end.fold(workload -> true, one -> false, outside -> false);
    }

    private static ImmutableSortedSet<Integer> numbers(PortOfInterest port, Optional<Pod> destination) {
        if (destination.isEmpty() && port.isName()) {
            throw new FailedException("'" + port.port() + "': an address has no named ports; write a number");
        }
        return destination.map(port::on).orElseGet(() -> ImmutableSortedSet.of(port.number()));
    }

    private Explanation.Case explained(
            End source, End destination, Optional<Pod> from, Optional<Pod> to, PortOfInterest port, int number) {
        Endpoint one = End.endpoint(from, source);
        Endpoint other = End.endpoint(to, destination);
        Verdict verdict = from.isPresent() && from.equals(to)
                ? Verdict.toItself()
                : evaluator.verdict(one, other, port.protocol(), number);
        return new Explanation.Case(
                name(source, from),
                name(destination, to),
                number,
                verdict,
                Stream.concat(
                                declared(Direction.EGRESS, one, other).stream(),
                                declared(Direction.INGRESS, other, one).stream())
                        .collect(ImmutableList.toImmutableList()));
    }

    private ImmutableList<RulesBetween.Found> declared(Direction direction, Endpoint self, Endpoint other) {
        return self.fold(
                pods -> snapshot.declarations().of(pods.namespace()).intents().isEmpty()
                        ? ImmutableList.of()
                        : rules.rules(direction, pods, other),
                outside -> ImmutableList.of());
    }

    private static String name(End end, Optional<Pod> pod) {
        return pod.map(one -> one.namespace() + "/" + one.name()).orElse(end.label());
    }

    /** The same with what would open it, where it is closed. */
    public Explanation withChange(Explanation judged) {
        Optional<Explanation.Case> denied =
                judged.cases().stream().filter(one -> !one.verdict().allowed()).findFirst();
        if (denied.isEmpty()) {
            return judged;
        }
        return new ServicePorts(snapshot.world())
                .mistakenFor(judged.destination(), judged.port())
                .map(mapping -> ofTheService(judged, mapping))
                .orElseGet(() -> withChange(judged, denied.get()));
    }

    /** Nothing opens the port of a Service, since no policy sees it: what is said is how the port behind it stands. */
    private Explanation ofTheService(Explanation denied, ServicePorts.Mapping mapping) {
        Explanation behind =
                withChange(judge(denied.source(), denied.destination(), mapping.target(), Optional.empty()));
        String words = mapping + ", and policies see the port of the pods; on " + mapping.target() + " this is "
                + (behind.allowed() ? "allowed" : "closed, too");
        return new Explanation(
                denied.source(),
                denied.destination(),
                denied.port(),
                Optional.of(words),
                denied.cases(),
                behind.change(),
                behind.hint(),
                denied.caveats());
    }

    private Explanation withChange(Explanation denied, Explanation.Case first) {
        OpeningChange opening = new OpeningChange(snapshot, enrolment, reading);
        Optional<ImmutableList<DeclaredIntent>> change = opening.find(
                denied.source(), denied.destination(), denied.port().protocol(), first.number());
        Optional<String> prohibition = change.isPresent()
                ? Optional.empty()
                : opening.prohibition(
                        denied.source(), denied.destination(), denied.port().protocol(), first.number());
        return new Explanation(
                denied.source(),
                denied.destination(),
                denied.port(),
                denied.service(),
                denied.cases(),
                change,
                change.isPresent()
                        ? Optional.empty()
                        : Optional.of(prohibition
                                .map(limit -> "no intent opens it: " + limit)
                                .orElseGet(() -> hint(first.verdict()))),
                denied.caveats());
    }

    /** Why no intent opens it. */
    private String hint(Verdict verdict) {
        List<String> others = Stream.of(verdict.egress(), verdict.ingress())
                .flatMap(decision -> decision.denial().stream())
                .flatMap(denied -> denied.isolatedBy().stream())
                .filter(key -> !Marker.isManaged(policy(key).labels()))
                .map(NetworkPolicy.Key::toString)
                .distinct()
                .toList();
        return "no intent opens it, since Bulkhead writes no policies where nothing is enforced: enrol the namespaces in"
                + " Segments" + (others.isEmpty() ? "" : ", or change " + String.join(", ", others));
    }
}
