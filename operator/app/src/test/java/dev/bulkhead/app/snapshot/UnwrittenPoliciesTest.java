package dev.bulkhead.app.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnwrittenPoliciesTest {

    private static final NetworkPolicy BASELINE = policy("bulkhead-baseline");
    private static final NetworkPolicy DNS = policy("bulkhead-dns");

    @Test
    void policiesThatAreWhatIsDeclaredAreNotSpokenOf() {
        assertEquals(Optional.empty(), said(List.of(BASELINE, DNS), List.of(BASELINE, DNS)));
        assertEquals(Optional.empty(), said(List.of(), List.of(byOthers("allow-all"))));
    }

    @Test
    void whatIsMissingDiffersOrIsLeftOverIsNamed() {
        assertEquals(
                Optional.of("what is declared is not in force, at least not yet: bulkhead-baseline is not there,"
                        + " bulkhead-dns says something else, bulkhead-old is still there"),
                said(List.of(BASELINE, DNS), List.of(open(DNS), policy("bulkhead-old"), byOthers("allow-all"))));
    }

    @Test
    void ofMoreThanThreeTheOthersAreCounted() {
        List<NetworkPolicy> many = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            many.add(policy("p" + i));
        }

        assertEquals(
                Optional.of("what is declared is not in force, at least not yet: p0 is not there, p1 is not there,"
                        + " p2 is not there and 2 more"),
                said(many, List.of()));
    }

    @Test
    void whereNothingIsToChangeForNowNothingIsMissing() {
        Optional<String> held = Optional.of("two segments claim it");

        assertEquals(Optional.empty(), said(held, List.of(), List.of(DNS)));
        assertEquals(Optional.empty(), said(held, List.of(BASELINE), List.of(BASELINE, DNS)));
    }

    @Test
    void butTheBaselineIsIfItIsNotThere() {
        Optional<String> held = Optional.of("two segments claim it");

        assertEquals(
                Optional.of("what is declared is not in force, at least not yet: bulkhead-baseline is not there"),
                said(held, List.of(BASELINE), List.of(DNS)));
    }

    private static Optional<String> said(List<NetworkPolicy> declared, List<NetworkPolicy> live) {
        return said(Optional.empty(), declared, live);
    }

    private static Optional<String> said(
            Optional<String> held, List<NetworkPolicy> declared, List<NetworkPolicy> live) {
        return UnwrittenPolicies.in(compilation(held, declared), live).map(Caveat::text);
    }

    private static Compilation compilation(Optional<String> held, List<NetworkPolicy> policies) {
        return new Compilation(
                "shop",
                held,
                policies.stream()
                        .collect(ImmutableSortedMap.toImmutableSortedMap(
                                Comparator.naturalOrder(), NetworkPolicy::key, policy -> policy)),
                ImmutableSortedMap.of(),
                Dependencies.none());
    }

    /** Isolates every pod and allows nothing. */
    private static NetworkPolicy policy(String name) {
        return policy(name, Marker.labels(Marker.Role.BASELINE));
    }

    private static NetworkPolicy byOthers(String name) {
        return policy(name, ImmutableSortedMap.of());
    }

    private static NetworkPolicy policy(String name, ImmutableSortedMap<String, String> labels) {
        return new NetworkPolicy(
                new NetworkPolicy.Key("shop", name),
                labels,
                ImmutableSortedMap.of(),
                LabelSelector.everything(),
                ImmutableSet.of(Direction.INGRESS),
                ImmutableList.of(),
                ImmutableList.of());
    }

    private static NetworkPolicy open(NetworkPolicy policy) {
        return policy.withRules(
                policy.subject(), policy.directions(), ImmutableList.of(PolicyRule.everything()), ImmutableList.of());
    }
}
