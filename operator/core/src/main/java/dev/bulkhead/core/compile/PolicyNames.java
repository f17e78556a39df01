package dev.bulkhead.core.compile;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Maps;
import com.google.common.hash.Hashing;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.LabelSelector;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Names of policies: readable, and a function of what the policy is for, so that a second operator, or the same one
 * after a restart, meets its own objects rather than making new ones.
 */
public final class PolicyNames {

    /** Of the policy that isolates every pod of a namespace. */
    public static final String BASELINE = "bulkhead-baseline";

    static final String DNS = "bulkhead-dns";

    private static final int SHORT_HASH = 6;
    private static final int LONG_HASH = 40;
    private static final int READABLE = 40;
    private static final CharMatcher UNREADABLE =
            CharMatcher.inRange('a', 'z').or(CharMatcher.inRange('0', '9')).negate();

    /**
     * Whether a policy with this key is a namespace's baseline. Labels do not make one: anybody who may create policies can
     * put ours on as many as they like.
     */
    public static boolean isBaseline(NetworkPolicy.Key key) {
        return key.name().equals(BASELINE);
    }

    /** Two subjects whose short names collide both get long ones; a collision can be made on purpose. */
    static ImmutableMap<GrantsBySubject.Subject, String> of(Collection<GrantsBySubject.Subject> subjects) {
        ImmutableMap<GrantsBySubject.Subject, String> brief = Maps.toMap(subjects, PolicyNames::usual);
        ImmutableMultiset<String> uses = ImmutableMultiset.copyOf(brief.values());
        return Maps.toMap(
                subjects,
                subject -> uses.count(brief.get(subject)) == 1 ? brief.get(subject) : name(subject, LONG_HASH));
    }

    /** The name that a subject has unless it collides. */
    static String usual(GrantsBySubject.Subject subject) {
        return name(subject, SHORT_HASH);
    }

    private static String name(GrantsBySubject.Subject subject, int hashLength) {
        String direction = subject.direction() == Direction.EGRESS ? "egress" : "ingress";
        String hash = Hashing.sha256()
                .hashString(direction + " " + subject.selector(), StandardCharsets.UTF_8)
                .toString()
                .substring(0, hashLength);
        return "bulkhead-" + direction + "-" + readable(subject.selector()) + "-" + hash;
    }

    private static String readable(LabelSelector selector) {
        if (selector.isEverything()) {
            return "all";
        }
        var account = selector.requirements().get(Identity.LABEL);
        String values =
                account != null && !account.complement() && account.values().size() == 1
                        ? account.values().first()
                        : selector.requirements().values().stream()
                                .filter(requirement -> !requirement.complement())
                                .flatMap(requirement -> requirement.values().stream())
                                .collect(Collectors.joining("-"));
        String plain = UNREADABLE.collapseFrom(values.toLowerCase(Locale.ROOT), '-');
        String cut = CharMatcher.is('-').trimFrom(plain.substring(0, Math.min(READABLE, plain.length())));
        return cut.isEmpty() ? "pods" : cut;
    }

    private PolicyNames() {}
}
