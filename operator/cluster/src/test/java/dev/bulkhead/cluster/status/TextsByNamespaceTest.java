package dev.bulkhead.cluster.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextsByNamespaceTest {

    private static final ImmutableSortedMap<String, String> TEXTS = ImmutableSortedMap.of(
            "pay",
            "Nothing opens in this namespace for now: its peers withdraw (shop, web)",
            "shop",
            "Nothing changes in this namespace for now: it is in doubt; a second: reason",
            "shop-test",
            "It fails");

    private static Optional<String> of(String namespace, String message) {
        Collection<String> all = TEXTS.keySet();
        return TextsByNamespace.of(namespace, message, all);
    }

    @Test
    void whatIsSaidOfEachIsFoundAgain() {
        String message = TextsByNamespace.listed(TEXTS) + ".";
        TEXTS.forEach((namespace, text) -> assertEquals(Optional.of(text), of(namespace, message)));
        TEXTS.forEach((namespace, text) ->
                assertEquals(Optional.of(text), of(namespace, "It is tried again for ever: " + message)));
    }

    @Test
    void ofOthersNothingIsSaid() {
        String message = TextsByNamespace.listed(TEXTS) + ".";
        assertEquals(Optional.empty(), of("web", message));
        assertEquals(Optional.empty(), of("test", message));
        assertEquals(Optional.empty(), of("shop", "Everything that is to be written is."));
    }

    @Test
    void ofTooManyTheFirstAreTold() {
        TreeMap<String, String> many = new TreeMap<>();
        IntStream.range(0, 30).forEach(i -> many.put("ns-%02d".formatted(i), "held"));
        String message = TextsByNamespace.listed(many) + ".";
        assertEquals(Optional.of("held"), TextsByNamespace.of("ns-19", message, many.keySet()));
        assertEquals(Optional.empty(), TextsByNamespace.of("ns-20", message, many.keySet()));
    }
}
