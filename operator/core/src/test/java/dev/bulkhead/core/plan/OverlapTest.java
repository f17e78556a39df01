package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.EVERYTHING;
import static dev.bulkhead.core.plan.Policies.HTTP;
import static dev.bulkhead.core.plan.Policies.HTTPS;
import static dev.bulkhead.core.plan.Policies.anybody;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.egress;
import static dev.bulkhead.core.plan.Policies.everyPod;
import static dev.bulkhead.core.plan.Policies.here;
import static dev.bulkhead.core.plan.Policies.in;
import static dev.bulkhead.core.plan.Policies.ingress;
import static dev.bulkhead.core.plan.Policies.namespace;
import static dev.bulkhead.core.plan.Policies.onHostNetwork;
import static dev.bulkhead.core.plan.Policies.pod;
import static dev.bulkhead.core.plan.Policies.port;
import static dev.bulkhead.core.plan.Policies.range;
import static dev.bulkhead.core.plan.Policies.rule;
import static dev.bulkhead.core.plan.Policies.world;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.World;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapTest {

    private static final Ports NAMED = Ports.named(Protocol.TCP, "http");
    private static final World WORLD = world(
            namespace("pay", pod("web")),
            namespace(
                    "shop",
                    pod("web", port("http", 8080)),
                    pod("cart", port("http", 8080)),
                    pod("db", port("http", 9090)),
                    onHostNetwork(pod("agent"))));

    private static Proof proof(World world, List<NetworkPolicy> before, List<NetworkPolicy> after) {
        Transition transition = Policies.transition(world, before, after);
        return Proof.of(transition, Witnesses.of(world, transition.policies()));
    }

    @Test
    void whatIsThereAlreadyIsKept() {
        assertOld(
                cart(rule(HTTP, here(app("web")))),
                cart(rule(HTTP, here(app("web")))),
                cart(rule(HTTP, here(app("web")))));
    }

    @Test
    void whatAnotherPolicyAllowsIsThereToo() {
        assertOld(
                cart(rule(HTTP, here(app("web")))),
                ingress("shop/all", EVERYTHING, anybody(HTTP)),
                cart(rule(HTTP, here(app("web")))));
    }

    @Test
    void ofPortsThoseThatAreThereAreKept() {
        assertOld(
                cart(rule(HTTP, here(app("web")))),
                cart(rule(HTTP, here(app("web")))),
                cart(rule(HTTP.union(HTTPS), here(app("web"))), rule(HTTPS, here(app("db")))));
    }

    @Test
    void whatSomePeersHaveIsKeptForThoseAlone() {
        assertOld(
                cart(rule(HTTP, in("shop", app("web")))),
                cart(rule(HTTP, here(app("web")))),
                cart(rule(HTTP, in("shop", EVERYTHING))));
        assertOld(
                cart(rule(HTTP, in("pay", app("web")), in("shop", app("web")))),
                cart(rule(HTTP, in("pay", EVERYTHING)), rule(HTTP, in("shop", app("web")))),
                cart(rule(HTTP, everyPod())));
    }

    /** Towards pods as the policies tell them apart: web stands for db as well. */
    @Test
    void anybodyIsMoreThanEveryPod() {
        assertOld(
                cart(rule(HTTP, in("pay", app("web")), in("shop", app("web")), in("shop", app("cart")))),
                cart(rule(HTTP, everyPod())),
                cart(anybody(HTTP)));
    }

    @Test
    void ofSeveralSubjectsAllMustHaveIt() {
        NetworkPolicy webToo = ingress("shop/web", app("web"), rule(HTTP, here(app("db"))));
        NetworkPolicy all = ingress("shop/all", EVERYTHING, rule(HTTP.union(HTTPS), here(app("db"))));
        Overlap overlap = proof(
                        world(namespace("shop", pod("web"), pod("cart"), pod("db"))),
                        List.of(webToo, cart(rule(HTTP.union(HTTPS), here(app("db"))))),
                        List.of(all))
                .overlap(1_000);

        assertEquals(
                Allowances.of(ingress("shop/all", EVERYTHING, rule(HTTP, here(app("db"))))),
                overlap.inOld(all, Allowances.of(all)));
    }

    @Test
    void whereNoPodIsThereToTellNothingIsKept() {
        NetworkPolicy ofNobody = ingress("shop/cart", app("nobody"), anybody(HTTP));
        NetworkPolicy forNobody = cart(rule(HTTP, here(app("nobody"))));

        assertEquals(Allowances.none(), old(ofNobody, ofNobody));
        assertEquals(Allowances.none(), old(forNobody, forNobody));
    }

    /** No policy selects them, so what they may is no reason to allow it to pods that come. */
    @Test
    void podsOnTheHostNetworkTellNothing() {
        NetworkPolicy agent = ingress("shop/agent", app("agent"), rule(HTTP, here(app("web"))));

        assertEquals(Allowances.none(), old(ingress("shop/agent", app("agent")), agent));
    }

    @Test
    void addressesCountAsWell() {
        assertOld(
                cart(rule(HTTP, range("10.1.0.0/16"))),
                cart(rule(HTTP, range("10.0.0.0/8"))),
                cart(rule(HTTP, range("10.1.0.0/16")), rule(HTTP, range("192.168.0.0/16"))));
    }

    @Test
    void aNameIsKeptWhereTheNumberItHasIsThere() {
        NetworkPolicy numbers = cart(rule(Ports.port(Protocol.TCP, 8080), here(app("web"))));
        NetworkPolicy others = cart(rule(Ports.port(Protocol.TCP, 9090), here(app("web"))));
        NetworkPolicy named = cart(rule(NAMED, here(app("web"))));

        assertOld(named, numbers, named);
        assertEquals(Allowances.none(), old(others, named));
    }

    @Test
    void aNameIsTheNumberThatItHasOnTheDestination() {
        NetworkPolicy toWeb = toPods(rule(NAMED, in("shop", app("web"))));

        assertOld(toWeb, toPods(rule(Ports.port(Protocol.TCP, 8080), here(app("web")))), toWeb);
        assertOld(
                toPods(rule(Ports.port(Protocol.TCP, 8080), in("shop", app("web")))),
                toPods(rule(NAMED, here(app("web")))),
                toPods(rule(NAMED, in("shop", EVERYTHING))));
    }

    @Test
    void aNameMeansNothingOutside() {
        assertOld(toPods(anybody(NAMED)), toPods(anybody(NAMED)), toPods(anybody(NAMED)));
    }

    @Test
    void theNewStateIsAskedByItself() {
        NetworkPolicy fromWeb = cart(rule(HTTP, here(app("web"))));
        NetworkPolicy fromDb = cart(rule(HTTP, here(app("db"))));
        Overlap overlap = proof(WORLD, List.of(fromWeb), List.of(fromDb)).overlap(1_000);
        Allowances both = Allowances.of(fromWeb).union(Allowances.of(fromDb));

        assertEquals(Allowances.of(fromWeb), overlap.inOld(fromWeb, both));
        assertEquals(Allowances.of(fromDb), overlap.inNew(fromWeb, both));
    }

    private static NetworkPolicy cart(PolicyRule... rules) {
        return ingress("shop/cart", app("cart"), rules);
    }

    private static NetworkPolicy toPods(PolicyRule... rules) {
        return egress("shop/cart", app("cart"), rules);
    }

    private static void assertOld(NetworkPolicy kept, NetworkPolicy before, NetworkPolicy wanted) {
        assertEquals(Allowances.of(kept), old(before, wanted));
    }

    private static Allowances old(NetworkPolicy before, NetworkPolicy wanted) {
        return proof(WORLD, List.of(before), List.of(wanted)).overlap(1_000).inOld(wanted, Allowances.of(wanted));
    }
}
