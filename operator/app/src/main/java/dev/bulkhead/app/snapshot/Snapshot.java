package dev.bulkhead.app.snapshot;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Lists;
import com.google.common.collect.Sets;
import dev.bulkhead.app.manifest.Manifest;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.compile.HeldPolicies;
import dev.bulkhead.core.compile.PoliciesByOthers;
import dev.bulkhead.core.compile.SegmentAssigner;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.plan.Adoption;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.AbandonedException;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a command was given to look at: files, or a cluster at one moment.
 *
 * @param policies as they were found, by anybody
 * @param offered which of them by others Bulkhead may take over
 * @param notJudged policies of other kinds, whose meaning is in no answer
 * @param caveats what else is to be said of namespaces
 * @param manifests the objects with the lines they stand on; none where they come from a cluster
 */
public record Snapshot(
        World world,
        Declarations declarations,
        Topology topology,
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies,
        ImmutableSet<NetworkPolicy.Key> offered,
        ImmutableList<Manifest.Key> notJudged,
        ImmutableList<Caveat> caveats,
        ImmutableMap<Manifest.Key, Manifest> manifests) {

    /** Which namespace is in which segment. */
    public Enrolment enrolment() {
        return new SegmentAssigner().enrol(world.namespaces().keySet(), declarations);
    }

    /** The same with more intents declared. */
    public Snapshot with(Collection<DeclaredIntent> more) {
        List<DeclaredIntent> intents = new ArrayList<>(more);
        declarations
                .intents()
                .values()
                .forEach(namespace -> intents.addAll(namespace.intents().values()));
        return declaring(Declarations.of(
                intents,
                declarations.segments().values(),
                declarations.guardrails().values(),
                declarations.wellKnown(),
                declarations.excluded()));
    }

    /** The same with something else declared. */
    public Snapshot declaring(Declarations others) {
        return new Snapshot(world, others, topology, policies, offered, notJudged, caveats, manifests);
    }

    /** The same with others there to connect. */
    public Snapshot over(Topology others) {
        return new Snapshot(world, declarations, others, policies, offered, notJudged, caveats, manifests);
    }

    /**
     * The same with a caveat for each namespace whose policies are not what the declarations come to, or are not to change for
     * now.
     *
     * @param compilations what {@link #compile()} gives
     */
    public Snapshot withCaveatsOnUnwritten(ImmutableSortedMap<String, Compilation> compilations) {
        Stream<Caveat> ofCompilations = compilations.values().stream()
                .flatMap(compilation -> Stream.concat(
                        HeldWrites.in(compilation).stream(),
                        UnwrittenPolicies.in(compilation, policies.values()).stream()));
        return new Snapshot(
                world,
                declarations,
                topology,
                policies,
                offered,
                notJudged,
                // Where intents are held, their statuses may say the same.
                Stream.concat(caveats.stream(), ofCompilations).distinct().collect(ImmutableList.toImmutableList()),
                manifests);
    }

    /**
     * What the declarations come to in each namespace that lives; nothing where nothing is declared. It is told as to somebody
     * who may see all that is here.
     */
    public ImmutableSortedMap<String, Compilation> compile() {
        return compile(namespace -> true, namespace -> true);
    }

    /** Likewise in these alone. */
    public ImmutableSortedMap<String, Compilation> compile(Set<String> namespaces) {
        return compile(namespaces, namespace -> true);
    }

    /**
     * Likewise, told as to somebody who may see some namespaces.
     *
     * @param visible whether they may see a namespace; one of its own teams is told of it in any case
     */
    public ImmutableSortedMap<String, Compilation> compile(Set<String> namespaces, Predicate<String> visible) {
        return compile(namespaces::contains, visible);
    }

    private ImmutableSortedMap<String, Compilation> compile(Predicate<String> wanted, Predicate<String> visible) {
        if (!hasDeclarations()) {
            return ImmutableSortedMap.of();
        }
        List<String> living = world.namespaces().values().stream()
                .filter(namespace -> !namespace.terminating())
                .map(Namespace::name)
                .filter(wanted)
                .toList();
        Populations populations = new Populations(topology, visible);
        ImmutableSortedMap<String, Compilation> compilations = new Compiler(populations)
                .compile(
                        world,
                        PoliciesByOthers.among(policies.values()),
                        declarations,
                        enrolment(),
                        unlessAbandoned(living));
        return isOfFiles()
                ? populations.judged(compilations, withUnknownPods(), new MissingPeers(world))
                : compilations;
    }

    /** The namespaces where more runs than can be known. */
    public ImmutableSet<String> withUnknownPods() {
        return caveats.stream()
                .filter(caveat -> caveat.code() == Caveat.Code.UNKNOWN_PODS)
                .map(Caveat::namespace)
                .collect(ImmutableSet.toImmutableSet());
    }

    private boolean isOfFiles() {
        return !manifests.isEmpty();
    }

    /** The same, but whoever goes through it ends with an {@link AbandonedException} once nobody waits for them any more. */
    public static List<String> unlessAbandoned(List<String> namespaces) {
        return Lists.transform(namespaces, namespace -> {
            AbandonedException.check();
            return namespace;
        });
    }

    /** Whether anything is declared that Bulkhead would write policies for. */
    public boolean hasDeclarations() {
        return !declarations.intents().isEmpty()
                || !declarations.segments().isEmpty()
                || !declarations.guardrails().isEmpty();
    }

    /**
     * The policies once Bulkhead has written what is declared: where anything is, its own policies are those that the
     * declarations come to, whatever was found; policies by others stay as they are.
     */
    public ImmutableList<NetworkPolicy> reconciled() {
        return reconciled(compile());
    }

    /** Those of them that are in these namespaces. */
    public ImmutableList<NetworkPolicy> reconciled(Set<String> namespaces) {
        return reconciled(compile(namespaces)).stream()
                .filter(policy -> namespaces.contains(policy.key().namespace()))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * What becomes of policies by others that are offered to Bulkhead.
     *
     * @param compilations what {@link #compile()} gives
     */
    public Adoption adoption(ImmutableSortedMap<String, Compilation> compilations) {
        ImmutableSortedMap.Builder<NetworkPolicy.Key, NetworkPolicy> desired = ImmutableSortedMap.naturalOrder();
        compilations.values().forEach(compilation -> desired.putAll(compilation.policies()));
        Set<NetworkPolicy.Key> mayBeTaken = Sets.filter(offered, key -> !isHeld(compilations, key.namespace()));
        return Adoption.of(policies.values(), desired.build(), mayBeTaken);
    }

    /** @param compilations what {@link #compile()} gives */
    public ImmutableList<NetworkPolicy> reconciled(ImmutableSortedMap<String, Compilation> compilations) {
        if (!hasDeclarations()) {
            return policies.values().asList();
        }
        Adoption adoption = adoption(compilations);
        Map<NetworkPolicy.Key, NetworkPolicy> reconciled = new TreeMap<>();
        policies.forEach((key, policy) -> {
            if (adoption.adopted().containsKey(key) || adoption.replaced().contains(key)) {
                return;
            }
            if (!compilations.containsKey(key.namespace()) || !Marker.isManaged(policy.labels())) {
                reconciled.put(key, policy);
            }
        });
        compilations
                .values()
                .forEach(compilation -> (compilation.held().isPresent()
                                ? HeldPolicies.of(compilation, policies.values())
                                : compilation.policies())
                        .forEach(reconciled::putIfAbsent));
        return ImmutableList.copyOf(reconciled.values());
    }

    private static boolean isHeld(ImmutableSortedMap<String, Compilation> compilations, String namespace) {
        return Optional.ofNullable(compilations.get(namespace))
                .flatMap(Compilation::held)
                .isPresent();
    }
}
