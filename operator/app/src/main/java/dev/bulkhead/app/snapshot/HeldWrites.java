package dev.bulkhead.app.snapshot;

import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.ConditionStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.cluster.status.TextsByNamespace;
import dev.bulkhead.core.compile.Compilation;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Why policies of a namespace are not written. */
public final class HeldWrites {

    private static final Set<String> OF_INTENTS = Set.of("Held", "Failing");

    private HeldWrites() {}

    /** By what is declared alone: of a namespace that several segments claim no segment's status speaks, since none has it. */
    static Optional<Caveat> in(Compilation compilation) {
        return compilation
                .held()
                .map(reason -> new Caveat(
                        Caveat.Code.HELD,
                        compilation.namespace(),
                        "Nothing changes in this namespace for now: " + reason));
    }

    /**
     * As the operator has said in statuses.
     *
     * @param segments those whose namespaces may all be spoken of
     * @param intents of the namespace
     */
    public static Optional<Caveat> in(
            String namespace, Collection<SegmentStatus> segments, Collection<AccessIntentStatus> intents) {
        Stream<String> bySegments = segments.stream()
                .flatMap(segment -> Stream.concat(
                        segment.conditions().stream()
                                .filter(HeldWrites::fails)
                                .flatMap(condition -> said(namespace, condition, segment))
                                .map(text -> "Policies cannot be written, which is tried again for ever: " + text),
                        segment.conditions().stream()
                                .filter(HeldWrites::isHeld)
                                .flatMap(condition -> said(namespace, condition, segment))));
        Stream<String> byIntents = intents.stream()
                .flatMap(intent -> intent.conditions().stream())
                .filter(condition -> condition.type().equals("Ready")
                        && condition.status() == ConditionStatus.FALSE
                        && OF_INTENTS.contains(condition.reason()))
                .map(Condition::message);
        return Stream.concat(bySegments, byIntents)
                .findFirst()
                .map(text -> new Caveat(Caveat.Code.HELD, namespace, text));
    }

    private static Stream<String> said(String namespace, Condition condition, SegmentStatus segment) {
        return TextsByNamespace.of(namespace, condition.message(), segment.namespaces()).stream();
    }

    private static boolean isHeld(Condition condition) {
        return condition.type().equals("Held") && condition.status() == ConditionStatus.TRUE;
    }

    private static boolean fails(Condition condition) {
        return condition.type().equals("Ready")
                && condition.status() == ConditionStatus.FALSE
                && condition.reason().equals("Failing");
    }
}
