package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A conjunction of requirements on label keys, in one canonical form: two selectors are equal exactly when they match
 * the same labels (all that match nothing apart, which keep the contradiction they were written with).
 *
 * @param requirements by key; a key that may be anything is not listed
 */
public record LabelSelector(ImmutableSortedMap<String, Requirement> requirements) implements Comparable<LabelSelector> {

    /** A key with a value. */
    public record Label(String key, String value) {}

    private static final LabelSelector EVERYTHING = new LabelSelector(ImmutableSortedMap.of());

    /** The empty selector, which matches every object. */
    public static LabelSelector everything() {
        return EVERYTHING;
    }

    public static LabelSelector label(String key, String value) {
        return new LabelSelector(ImmutableSortedMap.of(key, Requirement.in(List.of(value))));
    }

    public static LabelSelector labels(Map<String, String> labels) {
        LabelSelector selector = EVERYTHING;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            selector = selector.and(label(label.getKey(), label.getValue()));
        }
        return selector;
    }

    public LabelSelector and(String key, Requirement requirement) {
        Requirement merged =
                requirements.getOrDefault(key, Requirement.anything()).and(requirement);
        SortedMap<String, Requirement> all = new TreeMap<>(requirements);
        if (merged.isAnything()) {
            all.remove(key);
        } else {
            all.put(key, merged);
        }
        return new LabelSelector(ImmutableSortedMap.copyOf(all));
    }

    public LabelSelector and(LabelSelector other) {
        LabelSelector merged = this;
        for (Map.Entry<String, Requirement> requirement : other.requirements.entrySet()) {
            merged = merged.and(requirement.getKey(), requirement.getValue());
        }
        return merged;
    }

    public boolean isEverything() {
        return requirements.isEmpty();
    }

    /** Whether no labels at all can match. */
    public boolean isImpossible() {
        return requirements.values().stream().anyMatch(Requirement::isImpossible);
    }

    public boolean matches(Map<String, String> labels) {
        for (Map.Entry<String, Requirement> requirement : requirements.entrySet()) {
            if (!requirement.getValue().admits(labels.get(requirement.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** Whether every set of labels that this selector matches is matched by the other one too. Exact. */
    public boolean implies(LabelSelector other) {
        if (isImpossible()) {
            return true;
        }
        for (Map.Entry<String, Requirement> theirs : other.requirements.entrySet()) {
            Requirement ours = requirements.getOrDefault(theirs.getKey(), Requirement.anything());
            if (!ours.implies(theirs.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** As few labels as this selector matches; absent where it matches none. */
    public Optional<ImmutableSortedMap<String, String>> example() {
        if (isImpossible()) {
            return Optional.empty();
        }
        ImmutableSortedMap.Builder<String, String> labels = ImmutableSortedMap.naturalOrder();
        requirements.forEach((key, requirement) -> requirement.example().ifPresent(value -> labels.put(key, value)));
        return Optional.of(labels.build());
    }

    /** The first label, by key, of those that must be there with one certain value. */
    public Optional<Label> demanded() {
        for (Map.Entry<String, Requirement> requirement : requirements.entrySet()) {
            if (requirement.getValue().isOneValue()) {
                return Optional.of(new Label(
                        requirement.getKey(), requirement.getValue().values().first()));
            }
        }
        return Optional.empty();
    }

    /** The value that this key must have, if it must have one certain value; none of a selector that is impossible. */
    public Optional<String> demanded(String key) {
        Requirement requirement = requirements.get(key);
        return requirement != null && requirement.isOneValue() && !isImpossible()
                ? Optional.of(requirement.values().first())
                : Optional.empty();
    }

    /** The only values that this key may have, where the selector lists them; absent where others may match, or the key may be missing. */
    public Optional<ImmutableSortedSet<String>> listed(String key) {
        Requirement requirement = requirements.get(key);
        return requirement == null || requirement.complement() || requirement.absent()
                ? Optional.empty()
                : Optional.of(requirement.values());
    }

    /** Whether no labels match both, since they demand different values of one key. Not exact: others may exclude each other too. */
    public boolean evidentlyExcludes(LabelSelector other) {
        for (Map.Entry<String, Requirement> ours : requirements.entrySet()) {
            if (ours.getValue().isOneValue()) {
                Requirement theirs = other.requirements.get(ours.getKey());
                if (theirs != null
                        && theirs.isOneValue()
                        && !theirs.values()
                                .first()
                                .equals(ours.getValue().values().first())) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public int compareTo(LabelSelector other) {
        return toString().compareTo(other.toString());
    }

    /** As kubectl takes it: {@code app=web,tier in (a,b),!canary}. */
    @Override
    public String toString() {
        return requirements.entrySet().stream()
                .map(requirement -> requirement.getValue().describe(requirement.getKey()))
                .collect(Collectors.joining(","));
    }
}
