package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.EVERYTHING;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.everyPod;
import static dev.bulkhead.core.plan.Policies.here;
import static dev.bulkhead.core.plan.Policies.in;
import static dev.bulkhead.core.plan.Policies.range;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.world.LabelSelector;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeerIntersectionTest {

    private static final Optional<PolicyPeer> ANYBODY = Optional.empty();

    @Test
    void whoeverMeetsAnybodyIsLeftAsItIs() {
        Optional<PolicyPeer> web = Optional.of(here(app("web")));

        assertEquals(Optional.of(web), PeerIntersection.meet(ANYBODY, web));
        assertEquals(Optional.of(web), PeerIntersection.meet(web, ANYBODY));
        assertEquals(Optional.of(ANYBODY), PeerIntersection.meet(ANYBODY, ANYBODY));
        assertEquals(Optional.of(web), PeerIntersection.meet(web, web));
    }

    @Test
    void podsAndAddressesHaveNothingInCommon() {
        assertApart(everyPod(), range("0.0.0.0/0"));
        assertApart(range("0.0.0.0/0"), everyPod());
    }

    @Test
    void podsMeetInThoseThatBothSelect() {
        LabelSelector front = LabelSelector.label("tier", "front");

        assertMeet(here(app("web").and(front)), here(app("web")), here(front));
        assertMeet(in("pay", app("web")), in("pay", EVERYTHING), in("pay", app("web")));
        assertMeet(in("pay", app("web")), everyPod(), in("pay", app("web")));
    }

    @Test
    void podsOfWhichNoneCanBeBothHaveNothingInCommon() {
        assertApart(here(app("web")), here(app("db")));
        assertApart(in("pay", EVERYTHING), in("shop", EVERYTHING));
    }

    /** Which namespace a policy is in is not known here. */
    @Test
    void theOwnNamespaceMeetsNoneThatIsSelected() {
        assertApart(here(app("web")), in("shop", app("web")));
        assertApart(in("shop", app("web")), here(app("web")));
    }

    @Test
    void rangesMeetInTheInnerOneWithoutTheExceptionsOfEither() {
        assertMeet(range("10.1.0.0/16"), range("10.0.0.0/8"), range("10.1.0.0/16"));
        assertMeet(
                range("10.1.0.0/16", "10.1.2.0/24", "10.1.7.0/24"),
                range("10.0.0.0/8", "10.1.2.0/24", "10.9.0.0/16"),
                range("10.1.0.0/16", "10.1.7.0/24"));
    }

    @Test
    void rangesThatLieApartHaveNothingInCommon() {
        assertApart(range("10.0.0.0/8"), range("192.168.0.0/16"));
        assertApart(range("0.0.0.0/0"), range("::/0"));
    }

    @Test
    void aRangeAndAnotherThatExceptsItHaveNothingInCommon() {
        assertApart(range("10.0.0.0/8", "10.1.0.0/16"), range("10.1.2.0/24"));
    }

    /** A policy with such a block would be refused, since an exception has to leave something. */
    @Test
    void rangesThatExceptOneHalfEachHaveNothingInCommon() {
        assertApart(range("10.0.0.0/24", "10.0.0.0/25"), range("10.0.0.0/24", "10.0.0.128/25"));
    }

    private static void assertMeet(PolicyPeer common, PolicyPeer one, PolicyPeer other) {
        assertEquals(Optional.of(Optional.of(common)), PeerIntersection.meet(Optional.of(one), Optional.of(other)));
        assertEquals(Optional.of(Optional.of(common)), PeerIntersection.meet(Optional.of(other), Optional.of(one)));
    }

    private static void assertApart(PolicyPeer one, PolicyPeer other) {
        assertEquals(Optional.empty(), PeerIntersection.meet(Optional.of(one), Optional.of(other)));
        assertEquals(Optional.empty(), PeerIntersection.meet(Optional.of(other), Optional.of(one)));
    }
}
