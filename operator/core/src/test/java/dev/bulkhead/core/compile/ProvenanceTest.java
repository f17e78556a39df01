package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.world.Direction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProvenanceTest {

    private static Set<AccessIntent.Key> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new AccessIntent.Key("shop", "i" + (1000 + i)))
                .collect(ImmutableSet.toImmutableSet());
    }

    private static String names(int count) {
        return numbered(count).stream().map(AccessIntent.Key::name).collect(Collectors.joining(","));
    }

    private static String told(int count) {
        return Provenance.annotations("shop", Direction.EGRESS, List.of(numbered(count)))
                .get(Marker.INTENTS);
    }

    @Test
    void aHundredIntentsAreNamedAndOfMoreTheNumberIsTold() {
        assertEquals(names(100), told(100));
        assertEquals(names(100) + " and 1 more", told(101));
        assertEquals(names(100) + " and 20 more", told(120));
    }

    @Test
    void whereThereAreSeveralEachRuleNamesItsOwnAndThoseElsewhereWithTheirNamespace() {
        AccessIntent.Key checkout = new AccessIntent.Key("shop", "checkout");
        AccessIntent.Key web = new AccessIntent.Key("web", "storefront");

        assertEquals(
                Map.of(
                        Marker.INTENTS,
                        "checkout,web/storefront",
                        Marker.PROVENANCE,
                        "ingress[0]=checkout; ingress[1]=web/storefront"),
                Provenance.annotations("shop", Direction.INGRESS, List.of(Set.of(checkout), Set.of(web))));
        assertEquals(
                Map.of(Marker.INTENTS, "checkout"),
                Provenance.annotations("shop", Direction.INGRESS, List.of(Set.of(checkout), Set.of(checkout))));
    }
}
