package dev.bulkhead.app.wording;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Requirement;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Selectors as people say them: {@code service account checkout}. That every policy of Bulkhead leaves quarantined pods out is
 * not said each time.
 */
public final class SelectorInWords {

    private SelectorInWords() {}

    /** Of pods. */
    public static String ofPods(LabelSelector selector) {
        LabelSelector said = selector.requirements()
                        .getOrDefault(Marker.QUARANTINE, Requirement.exists())
                        .equals(Requirement.doesNotExist())
                ? without(Marker.QUARANTINE, selector)
                : selector;
        Optional<String> account = said.demanded(Identity.LABEL);
        if (account.isEmpty()) {
            return said.isEverything() ? "every pod" : "pods with " + said;
        }
        LabelSelector others = without(Identity.LABEL, said);
        return "service account " + account.get() + (others.isEverything() ? "" : " with " + others);
    }

    /** Of namespaces. */
    public static String ofNamespaces(LabelSelector selector) {
        if (selector.isEverything()) {
            return "every namespace";
        }
        return selector.listed(Namespace.NAME_LABEL)
                .filter(names -> selector.requirements().keySet().equals(Set.of(Namespace.NAME_LABEL)))
                .map(names -> names.stream()
                        .collect(Collectors.joining(", ", names.size() == 1 ? "namespace " : "namespaces ", "")))
                .orElse("namespaces with " + selector);
    }

    private static LabelSelector without(String key, LabelSelector selector) {
        return new LabelSelector(
                ImmutableSortedMap.copyOf(Maps.filterKeys(selector.requirements(), other -> !other.equals(key))));
    }
}
