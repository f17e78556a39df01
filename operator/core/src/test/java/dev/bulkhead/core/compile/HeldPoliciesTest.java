package dev.bulkhead.core.compile;

import static dev.bulkhead.core.compile.SmallTown.account;
import static dev.bulkhead.core.compile.SmallTown.outbound;
import static dev.bulkhead.core.compile.SmallTown.stamped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What shop holds, which the segments a and b claim with equal right. */
class HeldPoliciesTest {

    private static final NetworkPolicy.Key BASELINE = new NetworkPolicy.Key("shop", PolicyNames.BASELINE);
    private static final Direction[] NONE = {};
    private static final Direction[] INGRESS = {Direction.INGRESS};
    private static final Direction[] EGRESS = {Direction.EGRESS};
    private static final Direction[] BOTH = {Direction.INGRESS, Direction.EGRESS};

    private static SmallTown town(Direction[] a, Direction[] b) {
        return new SmallTown()
                .with("shop", stamped("checkout"))
                .with("pay", stamped("payments"))
                .claiming("a", "shop", a)
                .claiming("b", "shop", b)
                .declaring("shop", "checkout", account("checkout"), outbound(0, "pay", account("payments")));
    }

    private static ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> held(
            Direction[] a, Direction[] b, Collection<NetworkPolicy> live) {
        Compilation compilation = town(a, b).compile().get("shop");
        assertEquals(Optional.of("segments a and b claim it alike"), compilation.held());
        return HeldPolicies.of(compilation, live);
    }

    private static Set<Direction> closed(Direction[] a, Direction[] b) {
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies = held(a, b, List.of());
        policies.values().forEach(policy -> {
            assertEquals(BASELINE, policy.key());
            assertTrue(policy.subject().isEverything());
            assertEquals(List.of(), policy.ingress());
            assertEquals(List.of(), policy.egress());
        });
        return policies.isEmpty() ? Set.of() : policies.get(BASELINE).directions();
    }

    private static NetworkPolicy policy(
            NetworkPolicy.Key key, LabelSelector subject, Set<Direction> directions, PolicyRule... egress) {
        return new NetworkPolicy(
                key,
                Marker.labels(key.equals(BASELINE) ? Marker.Role.BASELINE : Marker.Role.ALLOW),
                ImmutableSortedMap.of(),
                subject,
                ImmutableSet.copyOf(directions),
                ImmutableList.of(),
                ImmutableList.copyOf(egress));
    }

    private static NetworkPolicy baseline(Direction... directions) {
        return policy(BASELINE, LabelSelector.everything(), Set.of(directions));
    }

    private static NetworkPolicy allowance() {
        return policy(
                new NetworkPolicy.Key("shop", "bulkhead-egress-checkout"),
                LabelSelector.label("app", "checkout"),
                Set.of(Direction.EGRESS),
                new PolicyRule(Optional.empty(), Ports.all()));
    }

    @Test
    void oneThatHoldsNothingIsClosedInEveryDirectionThatOneOfThemEnforcesAndHoldsNothingElse() {
        assertEquals(Set.of(BOTH), closed(BOTH, BOTH));
        assertEquals(Set.of(BOTH), closed(INGRESS, EGRESS));
        assertEquals(Set.of(BOTH), closed(EGRESS, BOTH));
        assertEquals(Set.of(INGRESS), closed(INGRESS, INGRESS));
    }

    @Test
    void whatOneOfThemOnlyObservesIsNotCutOff() {
        assertEquals(Set.of(), closed(BOTH, NONE));
        assertEquals(Set.of(), closed(NONE, NONE));
    }

    @Test
    void whatWasThereBeforeStaysAlsoWhereItClosesLess() {
        List<NetworkPolicy> live = List.of(baseline(INGRESS), allowance());

        assertEquals(live, List.copyOf(held(BOTH, BOTH, live).values()));
        assertEquals(live, List.copyOf(held(BOTH, NONE, live).values()));
    }

    @Test
    void aBaselineThatIsDeletedOrStandsOpenComesBackClosedAndTheRestStays() {
        List<NetworkPolicy> wrong = new ArrayList<>();
        wrong.add(policy(
                BASELINE, LabelSelector.everything(), Set.of(BOTH), new PolicyRule(Optional.empty(), Ports.all())));
        wrong.add(policy(BASELINE, LabelSelector.label("app", "nobody"), Set.of(BOTH)));
        wrong.add(baseline());
        wrong.forEach(baseline -> assertEquals(
                List.of(baseline(BOTH), allowance()),
                List.copyOf(held(BOTH, INGRESS, List.of(baseline, allowance())).values())));
        assertEquals(
                List.of(baseline(BOTH), allowance()),
                List.copyOf(held(BOTH, INGRESS, List.of(allowance())).values()));
    }

    @Test
    void policiesByOthersAndOfOtherNamespacesAreNotItsOwn() {
        NetworkPolicy theirs = new NetworkPolicy(
                BASELINE,
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                LabelSelector.everything(),
                ImmutableSet.of(Direction.INGRESS),
                ImmutableList.of(),
                ImmutableList.of());
        NetworkPolicy elsewhere =
                policy(new NetworkPolicy.Key("pay", PolicyNames.BASELINE), LabelSelector.everything(), Set.of(INGRESS));

        assertEquals(
                List.of(baseline(BOTH)),
                List.copyOf(held(BOTH, BOTH, List.of(theirs, elsewhere)).values()));
    }
}
