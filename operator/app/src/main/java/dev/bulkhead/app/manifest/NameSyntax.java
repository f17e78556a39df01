package dev.bulkhead.app.manifest;

import java.util.regex.Pattern;

/** What API servers take for names and labels. Whatever else a file calls something is refused where it stands. */
enum NameSyntax {

    /** A name of a namespace, a Service or a Service's port. */
    LABEL(
            "[a-z0-9]([-a-z0-9]*[a-z0-9])?",
            63,
            "lower case letters, digits and \"-\", a letter or digit at both ends, at most 63 characters"),

    /** A name of most other objects. */
    SUBDOMAIN(
            "[-a-z0-9.]+",
            253,
            "lower case letters, digits, \"-\" and \".\", a letter or digit at both ends and on both sides of each"
                    + " \".\", at most 253 characters") {
        @Override
        boolean fits(String name) {
            return super.fits(name) && isDotted(name);
        }
    },

    /** A name of an object of a kind that brings its own rules. */
    ANY(
            "[A-Za-z0-9][-A-Za-z0-9._:]*",
            253,
            "letters, digits, \"-\", \".\", \"_\" and \":\", a letter or digit at its start, at most 253 characters"),

    /** A name of a container's port. */
    PORT(
            "(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*",
            15,
            "lower case letters, digits and single \"-\" between them, one letter at least, at most 15 characters"),

    /** A label's key without what may stand before a slash. */
    KEY(
            "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?",
            63,
            "letters, digits, \"-\", \"_\" and \".\", a letter or digit at both ends, at most 63 characters, if need be"
                    + " after a DNS name and \"/\"") {
        @Override
        boolean fits(String key) {
            int slash = key.indexOf('/');
            return super.fits(key.substring(slash + 1)) && (slash < 0 || SUBDOMAIN.fits(key.substring(0, slash)));
        }
    },

    /** A label's value. */
    VALUE(
            "([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?",
            63,
            "letters, digits, \"-\", \"_\" and \".\", a letter or digit at both ends, at most 63 characters");

    private final Pattern pattern;
    private final int longest;
    private final String description;

    NameSyntax(String pattern, int longest, String description) {
        this.pattern = Pattern.compile(pattern);
        this.longest = longest;
        this.description = description;
    }

    boolean fits(String text) {
        return text.length() <= longest && pattern.matcher(text).matches();
    }

    /** What to say of a text that does not fit. */
    String refusal(String text) {
        return "'" + Excerpt.of(text) + "' is not what an API server takes here; write " + description;
    }

    private static boolean isDotted(String name) {
        char before = '.';
        for (int i = 0; i <= name.length(); i++) {
            char letter = i == name.length() ? '.' : name.charAt(i);
            boolean edge = letter == '.' ? before == '.' || before == '-' : letter == '-' && before == '.';
            if (edge) {
                return false;
            }
            before = letter;
        }
        return true;
    }
}
