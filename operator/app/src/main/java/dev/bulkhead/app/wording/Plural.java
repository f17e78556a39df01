package dev.bulkhead.app.wording;

/** Counts with their nouns. */
public final class Plural {

    private Plural() {}

    /** {@code 1 policy}, {@code 2 policies}. */
    public static String of(long count, String singular) {
        return count + " " + noun(count, singular);
    }

    /** The noun alone: {@code policy} for one, {@code policies} for any other number. */
    public static String noun(long count, String singular) {
        if (count == 1) {
            return singular;
        }
        boolean consonantY = singular.matches(".*[^aeiou]y");
        return consonantY ? singular.substring(0, singular.length() - 1) + "ies" : singular + "s";
    }
}
