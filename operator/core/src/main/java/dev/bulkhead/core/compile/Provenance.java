package dev.bulkhead.core.compile;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.hash.Hashing;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says on a policy which intents stand behind it, and behind which rule where there are several; and reads it again. The names
 * are for people, so a long list of them ends with a number; hashes of the rest are kept beside it, so that nothing is lost.
 */
public final class Provenance {

    /** Names listed at most in one place; annotations of an object share 256 KiB. */
    private static final int MAXIMUM_NAMES = 100;

    private static final int MAXIMUM_HASHES = 8_000;
    private static final int HASH_DIGITS = 8;
    /** Where even the hashes are too many. */
    private static final String ANY = "*";

    private static final Pattern MORE = Pattern.compile(" and [0-9]+ more$");

    static ImmutableSortedMap<String, String> annotations(
            String namespace, Direction direction, List<? extends Set<DeclaredIntent.Key>> rules) {
        Set<DeclaredIntent.Key> all = new TreeSet<>();
        rules.forEach(all::addAll);
        ImmutableSortedMap.Builder<String, String> annotations = ImmutableSortedMap.naturalOrder();
        annotations.put(Marker.INTENTS, names(namespace, all));
        if (all.size() > MAXIMUM_NAMES) {
            annotations.put(Marker.MORE_INTENTS, hashes(List.copyOf(all).subList(MAXIMUM_NAMES, all.size())));
        }
        if (all.size() > 1) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < rules.size(); i++) {
                lines.add(place(direction, i) + "=" + names(namespace, rules.get(i)));
            }
            annotations.put(Marker.PROVENANCE, String.join("; ", lines));
        }
        return annotations.build();
    }

    private static String place(Direction direction, int rule) {
        return (direction == Direction.EGRESS ? "egress[" : "ingress[") + rule + "]";
    }

    private static String names(String namespace, Collection<DeclaredIntent.Key> intents) {
        String listed = intents.stream()
                .limit(MAXIMUM_NAMES)
                .map(intent -> name(namespace, intent))
                .collect(Collectors.joining(","));
        int more = intents.size() - MAXIMUM_NAMES;
        return more > 0 ? listed + " and " + more + " more" : listed;
    }

    private static String name(String namespace, DeclaredIntent.Key intent) {
        return intent.namespace().equals(namespace) ? intent.name() : intent.toString();
    }

    private static String hashes(Collection<DeclaredIntent.Key> intents) {
        return intents.size() > MAXIMUM_HASHES
                ? ANY
                : intents.stream().map(Provenance::hash).collect(Collectors.joining());
    }

    private static String hash(DeclaredIntent.Key intent) {
        return Hashing.sha256()
                .hashString(intent.toString(), StandardCharsets.UTF_8)
                .toString()
                .substring(0, HASH_DIGITS);
    }

    /** Whether the intent stands behind the policy; in doubt it does. */
    public static boolean mayCarry(NetworkPolicy policy, DeclaredIntent.Key intent) {
        String names = policy.annotations().getOrDefault(Marker.INTENTS, "");
        if (mayName(names, policy.key().namespace(), intent)) {
            return true;
        }
        String hashes = policy.annotations().getOrDefault(Marker.MORE_INTENTS, ANY);
        return isShortened(names)
                && (hashes.equals(ANY)
                        || Splitter.fixedLength(HASH_DIGITS).splitToList(hashes).contains(hash(intent)));
    }

    private static boolean isShortened(String names) {
        return MORE.matcher(names).find();
    }

    private static boolean mayName(String names, String namespace, DeclaredIntent.Key intent) {
        Matcher more = MORE.matcher(names);
        return Splitter.on(',').splitToList(more.replaceFirst("")).contains(name(namespace, intent));
    }

    /**
     * The intents behind each of the policy's rules of the direction, in their order.
     *
     * @return absent where the policy does not tell exactly
     */
    static Optional<ImmutableList<ImmutableSet<DeclaredIntent.Key>>> behindRules(
            NetworkPolicy policy, Direction direction) {
        int rules = policy.rules(direction).size();
        String all = policy.annotations().getOrDefault(Marker.INTENTS, "");
        String lines = policy.annotations().getOrDefault(Marker.PROVENANCE, "");
        List<String> names = new ArrayList<>();
        if (lines.isEmpty()) {
            for (int i = 0; i < rules; i++) {
                names.add(all);
            }
        } else {
            List<String> listed = Splitter.on("; ").splitToList(lines);
            for (int i = 0; i < listed.size(); i++) {
                String begin = place(direction, i) + "=";
                if (!listed.get(i).startsWith(begin)) {
                    return Optional.empty();
                }
                names.add(listed.get(i).substring(begin.length()));
            }
        }
        if (names.size() != rules || names.stream().anyMatch(name -> name.isEmpty() || isShortened(name))) {
            return Optional.empty();
        }
        return Optional.of(names.stream()
                .map(some -> keys(policy.key().namespace(), some))
                .collect(ImmutableList.toImmutableList()));
    }

    private static ImmutableSet<DeclaredIntent.Key> keys(String namespace, String names) {
        return Splitter.on(',')
                .splitToStream(names)
                .map(name -> {
                    int slash = name.indexOf('/');
                    return slash < 0
                            ? new DeclaredIntent.Key(namespace, name)
                            : new DeclaredIntent.Key(name.substring(0, slash), name.substring(slash + 1));
                })
                .collect(ImmutableSet.toImmutableSet());
    }

    private Provenance() {}
}
