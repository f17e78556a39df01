package dev.bulkhead.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Requirement;
import dev.bulkhead.core.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Policies by others that are offered to Bulkhead. */
class AdoptionTest {

    private static final NetworkPolicy.Key OURS = key("bulkhead-egress-cart");
    private static final NetworkPolicy.Key THEIRS = key("legacy");
    private static final World EMPTY = World.withoutAddresses(ImmutableSortedMap.of(), ClusterFacts.unknown(true));

    private final NetworkPolicy desired = policy(
            OURS,
            Marker.labels(Marker.Role.ALLOW),
            healthy(LabelSelector.label("app", "cart")),
            rule(Ports.port(Protocol.TCP, 8080), namespaced("shop", healthy(LabelSelector.label("app", "web")))),
            rule(Ports.port(Protocol.TCP, 5432), namespaced("shop", healthy(LabelSelector.label("app", "db")))));

    @Test
    void oneWithOurNameBecomesOursInOneWriteAndIsNoConflict() {
        Plan plan = plan(handWritten(OURS), ImmutableSet.of(OURS));
        assertEquals(List.of(new Write.Adopt(desired)), plan.writes());
        assertEquals(ImmutableSortedSet.of(), plan.conflicts());
    }

    @Test
    void oneWithAnotherNameGoesAfterOursIsWritten() {
        Plan plan = plan(handWritten(THEIRS), ImmutableSet.of(THEIRS));
        assertEquals(List.of(new Write.Create(desired), new Write.Supersede(THEIRS, OURS)), plan.writes());
    }

    @Test
    void oneThatIsNotOfferedStaysAndHoldsItsName() {
        Plan plan = plan(handWritten(OURS), ImmutableSet.of());
        assertEquals(List.of(), plan.writes());
        assertEquals(ImmutableSortedSet.of(OURS), plan.conflicts());
        assertEquals(ImmutableSortedMap.of(), plan.notAdopted());
    }

    @Test
    void nothingIsTakenOverWhileNothingMayOpen() {
        assertEquals(
                List.of(),
                new Planner()
                        .withdrawals(
                                EMPTY,
                                List.of(handWritten(THEIRS), desired),
                                ImmutableSortedMap.of(OURS, desired),
                                ImmutableSet.of(THEIRS))
                        .writes());
    }

    @Test
    void oneThatAllowsMoreStaysAndTheDifferenceIsNamed() {
        NetworkPolicy more = policy(
                THEIRS,
                ImmutableSortedMap.of(),
                LabelSelector.label("app", "cart"),
                rule(Ports.port(Protocol.TCP, 5432), here("db")),
                rule(Ports.port(Protocol.TCP, 8080), here("web")),
                rule(Ports.port(Protocol.TCP, 9090), here("web")));
        Plan plan = plan(more, ImmutableSet.of(THEIRS));
        assertEquals(List.of(new Write.Create(desired)), plan.writes());
        assertEquals(
                "unlike bulkhead-egress-cart it allows Egress TCP 9090 with pods app=web,!bulkhead.dev/quarantine of"
                        + " namespaces kubernetes.io/metadata.name=shop",
                plan.notAdopted().get(THEIRS));
    }

    @Test
    void oneThatAllowsLessStaysAndTheDifferenceIsNamed() {
        NetworkPolicy less = policy(
                THEIRS,
                ImmutableSortedMap.of(),
                LabelSelector.label("app", "cart"),
                rule(Ports.port(Protocol.TCP, 8080), here("web")));
        String why = plan(less, ImmutableSet.of(THEIRS)).notAdopted().get(THEIRS);
        assertTrue(why.startsWith("unlike bulkhead-egress-cart it does not allow Egress TCP 5432"), why);
    }

    @Test
    void oneForOtherPodsStays() {
        NetworkPolicy other = policy(THEIRS, ImmutableSortedMap.of(), LabelSelector.everything());
        assertEquals(
                "no policy that Bulkhead writes here selects the same pods for the same policyTypes",
                plan(other, ImmutableSet.of(THEIRS)).notAdopted().get(THEIRS));
    }

    @Test
    void oneInAnotherNamespaceStaysThoughItSaysTheSame() {
        NetworkPolicy.Key elsewhere = new NetworkPolicy.Key("pay", "legacy");
        NetworkPolicy.Key home = new NetworkPolicy.Key("pay", "bulkhead-baseline");
        NetworkPolicy baseline = policy(home, Marker.labels(Marker.Role.BASELINE), LabelSelector.everything());
        NetworkPolicy copy = policy(
                elsewhere,
                ImmutableSortedMap.of(),
                desired.subject(),
                desired.egress().toArray(PolicyRule[]::new));
        Plan plan = new Planner()
                .plan(
                        EMPTY,
                        List.of(copy, desired, baseline),
                        ImmutableSortedMap.of(OURS, desired, home, baseline),
                        ImmutableSet.of(elsewhere));
        assertEquals(List.of(), plan.writes());
        assertEquals(ImmutableSet.of(elsewhere), plan.notAdopted().keySet());
    }

