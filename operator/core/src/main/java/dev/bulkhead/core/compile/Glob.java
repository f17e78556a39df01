package dev.bulkhead.core.compile;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

/**
 * A pattern for names in which each star is any characters or none.
 *
 * @param parts what is between the stars; one part alone where there is no star
 */
record Glob(ImmutableList<String> parts) {

    private static final Splitter STARS = Splitter.on('*');

    static Glob parse(String pattern) {
        return new Glob(ImmutableList.copyOf(STARS.split(pattern)));
    }

    static boolean isExact(String pattern) {
        return CharMatcher.is('*').matchesNoneOf(pattern);
    }

    /** How many characters it spells out. */
    int length() {
        return parts.stream().mapToInt(String::length).sum();
    }

    /** False only if no name is meant by both. */
    boolean mayMeet(Glob other) {
        String first = parts.get(0);
        String last = parts.get(parts.size() - 1);
        String otherFirst = other.parts.get(0);
        String otherLast = other.parts.get(other.parts.size() - 1);
        return (first.startsWith(otherFirst) || otherFirst.startsWith(first))
                && (last.endsWith(otherLast) || otherLast.endsWith(last));
    }

    /** Greedy from the left; linear for each star, so that no pattern of a bounded length can be made slow. */
    boolean matches(String name) {
        String first = parts.get(0);
        if (parts.size() == 1) {
            return first.equals(name);
        }
        String last = parts.get(parts.size() - 1);
        if (name.length() < first.length() + last.length() || !name.startsWith(first) || !name.endsWith(last)) {
            return false;
        }
        int from = first.length();
        int end = name.length() - last.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int at = name.indexOf(part, from);
            if (at < 0 || at + part.length() > end) {
                return false;
            }
            from = at + part.length();
        }
        return true;
    }
}
