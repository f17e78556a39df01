package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.EVERYTHING;
import static dev.bulkhead.core.plan.Policies.HTTP;
import static dev.bulkhead.core.plan.Policies.HTTPS;
import static dev.bulkhead.core.plan.Policies.anybody;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.egress;
import static dev.bulkhead.core.plan.Policies.here;
import static dev.bulkhead.core.plan.Policies.in;
import static dev.bulkhead.core.plan.Policies.ingress;
import static dev.bulkhead.core.plan.Policies.range;
import static dev.bulkhead.core.plan.Policies.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Requirement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AllowancesTest {

    private static final Allowances.Item WEB = from(here(app("web")));
    private static final Allowances.Item DB = from(here(app("db")));

    @Test
    void aRuleIsTakenApartIntoItsPeers() {
        assertEquals(allowances(WEB, HTTP, DB, HTTP), of(rule(HTTP, here(app("web")), here(app("db")))));
    }

    @Test
    void rulesForOnePeerAreTakenTogether() {
        assertEquals(
                allowances(WEB, HTTP.union(HTTPS)), of(rule(HTTP, here(app("web"))), rule(HTTPS, here(app("web")))));
    }

    @Test
    void aRuleForAnybodyIsOneItem() {
        assertEquals(allowances(new Allowances.Item(Direction.INGRESS, Optional.empty()), HTTP), of(anybody(HTTP)));
    }

    @Test
    void aListOfNamespacesIsTakenApart() {
        assertEquals(
                allowances(from(in("pay", app("web"))), HTTP, from(in("shop", app("web"))), HTTP),
                of(rule(HTTP, selected(names(Requirement.in(List.of("pay", "shop")))))));
    }

    @Test
    void namespacesThatAreNoMereListStayTogether() {
        assertStaysTogether(names(Requirement.notIn(List.of("pay", "shop"))));
        assertStaysTogether(names(Requirement.doesNotExist()));
        assertStaysTogether(names(Requirement.in(List.of("pay", "shop"))).and("team", Requirement.exists()));
        assertStaysTogether(LabelSelector.label("team", "shop"));
        assertStaysTogether(EVERYTHING);
    }

    private static void assertStaysTogether(LabelSelector namespaces) {
        PolicyPeer peer = selected(namespaces);
        assertEquals(allowances(from(peer), HTTP), of(rule(HTTP, peer)));
    }

    @Test
    void whatAPolicyDoesNotGovernItDoesNotAllow() {
        NetworkPolicy ingress = ingress("shop/cart", app("cart"), rule(HTTP, here(app("web"))));
        NetworkPolicy other = ingress.withRules(
                ingress.subject(), ImmutableSet.of(Direction.EGRESS), ingress.ingress(), ingress.egress());

        assertEquals(Allowances.none(), Allowances.of(other));
    }

    @Test
    void withoutPortsThereIsNone() {
        assertEquals(Allowances.none(), Allowances.of(WEB, Ports.none()));
        assertEquals(allowances(WEB, HTTP), Allowances.of(WEB, HTTP));
        assertEquals(true, Allowances.of(WEB, Ports.none()).isEmpty());
        assertEquals(false, Allowances.of(WEB, HTTP).isEmpty());
    }

    @Test
    void someContainOthersWhenTheyHaveAllTheirPortsForAllTheirPeers() {
        Allowances both = allowances(WEB, HTTP.union(HTTPS), DB, HTTP);

        assertEquals(true, both.containsAll(allowances(WEB, HTTP)));
        assertEquals(true, both.containsAll(Allowances.none()));
        assertEquals(true, both.containsAll(both));
        assertEquals(false, both.containsAll(allowances(DB, HTTPS)));
        assertEquals(false, allowances(WEB, HTTP).containsAll(both));
    }

    @Test
    void theyCombineItemByItem() {
        Allowances one = allowances(WEB, HTTP.union(HTTPS), DB, HTTP);
        Allowances other = allowances(WEB, HTTPS);

        assertEquals(allowances(WEB, HTTPS), one.intersection(other));
        assertEquals(allowances(WEB, HTTP, DB, HTTP), one.difference(other));
        assertEquals(one, allowances(WEB, HTTP).union(allowances(WEB, HTTPS, DB, HTTP)));
    }

    @Test
    void theyMeetWhereTheirPeersAndPortsDo() {
        Allowances.Item front = from(here(LabelSelector.label("tier", "front")));
        Allowances.Item frontWeb = from(here(app("web").and(LabelSelector.label("tier", "front"))));
        Allowances.Item frontDb = from(here(app("db").and(LabelSelector.label("tier", "front"))));

        assertEquals(
                allowances(frontWeb, HTTP, frontDb, HTTP),
                allowances(WEB, HTTP.union(HTTPS), DB, HTTP).meet(allowances(front, HTTP)));
    }

    @Test
    void ofSeveralWaysToMeetInOnePeerThePortsAddUp() {
        Allowances.Item anybody = new Allowances.Item(Direction.INGRESS, Optional.empty());

        assertEquals(
                allowances(WEB, HTTP.union(HTTPS)),
                allowances(WEB, HTTP, anybody, HTTPS).meet(allowances(WEB, Ports.all())));
    }

    @Test
    void theyDoNotMeetInAnotherDirectionOrOnOtherPorts() {
        Allowances.Item toWeb = new Allowances.Item(Direction.EGRESS, WEB.peer());

        assertEquals(Allowances.none(), allowances(WEB, HTTP).meet(allowances(toWeb, HTTP)));
        assertEquals(Allowances.none(), allowances(WEB, HTTP).meet(allowances(WEB, HTTPS)));
        assertEquals(Allowances.none(), allowances(WEB, HTTP).meet(allowances(DB, HTTP)));
    }

    @Test
    void inAPolicyTheyAreRulesOfTheirDirection() {
        NetworkPolicy policy = egress("shop/cart", app("cart"), anybody(Ports.all()));
        Allowances.Item outside = new Allowances.Item(Direction.EGRESS, Optional.of(range("10.0.0.0/8")));
        Allowances.Item anywhere = new Allowances.Item(Direction.EGRESS, Optional.empty());

        NetworkPolicy written = new Allowances(ImmutableMap.of(WEB, HTTP, outside, HTTPS, anywhere, HTTP)).in(policy);

        assertEquals(
                policy.withRules(
                        app("cart"),
                        ImmutableSet.of(Direction.EGRESS),
                        ImmutableList.of(rule(HTTP, here(app("web")))),
                        ImmutableList.of(rule(HTTPS, range("10.0.0.0/8")), anybody(HTTP))),
                written);
    }

    private static Allowances of(PolicyRule... rules) {
        return Allowances.of(ingress("shop/cart", app("cart"), rules));
    }

    private static Allowances.Item from(PolicyPeer peer) {
        return new Allowances.Item(Direction.INGRESS, Optional.of(peer));
    }

    private static Allowances allowances(Allowances.Item item, Ports ports) {
        return new Allowances(ImmutableMap.of(item, ports));
    }

    private static Allowances allowances(Allowances.Item one, Ports itsPorts, Allowances.Item other, Ports otherPorts) {
        return new Allowances(ImmutableMap.of(one, itsPorts, other, otherPorts));
    }

    private static LabelSelector names(Requirement requirement) {
        return EVERYTHING.and(Namespace.NAME_LABEL, requirement);
    }

    private static PolicyPeer selected(LabelSelector namespaces) {
        return new PolicyPeer.Pods(Optional.of(namespaces), app("web"));
    }
}