    @Test
    void whereNothingIsWrittenNothingIsTakenOverOrSaid() {
        Plan plan = new Planner()
                .plan(EMPTY, List.of(handWritten(THEIRS)), ImmutableSortedMap.of(), ImmutableSet.of(THEIRS));
        assertEquals(List.of(), plan.writes());
        assertEquals(ImmutableSortedMap.of(), plan.notAdopted());
    }

    @Test
    void oneStaysWhileYetAnotherHoldsTheNameOfWhatWouldTakeItsPlace() {
        NetworkPolicy squatter = policy(OURS, ImmutableSortedMap.of(), LabelSelector.everything());
        Plan plan = new Planner()
                .plan(
                        EMPTY,
                        List.of(handWritten(THEIRS), squatter),
                        ImmutableSortedMap.of(OURS, desired),
                        ImmutableSet.of(THEIRS));
        assertEquals(List.of(), plan.writes());
        assertEquals(ImmutableSortedSet.of(OURS), plan.conflicts());
        assertTrue(plan.notAdopted().get(THEIRS).contains("has the name of bulkhead-egress-cart"), plan.toString());
    }

    @Test
    void whatHasTheNameOfABaselineIsNoConflictAndNotRefusedSinceItIsReplaced() {
        NetworkPolicy baseline = Policies.baseline("shop/bulkhead-baseline", Direction.EGRESS);
        NetworkPolicy squatter = policy(baseline.key(), ImmutableSortedMap.of(), LabelSelector.label("app", "cart"));
        NetworkPolicy legacy = Policies.byOthers(Policies.baseline("shop/legacy", Direction.EGRESS));
        Plan plan = new Planner()
                .plan(
                        EMPTY,
                        List.of(legacy, squatter),
                        ImmutableSortedMap.of(baseline.key(), baseline),
                        ImmutableSet.of(legacy.key(), squatter.key()));

        assertEquals(
                List.of(new Write.Update(baseline), new Write.Supersede(legacy.key(), baseline.key())), plan.writes());
        assertEquals(ImmutableSortedSet.of(), plan.conflicts());
        assertEquals(ImmutableSortedMap.of(), plan.notAdopted());
    }

    @Test
    void aBaselineThatIsOfferedAndSaysTheSameIsTakenOverAsItIs() {
        NetworkPolicy baseline = Policies.baseline("shop/bulkhead-baseline", Direction.EGRESS);
        Adoption adoption = adoption(List.of(Policies.byOthers(baseline)), List.of(baseline));

        assertEquals(ImmutableSortedMap.of(baseline.key(), baseline.key()), adoption.adopted());
        assertEquals(ImmutableSortedSet.of(), adoption.replaced());
    }

    @Test
    void twoThatSayTheSameAreBothTakenOver() {
        Plan plan = new Planner()
                .plan(
                        EMPTY,
                        List.of(handWritten(OURS), handWritten(THEIRS)),
                        ImmutableSortedMap.of(OURS, desired),
                        ImmutableSet.of(OURS, THEIRS));
        assertEquals(List.of(new Write.Adopt(desired), new Write.Supersede(THEIRS, OURS)), plan.writes());
    }

    @Test
    void whereTwoOfOursSayTheSameTheOneOfTheSameNameTakesThePlace() {
        NetworkPolicy twin = named("zone", desired);
        NetworkPolicy theirs = handWritten(twin.key());

        assertEquals(
                ImmutableSortedMap.of(twin.key(), twin.key()),
                adoption(List.of(theirs), List.of(desired, twin)).adopted());
        assertEquals(
                ImmutableSortedMap.of(THEIRS, OURS),
                adoption(List.of(handWritten(THEIRS)), List.of(desired, twin)).adopted());
    }

