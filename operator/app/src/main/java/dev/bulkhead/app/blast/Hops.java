package dev.bulkhead.app.blast;

/** Over how many connections somebody goes on. */
public final class Hops {

    private Hops() {}

    /**
     * A number, or {@code all} for any number of them.
     *
     * @throws IllegalArgumentException with what to write instead
     */
    public static int parse(String text) {
        if (text.equals("all")) {
            return Integer.MAX_VALUE;
        }
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("'" + text + "' is neither a number from 1 on nor all");
        }
        return Integer.parseInt(text);
    }
}
