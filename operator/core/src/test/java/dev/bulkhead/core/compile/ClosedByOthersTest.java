package dev.bulkhead.core.compile;

import static dev.bulkhead.core.compile.SmallTown.HTTPS;
import static dev.bulkhead.core.compile.SmallTown.account;
import static dev.bulkhead.core.compile.SmallTown.inbound;
import static dev.bulkhead.core.compile.SmallTown.outbound;
import static dev.bulkhead.core.compile.SmallTown.stamped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an open rule says about policies by others that may close it. */
class ClosedByOthersTest {

    private static final String OPEN = "TCP 8443 open";
    private static final String ELSEWHERE = OPEN
            + "; but Bulkhead does not enforce this direction at the other end, where NetworkPolicies by others may"
            + " close it";

    private static final LabelSelector PAYMENTS = LabelSelector.label("app", "payments");

    private final SmallTown town = new SmallTown();

    private static NetworkPolicy policy(
            String namespace, String name, LabelSelector subject, Direction direction, PolicyRule... rules) {
        ImmutableList<PolicyRule> all = ImmutableList.copyOf(rules);
        boolean inbound = direction == Direction.INGRESS;
        return new NetworkPolicy(
                new NetworkPolicy.Key(namespace, name),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                subject,
                ImmutableSet.of(direction),
                inbound ? all : ImmutableList.of(),
                inbound ? ImmutableList.of() : all);
    }

    private static PolicyRule with(LabelSelector namespaces, LabelSelector pods, Ports ports) {
        return new PolicyRule(Optional.of(ImmutableList.of(new PolicyPeer.Pods(Optional.of(namespaces), pods))), ports);
    }

    private static LabelSelector namespace(String name) {
        return LabelSelector.label(Namespace.NAME_LABEL, name);
    }

    private RuleOutcome first(Rule... rules) {
        town.declaring("shop", "checkout", account("checkout"), rules);
        return town.outcome("shop", "checkout").rules().get(0);
    }

    private String open(Rule... rules) {
        RuleOutcome state = first(rules);
        assertEquals(RuleOutcome.State.OPEN, state.state());
        assertEquals(!state.message().endsWith(" open"), state.doubtful());
        return state.message();
    }

    private SmallTown besideStranger() {
        return town.with("shop", stamped("checkout")).withStranger("legacy", stamped("payments"));
    }

    private String openToStranger() {
        return open(outbound(0, "legacy", account("payments")));
    }

    @Test
    void nothingIsSaidWhereNobodyElseIsolatesTheOtherEnd() {
        besideStranger()
                .withPolicyByOthers(policy("legacy", "out", LabelSelector.everything(), Direction.EGRESS))
                .withPolicyByOthers(policy("other", "deny", LabelSelector.everything(), Direction.INGRESS));
        assertEquals(OPEN, openToStranger());
    }

    @Test
    void aPolicyOfANamespaceThatIsNotEnforcedMayCloseTheOtherEndAndIsNotNamed() {
        besideStranger().withPolicyByOthers(policy("legacy", "deny", LabelSelector.everything(), Direction.INGRESS));
        assertEquals(ELSEWHERE, openToStranger());
    }

    @Test
    void itMayTooWhereOnlyTheOtherDirectionIsEnforced() {
        town.with("shop", stamped("checkout"))
                .with("legacy", stamped("payments"))
                .enforcing("legacy", Direction.EGRESS)
                .withPolicyByOthers(policy("legacy", "deny", LabelSelector.everything(), Direction.INGRESS));
        assertEquals(ELSEWHERE, openToStranger());
    }

    @Test
    void whatBulkheadIsolatesItselfNobodyElseCloses() {
        town.with("shop", stamped("checkout"))
                .with("pay", stamped("payments"))
                .withPolicyByOthers(policy("pay", "deny", LabelSelector.everything(), Direction.INGRESS))
                .withPolicyByOthers(policy("shop", "deny", LabelSelector.everything(), Direction.EGRESS))
                .declaring("pay", "payments", account("payments"), inbound(0, "shop", account("checkout")));
        assertEquals(OPEN, open(outbound(0, "pay", account("payments"))));
    }

    @Test
    void whomAPolicyOfAnotherNamespaceSelectsDoesNotShow() {
        besideStranger().withPolicyByOthers(policy("legacy", "deny", PAYMENTS, Direction.INGRESS));
        WorkloadSelector payments = new WorkloadSelector.Labels(PAYMENTS);
        WorkloadSelector others = new WorkloadSelector.Labels(LabelSelector.label("app", "others"));
        town.declaring(
                "shop",
                "checkout",
                account("checkout"),
                outbound(0, "legacy", payments),
                outbound(1, "legacy", others));
        List<RuleOutcome> rules = town.outcome("shop", "checkout").rules();
        assertEquals(ELSEWHERE, rules.get(0).message());
        assertEquals(ELSEWHERE, rules.get(1).message());
    }

    @Test
    void nothingIsSaidWhereThePoliciesCertainlyAdmitIt() {
        besideStranger()
                .withPolicyByOthers(policy("legacy", "deny", PAYMENTS, Direction.INGRESS))
                .withPolicyByOthers(policy(
                        "legacy",
                        "allow",
                        LabelSelector.everything(),
                        Direction.INGRESS,
                        with(namespace("shop"), LabelSelector.everything(), Ports.all())));
        assertEquals(OPEN, openToStranger());
    }

