package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.World;

/** The namespaces that guardrails speak of: which addresses something of theirs has matters to the rules of others. */
public final class GuardedNamespaces {

    /** What is there makes no difference. */
    private static final World NOTHING =
            World.withoutAddresses(ImmutableSortedMap.of(), ClusterFacts.unknown(/* identityInForce= */ false));

    private GuardedNamespaces() {}

    public static boolean include(String namespace, Declarations declarations, Enrolment enrolment) {
        if (declarations.guardrails().isEmpty()) {
            return false;
        }
        GuardrailMatcher limits =
                new GuardrailMatcher(new TrackedInputs(NOTHING, PoliciesByOthers.none(), declarations, enrolment));
        return declarations.guardrails().values().stream()
                .flatMap(DeclaredGuardrail::limits)
                .anyMatch(limit -> limits.speaksOf(limit.from(), namespace) || limits.speaksOf(limit.to(), namespace));
    }
}
