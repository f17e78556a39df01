package dev.bulkhead.app.manifest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a text without quotes means in YAML: nothing, a truth, a number or itself. */
final class PlainScalar {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");

    /** A number of so few digits fits into a long. */
    private static final int SHORT = 18;

    private PlainScalar() {}

    /** Empty for nothing. */
    static Optional<Object> value(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return switch (text.charAt(0)) {
            case '~', 'n', 'N' -> isNothing(text) ? Optional.empty() : Optional.of(text);
            case 't', 'T', 'f', 'F' -> Optional.of(truth(text));
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Optional.of(number(text));
            default -> Optional.of(text);
        };
    }

    private static boolean isNothing(String text) {
        return switch (text) {
            case "~", "null", "Null", "NULL" -> true;
            default -> false;
        };
    }

    private static Object truth(String text) {
        return switch (text) {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> text;
        };
    }

    private static Object number(String text) {
        if (isDigits(text)) {
            return BigInteger.valueOf(Long.parseLong(text));
        }
        if (text.length() > Limits.DIGITS || !NUMBER.matcher(text).matches()) {
            return text;
        }
        boolean whole = text.chars().allMatch(letter -> letter == '-' || Character.isDigit(letter));
        return whole ? new BigInteger(text) : new BigDecimal(text);
    }

    /** By far the most frequent numbers. */
    private static boolean isDigits(String text) {
        if (text.length() > SHORT || (text.charAt(0) == '0' && text.length() > 1)) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
