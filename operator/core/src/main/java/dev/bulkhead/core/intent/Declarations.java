package dev.bulkhead.core.intent;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that was declared.
 *
 * @param intents by namespace; a namespace without any is not listed
 * @param segments by name
 * @param guardrails by name
 * @param wellKnown where the platform says that well-known peers are
 * @param excluded namespaces that no segment can enrol
 */
public record Declarations(
        ImmutableSortedMap<String, NamespaceIntents> intents,
        ImmutableSortedMap<String, DeclaredSegment> segments,
        ImmutableSortedMap<String, DeclaredGuardrail> guardrails,
        WellKnownPlaces wellKnown,
        ImmutableSet<String> excluded) {

    /** Namespaces that are Kubernetes' own. */
    public static final ImmutableSet<String> SYSTEM_NAMESPACES =
            ImmutableSet.of("kube-system", "kube-public", "kube-node-lease");

    public static Declarations of(
            Collection<DeclaredIntent> intents,
            Collection<DeclaredSegment> segments,
            Collection<DeclaredGuardrail> guardrails,
            WellKnownPlaces wellKnown,
            Collection<String> excluded) {
        Map<String, List<DeclaredIntent>> byNamespace = intents.stream()
                .collect(Collectors.groupingBy(intent -> intent.key().namespace(), TreeMap::new, Collectors.toList()));
        ImmutableSortedMap.Builder<String, NamespaceIntents> grouped = ImmutableSortedMap.naturalOrder();
        byNamespace.forEach((namespace, group) -> grouped.put(namespace, NamespaceIntents.of(group)));
        return new Declarations(
                grouped.build(),
                segments.stream()
                        .collect(ImmutableSortedMap.toImmutableSortedMap(
                                Comparator.naturalOrder(), DeclaredSegment::name, segment -> segment)),
                guardrails.stream()
                        .collect(ImmutableSortedMap.toImmutableSortedMap(
                                Comparator.naturalOrder(), DeclaredGuardrail::name, guardrail -> guardrail)),
                wellKnown,
                ImmutableSet.copyOf(excluded));
    }

    public NamespaceIntents of(String namespace) {
        return intents.getOrDefault(namespace, NamespaceIntents.none());
    }
}
