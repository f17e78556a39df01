package dev.bulkhead.app.console;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.app.console.Problem.Status;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The parameters of a request. */
record RequestParameters(ImmutableMap<String, String> parameters) {

    /** Of a list of namespaces. */
    private static final int LONGEST_VALUE = 16_384;
    /** Of anything else; what is not understood is repeated in the answer. */
    private static final int LONGEST_NAME = 512;

    /** @throws ProblemException where they are malformed, or one of them is not known */
    static RequestParameters of(URI uri, Set<String> known) {
        TreeMap<String, String> parameters = new TreeMap<>();
        String query = uri.getRawQuery();
        for (String pair : Splitter.on('&').omitEmptyStrings().split(query == null ? "" : query)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (!known.contains(name)) {
                throw bad("there is no parameter '" + shortened(name) + "' here; there are "
                        + (known.isEmpty() ? "none" : String.join(", ", ImmutableSortedSet.copyOf(known))));
            }
            if (value.length() > LONGEST_VALUE) {
                throw bad(name + " has more than " + LONGEST_VALUE + " characters");
            }
            if (parameters.put(name, value) != null) {
                throw bad(name + " is given twice; give it once");
            }
        }
        return new RequestParameters(ImmutableMap.copyOf(parameters));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw bad("the query is not encoded as URLs are: " + e.getMessage());
        }
    }

    private static String shortened(String text) {
        return text.length() > 64 ? text.substring(0, 64) + "…" : text;
    }

    private static ProblemException bad(String detail) {
        return new ProblemException(Status.BAD_REQUEST, detail);
    }

    String required(String name) {
        return optional(name).orElseThrow(() -> bad(name + " is missing"));
    }

    Optional<String> optional(String name) {
        Optional<String> value = value(name);
        if (value.isPresent() && value.get().length() > LONGEST_NAME) {
            throw bad(name + " has more than " + LONGEST_NAME + " characters");
        }
        return value;
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** One of the words of an enumeration; the first where nothing is said. */
    <E extends Enum<E>> E word(String name, Class<E> type, E otherwise) {
        Optional<String> value = optional(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value.get())) {
                return constant;
            }
        }
        ImmutableSet.Builder<String> words = ImmutableSet.builder();
        for (E constant : type.getEnumConstants()) {
            words.add(constant.name().toLowerCase(Locale.ROOT));
        }
        throw bad(name + " is one of " + String.join(", ", words.build()));
    }

    ImmutableSortedSet<String> list(String name) {
        return ImmutableSortedSet.copyOf(Splitter.on(',')
                .trimResults()
                .omitEmptyStrings()
                .split(value(name).orElse("")));
    }
}