    @Test
    void otherPortsOrOtherNamespacesAreNotEnough() {
        besideStranger()
                .withPolicyByOthers(policy(
                        "legacy",
                        "allow",
                        LabelSelector.everything(),
                        Direction.INGRESS,
                        with(namespace("shop"), LabelSelector.everything(), Ports.port(Protocol.TCP, 80)),
                        with(namespace("web"), LabelSelector.everything(), Ports.all()),
                        new PolicyRule(
                                Optional.of(ImmutableList.of(
                                        new PolicyPeer.Addresses(IpBlock.of(Cidr.parse("0.0.0.0/0"), List.of())))),
                                Ports.all())));
        assertEquals(ELSEWHERE, openToStranger());
    }

    @Test
    void aPolicyThatCannotBeReadMayCloseAnything() {
        NetworkPolicy unread = policy("legacy", "new", PAYMENTS, Direction.EGRESS);
        besideStranger()
                .withPolicyByOthers(new NetworkPolicy(
                        unread.key(),
                        unread.labels(),
                        ImmutableSortedMap.of(Marker.UNREADABLE, "true"),
                        unread.subject(),
                        ImmutableSet.of(),
                        ImmutableList.of(),
                        ImmutableList.of()));
        assertEquals(ELSEWHERE, openToStranger());
    }

    @Test
    void policiesOfItsOwnNamespaceAreNamed() {
        town.with("shop", stamped("checkout"))
                .enforcing("shop", Direction.INGRESS)
                .withStranger("legacy", stamped("payments"))
                .withPolicyByOthers(policy("shop", "deny-out", LabelSelector.everything(), Direction.EGRESS));
        assertEquals(
                OPEN + "; but NetworkPolicy deny-out of this namespace, not written by Bulkhead, may close it",
                openToStranger());
    }

    @Test
    void ofItsOwnNamespaceOnlyThoseCountThatSelectItsPods() {
        town.with("shop", stamped("checkout"))
                .enforcing("shop", Direction.INGRESS)
                .withStranger("legacy", stamped("payments"))
                .withPolicyByOthers(policy(
                        "shop", "of-others", LabelSelector.label(Identity.LABEL, "catalogue"), Direction.EGRESS));
        assertEquals(OPEN, openToStranger());
    }

    @Test
    void addressesAreAdmittedByRangesThatContainThem() {
        town.with("shop", stamped("checkout")).enforcing("shop", Direction.INGRESS);
        IpBlock bank = IpBlock.of(Cidr.parse("203.0.113.0/24"), List.of());
        IpBlock internet = IpBlock.of(Cidr.parse("0.0.0.0/0"), List.of());
        Rule rule = outbound(0, new Peer.OfNetwork(bank));
        town.withPolicyByOthers(policy("shop", "deny-out", LabelSelector.everything(), Direction.EGRESS));
        String closed = open(rule);
        assertTrue(closed.contains("NetworkPolicy deny-out of this namespace"), closed);
        town.withPolicyByOthers(policy(
                "shop",
                "allow-out",
                LabelSelector.everything(),
                Direction.EGRESS,
                new PolicyRule(Optional.of(ImmutableList.of(new PolicyPeer.Addresses(internet))), HTTPS)));
        assertEquals(OPEN, town.outcome("shop", "checkout").rules().get(0).message());
    }

    @Test
    void forTheDnsOnlyPoliciesCountThatSelectIt() {
        Rule names = new Rule(
                Direction.EGRESS, 0, new Peer.OfWellKnown(WellKnown.KUBE_DNS), Ports.port(Protocol.UDP, 53), "");
        town.with("shop", stamped("checkout"))
                .withStranger("kube-system")
                .withPolicyByOthers(
                        policy("kube-system", "metrics", LabelSelector.label("k8s-app", "metrics"), Direction.INGRESS));
        assertEquals("UDP 53 open", open(names));
        town.withPolicyByOthers(
                policy("kube-system", "dns", LabelSelector.label("k8s-app", "kube-dns"), Direction.INGRESS));
        assertTrue(town.outcome("shop", "checkout").rules().get(0).message().contains("at the other end"));
    }

    @Test
    void whereNothingIsEnforcedYetItTellsWhatWouldBe() {
        town.with("shop", stamped("checkout"))
                .enforcing("shop")
                .withStranger("legacy", stamped("payments"))
                .withPolicyByOthers(policy("shop", "deny-out", LabelSelector.everything(), Direction.EGRESS));
        RuleOutcome state = first(outbound(0, "legacy", account("payments")));
        assertEquals(RuleOutcome.State.OBSERVED, state.state());
        assertFalse(state.message().contains("deny-out"), state.message());
    }

    @Test
    void whateverMayChangeTheAnswerIsADependency() {
        besideStranger()
                .withPolicyByOthers(policy(
                        "legacy",
                        "allow",
                        LabelSelector.everything(),
                        Direction.INGRESS,
                        with(LabelSelector.label("team", "shop"), LabelSelector.everything(), Ports.all())));
        assertEquals(ELSEWHERE, openToStranger());
        Dependencies dependencies = town.compile().get("shop").dependencies();
        for (WorldChange change : List.of(
                WorldChange.contents("legacy", Dependency.Kind.POLICIES_BY_OTHERS, town.enrolment()),
                WorldChange.contents("shop", Dependency.Kind.LABELS, town.enrolment()))) {
            assertTrue(dependencies.areTouchedBy(change), change.toString());
        }
    }
}
