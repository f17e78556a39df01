package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.world.World;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The guardrails that name a well-known peer of which nobody can tell where it is. What they forbid is not known then, so
 * nothing may open.
 */
public final class UnresolvedGuardrails {

    private UnresolvedGuardrails() {}

    /** Why, by the name of the guardrail. */
    public static ImmutableSortedMap<String, String> of(World world, Declarations declarations) {
        WellKnownCandidates candidates = new WellKnownCandidates(TrackedInputs.withoutSegments(world, declarations));
        Map<WellKnown, Optional<String>> reasons = new EnumMap<>(WellKnown.class);
        ImmutableSortedMap.Builder<String, String> unresolved = ImmutableSortedMap.naturalOrder();
        declarations
                .guardrails()
                .forEach((name, guardrail) -> named(guardrail).stream()
                        .flatMap(peer -> reasons
                                .computeIfAbsent(
                                        peer, unknown -> candidates.of(unknown).unresolved())
                                .map(reason -> peer.label() + ": " + reason)
                                .stream())
                        .findFirst()
                        .ifPresent(reason -> unresolved.put(name, reason)));
        return unresolved.build();
    }

    private static Set<WellKnown> named(DeclaredGuardrail guardrail) {
        Set<WellKnown> named = new TreeSet<>();
        guardrail.limits().forEach(limit -> {
            named.addAll(limit.from().wellKnown());
            named.addAll(limit.to().wellKnown());
        });
        return named;
    }
}
