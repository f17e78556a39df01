package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {

    private static Set<DeclaredIntent.Key> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new DeclaredIntent.Key("shop", "i" + (1000 + i)))
                .collect(ImmutableSet.toImmutableSet());
    }

    private static String names(int count) {
        return numbered(count).stream().map(DeclaredIntent.Key::name).collect(Collectors.joining(","));
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
        DeclaredIntent.Key checkout = new DeclaredIntent.Key("shop", "checkout");
        DeclaredIntent.Key web = new DeclaredIntent.Key("web", "storefront");

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

    private static NetworkPolicy carrying(int count, String... dropped) {
        Map<String, String> annotations =
                new TreeMap<>(Provenance.annotations("shop", Direction.EGRESS, List.of(numbered(count))));
        List.of(dropped).forEach(annotations::remove);
        return new NetworkPolicy(
                new NetworkPolicy.Key("shop", "policy"),
                Marker.labels(Marker.Role.ALLOW),
                ImmutableSortedMap.copyOf(annotations),
                LabelSelector.everything(),
                ImmutableSet.of(Direction.EGRESS),
                ImmutableList.of(),
                ImmutableList.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 99, 100, 101, 102, 300})
    void everyIntentIsRecognisedHoweverManyThereAreAndNoOther(int count) {
        NetworkPolicy policy = carrying(count);

        numbered(count).forEach(intent -> assertTrue(Provenance.mayCarry(policy, intent), intent.toString()));
        numbered(2 * count).stream()
                .skip(count)
                .forEach(intent -> assertFalse(Provenance.mayCarry(policy, intent), intent.toString()));
        assertFalse(Provenance.mayCarry(policy, new DeclaredIntent.Key("web", "i1000")));
        assertEquals(count > 100, policy.annotations().containsKey(Marker.MORE_INTENTS));
    }

    @Test
    void aPolicyThatDoesNotSayWhichOthersItCarriesMayCarryAny() {
        DeclaredIntent.Key other = new DeclaredIntent.Key("web", "other");

        assertTrue(Provenance.mayCarry(carrying(101, Marker.MORE_INTENTS), other));
        assertTrue(Provenance.mayCarry(carrying(8_101), other));
        assertFalse(Provenance.mayCarry(carrying(100, Marker.MORE_INTENTS), other));
        assertFalse(Provenance.mayCarry(carrying(1, Marker.INTENTS), other));
    }
}
