package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.api.v1alpha1.Enforcement;
import dev.bulkhead.api.v1alpha1.IdentityAssurance;
import dev.bulkhead.api.v1alpha1.SegmentSpec;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.world.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Segments; checked once more, like {@link IntentReader}. */
public final class SegmentReader {

    private static final Pattern EVERYTHING = Pattern.compile("[*]+");

    /** @throws InvalidDeclarationException with everything that is wrong */
    public DeclaredSegment read(dev.bulkhead.api.v1alpha1.Segment segment) {
        SegmentSpec spec = segment.getSpec();
        if (spec == null) {
            throw new InvalidDeclarationException("spec", "say under spec which namespaces, and what to enforce");
        }
        List<ObjectProblem> problems = new ArrayList<>();
        String name = segment.getMetadata().getName();
        try {
            Names.label(name, "metadata.name");
        } catch (InvalidDeclarationException e) {
            problems.addAll(e.problems());
        }
        if (spec.namespaces().isEmpty()) {
            problems.add(new ObjectProblem("spec.namespaces", "name at least one namespace"));
        }
        checkNamespaces(spec.namespaces(), problems);
        checkExceptions(spec, problems);
        if (spec.enforce() == null) {
            problems.add(new ObjectProblem(
                    "spec.enforce", "write {ingress: true, egress: true}, or false for both to observe only"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidDeclarationException(problems);
        }
        return new DeclaredSegment(
                name,
                ImmutableList.copyOf(spec.namespaces()),
                ImmutableList.copyOf(spec.except()),
                enforced(spec.enforce()),
                trustBoundary(spec.trustBoundary()),
                spec.baseline().dns(),
                spec.identity() == IdentityAssurance.VERIFIED);
    }

    private static void checkNamespaces(List<String> namespaces, List<ObjectProblem> problems) {
        for (int i = 0; i < namespaces.size(); i++) {
            String field = "spec.namespaces[" + i + "]";
            checkGlob(namespaces.get(i), field, problems);
            if (EVERYTHING.matcher(namespaces.get(i)).matches()) {
                problems.add(new ObjectProblem(
                        field,
                        "a bare * would take in every namespace to come: name the namespaces, or a part of their names,"
                                + " such as shop-*"));
            }
            if (Declarations.SYSTEM_NAMESPACES.contains(namespaces.get(i))) {
                problems.add(new ObjectProblem(field, namespaces.get(i) + " cannot be enrolled: take it out"));
            }
        }
    }

    private static void checkExceptions(SegmentSpec spec, List<ObjectProblem> problems) {
        List<String> exceptions = spec.except();
        for (int i = 0; i < exceptions.size(); i++) {
            String field = "spec.except[" + i + "]";
            checkGlob(exceptions.get(i), field, problems);
            if (EVERYTHING.matcher(exceptions.get(i)).matches()) {
                problems.add(new ObjectProblem(
                        field,
                        "a bare * would leave nothing: name the namespaces to leave out, or a part of their names, such"
                                + " as shop-test-*"));
            }
            if (spec.namespaces().contains(exceptions.get(i))) {
                problems.add(new ObjectProblem(
                        field,
                        "'" + exceptions.get(i) + "' is named and left out alike: take it out of one of the two"));
            }
        }
    }

    private static void checkGlob(String glob, String field, List<ObjectProblem> problems) {
        try {
            Names.glob(glob, field);
        } catch (InvalidDeclarationException e) {
            problems.addAll(e.problems());
        }
    }

    private static ImmutableSet<Direction> enforced(Enforcement enforcement) {
        ImmutableSet.Builder<Direction> directions = ImmutableSet.builder();
        if (enforcement.egress()) {
            directions.add(Direction.EGRESS);
        }
        if (enforcement.ingress()) {
            directions.add(Direction.INGRESS);
        }
        return directions.build();
    }

    private static DeclaredSegment.TrustBoundary trustBoundary(dev.bulkhead.api.v1alpha1.TrustBoundary boundary) {
        return switch (boundary) {
            case WORKLOAD -> DeclaredSegment.TrustBoundary.WORKLOAD;
            case NAMESPACE -> DeclaredSegment.TrustBoundary.NAMESPACE;
            case SEGMENT -> DeclaredSegment.TrustBoundary.SEGMENT;
        };
    }
}
