package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What one label key must satisfy: a set over "absent" and all strings. The four operators of Kubernetes and every
 * conjunction of them are such sets, which makes intersection and implication exact.
 *
 * @param absent whether an object without the key satisfies it
 * @param complement whether {@code values} lists the values refused rather than those admitted
 * @param values the values admitted, or refused
 */
public record Requirement(boolean absent, boolean complement, ImmutableSortedSet<String> values) {

    private static final Requirement ANYTHING = new Requirement(true, true, ImmutableSortedSet.of());
    private static final Requirement EXISTS = new Requirement(false, true, ImmutableSortedSet.of());
    private static final Requirement DOES_NOT_EXIST = new Requirement(true, false, ImmutableSortedSet.of());

    public static Requirement in(Collection<String> values) {
        return new Requirement(false, false, ImmutableSortedSet.copyOf(values));
    }

    /** Matches where the key is absent, as apimachinery does. */
    public static Requirement notIn(Collection<String> values) {
        return new Requirement(true, true, ImmutableSortedSet.copyOf(values));
    }

    public static Requirement exists() {
        return EXISTS;
    }

    public static Requirement doesNotExist() {
        return DOES_NOT_EXIST;
    }

    static Requirement anything() {
        return ANYTHING;
    }

    boolean isAnything() {
        return absent && complement && values.isEmpty();
    }

    /** Whether the key must be there, and with one certain value. */
    boolean isOneValue() {
        return !absent && !complement && values.size() == 1;
    }

    boolean isImpossible() {
        return !absent && !complement && values.isEmpty();
    }

    /** @param value the label's value, or null where the key is absent */
    boolean admits(String value) {
        return value == null ? absent : complement != values.contains(value);
    }

    Requirement and(Requirement other) {
        boolean bothAbsent = absent && other.absent;
        if (complement && other.complement) {
            return new Requirement(bothAbsent, true, copy(Sets.union(values, other.values)));
        }
        if (complement) {
            return new Requirement(bothAbsent, false, copy(Sets.difference(other.values, values)));
        }
        if (other.complement) {
            return new Requirement(bothAbsent, false, copy(Sets.difference(values, other.values)));
        }
        return new Requirement(bothAbsent, false, copy(Sets.intersection(values, other.values)));
    }

    /** Whether the four operators can say it; "absent, or one of these" they cannot. */
    public boolean isExpressible() {
        return complement || !absent || values.isEmpty();
    }

    public Requirement negated() {
        return new Requirement(!absent, !complement, values);
    }

    /** Whether whatever satisfies this satisfies the other; exact, since no finite list exhausts the strings. */
    boolean implies(Requirement other) {
        if (absent && !other.absent) {
            return false;
        }
        if (complement) {
            return other.complement && values.containsAll(other.values);
        }
        return other.complement ? Sets.intersection(values, other.values).isEmpty() : other.values.containsAll(values);
    }

    private static ImmutableSortedSet<String> copy(Set<String> values) {
        return ImmutableSortedSet.copyOf(values);
    }

    /** A value that satisfies this, or empty where the key has to be absent or may be. Not to be asked where nothing satisfies it. */
    Optional<String> example() {
        if (absent) {
            return Optional.empty();
        }
        if (!complement) {
            return Optional.of(values.first());
        }
        return Optional.of(values.isEmpty() ? "" : values.last() + "x");
    }

    /** As kubectl takes it. */
    String describe(String key) {
        String listed = "(" + String.join(",", values) + ")";
        if (complement) {
            String refused = values.isEmpty() ? "" : key + " notin " + listed;
            String present = absent ? "" : key;
            return present + (present.isEmpty() || refused.isEmpty() ? "" : ",") + refused;
        }
        if (values.isEmpty() && absent) {
            return "!" + key;
        }
        return isOneValue() ? key + "=" + values.first() : key + " in " + listed;
    }
}
