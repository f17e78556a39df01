package dev.bulkhead.core.intent;

import dev.bulkhead.core.world.Workload;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what was meant by a word that is not known. */
public final class Spelling {

    /** No word that is known is longer. */
    private static final int LONGEST = 64;

    /** Words that may be compared for each of a tenant's rules. */
    private static final int FEW = 50;

    private Spelling() {}

    /** The known word that takes the fewest changes, if those are few for its length. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> Math.abs(word.length() - candidate.length()) <= most(word, candidate)
                        && distance(word, candidate) <= most(word, candidate))
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int most(String word, String candidate) {
        return Math.max(1, Math.min(word.length(), candidate.length()) / 3);
    }

    /**
     * Likewise of some words at most: for whoever answers tenants, who may have as many names as they like. Of more words, none.
     */
    public static Optional<String> nearestOfFew(String word, Collection<String> known) {
        return known.size() > FEW ? Optional.empty() : nearest(word, known);
    }

    /** The workload of that kind with the nearest name, else one of that name of another kind; of more than a few, none. */
    public static Optional<Workload.Key> nearestOfFew(Workload.Key key, Collection<Workload.Key> known) {
        if (known.size() > FEW) {
            return Optional.empty();
        }
        return nearest(
                        key.name(),
                        known.stream()
                                .filter(other -> other.kind().equals(key.kind()))
                                .map(Workload.Key::name)
                                .toList())
                .map(name -> new Workload.Key(key.kind(), name))
                .or(() -> known.stream()
                        .filter(other -> other.name().equals(key.name()))
                        .min(Comparator.comparing(Workload.Key::kind)));
    }

    /** Letters to insert, delete, replace, or swap with the next; upper and lower case are alike. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] changes = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    changes[i][j] = i + j;
                    continue;
                }
                int replaced = changes[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                changes[i][j] = Math.min(replaced, Math.min(changes[i - 1][j], changes[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    changes[i][j] = Math.min(changes[i][j], changes[i - 2][j - 2] + 1);
                }
            }
        }
        return changes[a.length()][b.length()];
    }
}
