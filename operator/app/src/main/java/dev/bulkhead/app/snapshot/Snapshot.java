package dev.bulkhead.app.snapshot;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.app.manifest.Manifest;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Enrol;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a command was given to look at: files, or a cluster at one moment.
 *
 * @param policies as they were found, by anybody
 * @param manifests the objects with the lines they stand on; none where they come from a cluster
 */
public record Snapshot(
        World world,
        Declarations declarations,
        Topology topology,
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies,
        ImmutableMap<Manifest.Key, Manifest> manifests) {

    /** What the declarations come to in each namespace that lives. */
    public ImmutableSortedMap<String, Compilation> compile() {
        Enrolment enrolment = new Enrol().enrol(world.namespaces().keySet(), declarations);
        List<String> living = world.namespaces().values().stream()
                .filter(namespace -> !namespace.terminating())
                .map(Namespace::name)
                .toList();
        return new Compiler().compile(world, declarations, enrolment, living);
    }

    /** Whether anything is declared that Bulkhead would write policies for. */
    public boolean hasDeclarations() {
        return !declarations.intents().isEmpty() || !declarations.segments().isEmpty();
    }

    /**
     * The policies once Bulkhead has written what is declared: where anything is, its own policies are those that the
     * declarations come to, whatever was found; policies by others stay as they are.
     */
    public ImmutableList<NetworkPolicy> reconciled() {
        if (!hasDeclarations()) {
            return policies.values().asList();
        }
        Map<NetworkPolicy.Key, NetworkPolicy> reconciled = new TreeMap<>();
        ImmutableSortedMap<String, Compilation> compilations = compile();
        policies.forEach((key, policy) -> {
            Compilation compilation = compilations.get(key.namespace());
            boolean settled = compilation == null || compilation.held().isPresent();
            if (settled || !Marker.isManaged(policy.labels())) {
                reconciled.put(key, policy);
            }
        });
        compilations.values().forEach(compilation -> compilation.policies().forEach(reconciled::putIfAbsent));
        return ImmutableList.copyOf(reconciled.values());
    }
}
