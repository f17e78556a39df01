package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.HTTP;
import static dev.bulkhead.core.plan.Policies.HTTPS;
import static dev.bulkhead.core.plan.Policies.anybody;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.baseline;
import static dev.bulkhead.core.plan.Policies.creation;
import static dev.bulkhead.core.plan.Policies.deletion;
import static dev.bulkhead.core.plan.Policies.egress;
import static dev.bulkhead.core.plan.Policies.everyPod;
import static dev.bulkhead.core.plan.Policies.here;
import static dev.bulkhead.core.plan.Policies.ingress;
import static dev.bulkhead.core.plan.Policies.namespace;
import static dev.bulkhead.core.plan.Policies.pod;
import static dev.bulkhead.core.plan.Policies.range;
import static dev.bulkhead.core.plan.Policies.rule;
import static dev.bulkhead.core.plan.Policies.update;
import static dev.bulkhead.core.plan.Policies.world;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.World;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofTest {

    private static final World WORLD = world(namespace("shop", pod("web"), pod("cart"), pod("db")));

    private final NetworkPolicy fromWeb = one(rule(HTTP, here(app("web"))));
    private final NetworkPolicy fromDb = one(rule(HTTP, here(app("db"))));
    private final NetworkPolicy fromNobody = one();
    private final NetworkPolicy alsoFromWeb = other(rule(HTTP, here(app("web"))));
    private final NetworkPolicy alsoFromNobody = other();

    /** For the pods of the same workload as {@link #other}. */
    private static NetworkPolicy one(PolicyRule... rules) {
        return ingress("shop/one", app("cart"), rules);
    }

    private static NetworkPolicy other(PolicyRule... rules) {
        return ingress("shop/other", app("cart"), rules);
    }

    private static Proof proof(World world, List<NetworkPolicy> before, List<NetworkPolicy> after) {
        Transition transition = Policies.transition(world, before, after);
        return Proof.of(transition, Witnesses.of(world, transition.policies()));
    }

    @Test
    void whatMovesToAnotherPolicyHasAGapWhenItGoesBeforeItComes() {
        Proof proof = proof(WORLD, List.of(fromWeb, alsoFromNobody), List.of(fromNobody, alsoFromWeb));

        assertEquals(Proof.Outcome.GAP, proof.judge(List.of(update(fromNobody), update(alsoFromWeb))));
        assertEquals(Proof.Outcome.SAFE, proof.judge(List.of(update(alsoFromWeb), update(fromNobody))));
    }

    @Test
    void whatNeitherStateAllowsIsAHole() {
        NetworkPolicy fromAnybody = one(anybody(Ports.all()));
        Proof proof = proof(WORLD, List.of(fromWeb), List.of(fromDb));

        assertEquals(Proof.Outcome.HOLE, proof.judge(List.of(update(fromAnybody), update(fromDb))));
        assertEquals(
                Proof.Outcome.SAFE,
                proof.judge(List.of(update(one(rule(HTTP, here(app("web")), here(app("db"))))), update(fromDb))));
    }

    @Test
    void aHoleIsWorseThanAGapBeforeOrAfterIt() {
        NetworkPolicy fromAnybody = one(anybody(Ports.all()));
        Proof proof = proof(WORLD, List.of(fromWeb, alsoFromNobody), List.of(fromNobody, alsoFromWeb));

        assertEquals(
                Proof.Outcome.HOLE,
                proof.judge(List.of(update(fromNobody), update(fromAnybody), update(fromNobody), update(alsoFromWeb))));
        assertEquals(
                Proof.Outcome.HOLE, proof.judge(List.of(update(fromAnybody), update(fromNobody), update(alsoFromWeb))));
    }

    @Test
    void aGapIsNotForgottenByWhatFollows() {
        Proof proof = proof(WORLD, List.of(fromWeb, alsoFromNobody), List.of(fromNobody, alsoFromWeb));

        assertEquals(
                Proof.Outcome.GAP,
                proof.judge(List.of(update(fromNobody), update(fromWeb), update(alsoFromWeb), update(fromNobody))));
    }

    @Test
    void podsThatNothingIsolatesForAMomentAreAHole() {
        Proof proof = proof(WORLD, List.of(fromWeb), List.of(alsoFromWeb));

        assertEquals(Proof.Outcome.HOLE, proof.judge(List.of(deletion(fromWeb), creation(alsoFromWeb))));
        assertEquals(Proof.Outcome.SAFE, proof.judge(List.of(creation(alsoFromWeb), deletion(fromWeb))));
    }

    @Test
    void bothEndsOfAConnectionCount() {
        NetworkPolicy toCart = egress("shop/web", app("web"), rule(HTTP, here(app("cart"))));
        NetworkPolicy toNobody = egress("shop/web", app("web"));
        Proof proof = proof(WORLD, List.of(fromWeb, toNobody), List.of(fromNobody, toCart));

        assertEquals(Proof.Outcome.HOLE, proof.judge(List.of(update(toCart), update(fromNobody))));
        assertEquals(Proof.Outcome.SAFE, proof.judge(List.of(update(fromNobody), update(toCart))));
    }

    @Test
    void anAddressOutsideThatOnlyOneOfTwoRangesHoldsMakesTheDifference() {
        NetworkPolicy wide = one(rule(HTTPS, range("10.0.0.0/8")));
        NetworkPolicy narrow = one(rule(HTTPS, range("10.1.0.0/16")));
        NetworkPolicy alsoWide = other(rule(HTTPS, range("10.0.0.0/8")));
        NetworkPolicy alsoNarrow = other(rule(HTTPS, range("10.1.0.0/16")));
        Proof proof = proof(WORLD, List.of(wide, alsoNarrow), List.of(narrow, alsoWide));

        assertEquals(Proof.Outcome.GAP, proof.judge(List.of(update(narrow), update(alsoWide))));
        assertEquals(Proof.Outcome.SAFE, proof.judge(List.of(update(alsoWide), update(narrow))));
    }

    @Test
    void addressesOutsideCountThoughNoPolicyNamesARange() {
        NetworkPolicy everybody = one(anybody(HTTPS));
        NetworkPolicy pods = one(rule(HTTPS, everyPod()));
        NetworkPolicy alsoEverybody = other(anybody(HTTPS));
        NetworkPolicy alsoPods = other(rule(HTTPS, everyPod()));
        Proof proof = proof(WORLD, List.of(everybody, alsoPods), List.of(pods, alsoEverybody));

        assertEquals(Proof.Outcome.GAP, proof.judge(List.of(update(pods), update(alsoEverybody))));
        assertEquals(Proof.Outcome.SAFE, proof.judge(List.of(update(alsoEverybody), update(pods))));
    }

    @Test
    void itsSizeIsThePeersThatAreHeldAgainstAnEnd() {
        NetworkPolicy all = baseline("shop/all", Direction.INGRESS);
        // Cart, its peer, the rest, and two addresses outside at most. Each pod by one policy, cart by one more with a
        // peer.
        assertEquals(new Proof.Size((3 + 2) * 5, (1 + 2 + 2) * 5), size(List.of(all), List.of(all, fromWeb)));
        // Addresses count before they are looked for, and so does looking for them: six, among one block with an
        // exception.
        // Cart, and the rest.
        assertEquals(
                new Proof.Size(6 + (2 + 2) * 8, (1 + 2 + 2) * 8),
                size(List.of(all), List.of(all, one(rule(HTTPS, range("10.0.0.0/8", "10.1.0.0/16"))))));
    }

    private static Proof.Size size(List<NetworkPolicy> before, List<NetworkPolicy> after) {
        Transition transition = Policies.transition(WORLD, before, after);
        Witnesses witnesses = new Witnesses(WORLD, transition.policies());
        return Proof.Size.of(transition, witnesses.pods(), witnesses);
    }

    @Test
    void theCaveatSaysWhetherSomethingMayBeDeniedOrOpen() {
        assertEquals(
                "no order of single writes was found that is free of interruption: something that is allowed before and"
                        + " after may be denied between two writes",
                Proof.Outcome.GAP.caveat());
        assertEquals(
                "no order of single writes was found that stays closed: something that is closed before and after may be"
                        + " open between two writes",
                Proof.Outcome.HOLE.caveat());
    }

    @Test
    void theCaveatSaysWhetherItIsAboutPodsThatAreYetToCome() {
        assertEquals(
                "no order of single writes was found that is free of interruption for pods of a new template: something that"
                        + " is allowed before and after may be denied between two writes to those that come meanwhile",
                Proof.Outcome.GAP.caveatForPodsToCome());
        assertEquals(
                "no order of single writes was found that stays closed for pods of a new template: something that is closed"
                        + " before and after may be open between two writes to those that come meanwhile",
                Proof.Outcome.HOLE.caveatForPodsToCome());
    }
}
