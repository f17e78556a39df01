package dev.bulkhead.cluster.status;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a condition's message says of several namespaces, each after its name. */
public final class TextsByNamespace {

    private static final int MAXIMUM_TOLD = 20;
    private static final String MORE = "; and [0-9]+ more namespaces";

    private TextsByNamespace() {}

    /** @param texts by namespace, in their order; not empty */
    static String listed(Map<String, String> texts) {
        String first = texts.entrySet().stream()
                .limit(MAXIMUM_TOLD)
                .map(text -> text.getKey() + ": " + text.getValue())
                .collect(Collectors.joining("; "));
        int others = texts.size() - MAXIMUM_TOLD;
        return others > 0 ? first + "; and " + others + " more namespaces" : first;
    }

    /**
     * What a message says of one of them; absent where that is nothing, or is left out since there are too many.
     *
     * @param namespaces all of which it may speak
     */
    public static Optional<String> of(String namespace, String message, Collection<String> namespaces) {
        String names = namespaces.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        Matcher matcher = Pattern.compile(
                        "(?:^|; |: )" + Pattern.quote(namespace) + ": (.*?)\\.?(?:; (?:" + names + "): .*|" + MORE
                                + "\\.?|$)",
                        Pattern.DOTALL)
                .matcher(message);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