    @Test
    void theDifferenceIsThatToTheOneOfTheSameName() {
        NetworkPolicy twin = named("zone", desired);
        PolicyRule outside = rule(
                Ports.port(Protocol.TCP, 443),
                new PolicyPeer.Addresses(IpBlock.of(Cidr.parse("10.0.0.0/8"), List.of(Cidr.parse("10.1.0.0/16")))));
        NetworkPolicy sameName = policy(twin.key(), ImmutableSortedMap.of(), desired.subject(), outside);
        NetworkPolicy otherName = policy(THEIRS, ImmutableSortedMap.of(), desired.subject(), outside);

        assertEquals(
                ImmutableSortedMap.of(
                        twin.key(),
                        "unlike zone it allows Egress TCP 443 with 10.0.0.0/8 except [10.1.0.0/16]",
                        THEIRS,
                        "unlike bulkhead-egress-cart it allows Egress TCP 443 with 10.0.0.0/8 except [10.1.0.0/16]"),
                adoption(List.of(sameName, otherName), List.of(desired, twin)).refused());
    }

    @Test
    void onlyThoseStayWhosePlaceIsTaken() {
        NetworkPolicy second =
                policy(key("second"), Marker.labels(Marker.Role.ALLOW), healthy(LabelSelector.label("app", "web")));
        NetworkPolicy squatter = policy(OURS, ImmutableSortedMap.of(), LabelSelector.everything());
        NetworkPolicy free = policy(key("free"), ImmutableSortedMap.of(), LabelSelector.label("app", "web"));
        Adoption adoption = Adoption.of(
                List.of(handWritten(THEIRS), free, squatter),
                Policies.byKey(List.of(desired, second)),
                ImmutableSet.of(THEIRS, free.key()));

        assertEquals(ImmutableSortedMap.of(free.key(), second.key()), adoption.adopted());
        assertEquals(ImmutableSet.of(THEIRS), adoption.refused().keySet());
    }

    @Test
    void oneOfOursIsNotOfferedToUs() {
        NetworkPolicy old = named("old", desired);

        assertEquals(
                ImmutableSortedMap.of(),
                adoption(List.of(old), List.of(desired)).adopted());
    }

    @Test
    void oneThatIsListedTwiceIsTakenOverOnce() {
        assertEquals(
                ImmutableSortedMap.of(THEIRS, OURS),
                adoption(List.of(handWritten(THEIRS), handWritten(THEIRS)), List.of(desired))
                        .adopted());
    }

    /** All that is there is offered. */
    private static Adoption adoption(List<NetworkPolicy> live, List<NetworkPolicy> desired) {
        return Adoption.of(
                live,
                Policies.byKey(desired),
                live.stream().map(NetworkPolicy::key).collect(ImmutableSet.toImmutableSet()));
    }

    private static NetworkPolicy named(String name, NetworkPolicy policy) {
        return policy(
                key(name), policy.labels(), policy.subject(), policy.egress().toArray(PolicyRule[]::new));
    }

    private Plan plan(NetworkPolicy theirs, ImmutableSet<NetworkPolicy.Key> offered) {
        return new Planner().plan(EMPTY, List.of(theirs), ImmutableSortedMap.of(OURS, desired), offered);
    }

    /** What people write for what {@link #desired} says: other order, own namespace left out, no word of quarantine. */
    private static NetworkPolicy handWritten(NetworkPolicy.Key key) {
        return policy(
                key,
                ImmutableSortedMap.of("team", "shop"),
                LabelSelector.label("app", "cart"),
                rule(Ports.port(Protocol.TCP, 5432), here("db")),
                rule(Ports.port(Protocol.TCP, 8080), here("web")));
    }

    private static NetworkPolicy.Key key(String name) {
        return new NetworkPolicy.Key("shop", name);
    }

    private static LabelSelector healthy(LabelSelector selector) {
        return selector.and(Marker.QUARANTINE, Requirement.doesNotExist());
    }

    private static PolicyPeer here(String app) {
        return new PolicyPeer.Pods(Optional.empty(), LabelSelector.label("app", app));
    }

    private static PolicyPeer namespaced(String namespace, LabelSelector pods) {
        return new PolicyPeer.Pods(Optional.of(LabelSelector.label(Namespace.NAME_LABEL, namespace)), pods);
    }

    private static PolicyRule rule(Ports ports, PolicyPeer... peers) {
        return new PolicyRule(Optional.of(ImmutableList.copyOf(peers)), ports);
    }

    private static NetworkPolicy policy(
            NetworkPolicy.Key key,
            ImmutableSortedMap<String, String> labels,
            LabelSelector subject,
            PolicyRule... egress) {
        return new NetworkPolicy(
                key,
                labels,
                ImmutableSortedMap.of(),
                subject,
                ImmutableSet.of(Direction.EGRESS),
                ImmutableList.of(),
                ImmutableList.copyOf(Arrays.asList(egress)));
    }
}
