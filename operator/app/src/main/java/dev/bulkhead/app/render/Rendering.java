package dev.bulkhead.app.render;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.app.manifest.Finding;
import dev.bulkhead.app.manifest.Manifest;
import dev.bulkhead.app.manifest.ManifestReader;
import dev.bulkhead.app.manifest.SourceFile;
import dev.bulkhead.cluster.read.IdentityMode;
import dev.bulkhead.cluster.read.InvalidDeclarationException;
import dev.bulkhead.cluster.read.UnreadableObjectException;
import dev.bulkhead.cluster.read.WorldBuilder;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Enrol;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What manifests come to.
 *
 * @param findings what is wrong with the files; if there is any, nothing is compiled
 * @param compilations by namespace
 */
public record Rendering(ImmutableList<Finding> findings, ImmutableSortedMap<String, Compilation> compilations) {

    /**
     * What is known besides the files.
     *
     * @param namespace of objects that name none
     * @param networks of the cluster
     * @param operatorNamespace which no segment can enrol
     */
    public record Surroundings(
            IdentityMode identity, String namespace, Collection<Cidr> networks, String operatorNamespace) {}

    public static Rendering of(List<SourceFile> files, Surroundings surroundings) {
        List<Finding> findings = new ArrayList<>();
        WorldBuilder builder = new WorldBuilder(surroundings.identity(), surroundings.networks());
        for (Manifest manifest : new ManifestReader(surroundings.namespace(), findings::add).read(files)) {
            add(builder, manifest, findings);
        }
        if (!findings.isEmpty()) {
            List<String> order = files.stream().map(SourceFile::name).toList();
            Comparator<Finding> byPlace = Comparator.comparingInt(
                            (Finding finding) -> order.indexOf(finding.place().file()))
                    .thenComparing(Finding::place);
            return new Rendering(
                    findings.stream().distinct().sorted(byPlace).collect(ImmutableList.toImmutableList()),
                    ImmutableSortedMap.of());
        }
        World world = builder.world();
        Declarations declarations = builder.declarations(ImmutableSet.<String>builder()
                .addAll(Declarations.SYSTEM_NAMESPACES)
                .add(surroundings.operatorNamespace())
                .build());
        Enrolment enrolment = new Enrol().enrol(world.namespaces().keySet(), declarations);
        List<String> living = world.namespaces().values().stream()
                .filter(namespace -> !namespace.terminating())
                .map(Namespace::name)
                .toList();
        return new Rendering(ImmutableList.of(), new Compiler().compile(world, declarations, enrolment, living));
    }

    private static void add(WorldBuilder builder, Manifest manifest, List<Finding> findings) {
        try {
            builder.add(manifest.object());
        } catch (InvalidDeclarationException e) {
            e.problems().forEach(problem -> findings.add(manifest.finding(problem.field(), problem.message())));
        } catch (UnreadableObjectException e) {
            findings.add(manifest.finding(e.problem().field(), e.problem().message()));
        }
    }

    /** By namespace and name. */
    public List<NetworkPolicy> policies() {
        return compilations.values().stream()
                .flatMap(compilation -> compilation.policies().values().stream())
                .toList();
    }
}
