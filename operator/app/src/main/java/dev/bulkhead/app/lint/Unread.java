package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.app.manifest.Finding;
import dev.bulkhead.app.manifest.Manifest;
import dev.bulkhead.app.snapshot.Snapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What was there to read and is not known. That something is missing is no finding where it may be part of that: one mistake
 * is one finding.
 *
 * @param objects that could not be read
 * @param anything whether something could not be read of which not even the kind is known
 * @param unknownPods namespaces with objects that make pods of which nothing is known
 */
record Unread(ImmutableSet<Manifest.Key> objects, boolean anything, ImmutableSet<String> unknownPods) {

    private static final String INTENT = "AccessIntent";
    private static final String POLICY = "NetworkPolicy";
    private static final String SEGMENT = "Segment";

    /** Of the platform, so that they have no namespace. */
    private static final ImmutableSet<String> OF_THE_PLATFORM = ImmutableSet.of(SEGMENT, "Guardrail", "WellKnownPeers");

    /** @param invalid what is wrong with the files */
    static Unread of(Snapshot snapshot, List<Finding> invalid) {
        Set<Manifest.Key> objects = new HashSet<>();
        boolean anything = false;
        for (Finding finding : invalid) {
            finding.object().ifPresent(objects::add);
            anything |= finding.object().isEmpty();
        }
        return new Unread(ImmutableSet.copyOf(objects), anything, snapshot.withUnknownPods());
    }

    /** Whether the namespace may have pods, workloads or Services of which nothing is known. */
    boolean mayHavePods(String namespace) {
        return unknownPods.contains(namespace) || may(Unread::isOfPods, namespace);
    }

    /** Likewise in any namespace. */
    boolean mayHavePods() {
        return anything || !unknownPods.isEmpty() || objects.stream().anyMatch(key -> isOfPods(key.kind()));
    }

    /** Whether the namespace may declare what is not known. */
    boolean mayHaveIntents(String namespace) {
        return may(INTENT::equals, namespace);
    }

    /** Likewise in any namespace. */
    boolean mayHaveIntents() {
        return anything || objects.stream().anyMatch(key -> key.kind().equals(INTENT));
    }

    /** Whether more may be allowed in the namespace than is known. */
    boolean mayHavePolicies(String namespace) {
        return mayHaveSegments() || may(kind -> kind.equals(INTENT) || kind.equals(POLICY), namespace);
    }

    boolean mayHaveSegments() {
        return anything || objects.stream().anyMatch(key -> key.kind().equals(SEGMENT));
    }

    /** An object that names no namespace has that of the option, which is not looked up here. */
    private boolean may(Predicate<String> kind, String namespace) {
        return anything
                || objects.stream()
                        .anyMatch(key -> kind.test(key.kind())
                                && (key.namespace() == null || key.namespace().equals(namespace)));
    }

    private static boolean isOfPods(String kind) {
        return !kind.equals(INTENT) && !kind.equals(POLICY) && !OF_THE_PLATFORM.contains(kind);
    }
}
