package dev.bulkhead.core.compile;

import static dev.bulkhead.core.compile.SmallTown.account;
import static dev.bulkhead.core.compile.SmallTown.inbound;
import static dev.bulkhead.core.compile.SmallTown.outbound;
import static dev.bulkhead.core.compile.SmallTown.stamped;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.compile.RuleOutcome.State;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Service;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A rule that nothing uses says so, and is open or waits all the same. */
class IdleRulesTest {

    private static final Visibility EVERYTHING = seeing(List.of());

    private static Visibility seeing(Collection<PodClass> running) {
        return new Visibility() {
            @Override
            public boolean sees(String namespace) {
                return true;
            }

            @Override
            public Collection<PodClass> runs(String namespace) {
                return running;
            }
        };
    }

    /** Pods of the account of that name, whose containers declare these TCP ports. */
    private static PodClass listening(String app, int... ports) {
        ImmutableSortedSet.Builder<ContainerPort> declared = ImmutableSortedSet.naturalOrder();
        for (int port : ports) {
            declared.add(new ContainerPort("", Protocol.TCP, port));
        }
        PodClass pod = stamped(app);
        return new PodClass(pod.labels(), pod.serviceAccount(), declared.build(), pod.hostNetwork());
    }

    private static Rule inboundOn(Ports ports) {
        return new Rule(Direction.INGRESS, 0, new Peer.OfNamespace("shop"), ports, "");
    }

    private static Rule outboundOn(String namespace, String account, int port) {
        return new Rule(
                Direction.EGRESS,
                0,
                new Peer.OfWorkload(namespace, account(account)),
                Ports.port(Protocol.TCP, port),
                "");
    }

    private static RuleOutcome only(SmallTown town, String namespace, String intent) {
        return only(town, Visibility.OF_A_TEAM, namespace, intent);
    }

    private static RuleOutcome only(SmallTown town, Visibility sight, String namespace, String intent) {
        ImmutableList<RuleOutcome> states = town.compile(sight)
                .get(namespace)
                .intents()
                .get(new DeclaredIntent.Key(namespace, intent))
                .rules();
        assertEquals(1, states.size());
        return states.get(0);
    }

    private static Optional<Idle> nothing(Idle.Part part, String namespace, String what) {
        return Optional.of(new Idle(part, namespace, "no pod and no pod template matches " + what));
    }

    @Test
    void aRuleOfAWorkloadThatRunsNowhereIsIdle() {
        SmallTown town = new SmallTown()
                .with("shop", stamped("checkout"))
                .declaring("shop", "typo", account("chekout"), outbound(0, "shop", account("checkout")));

        RuleOutcome state = only(town, "shop", "typo");

        assertEquals(nothing(Idle.Part.WORKLOAD, "shop", "service account chekout"), state.idle());
        assertEquals(
                state.message() + "; idle: no pod and no pod template matches service account chekout",
                state.explanation());
    }

    @Test
    void labelsThatMatchNothingAreIdleToo() {
        WorkloadSelector labels = new WorkloadSelector.Labels(LabelSelector.label("app", "nothing"));
        SmallTown town = new SmallTown()
                .with("shop", stamped("checkout"))
                .declaring("shop", "labels", labels, outbound(0, "shop", account("checkout")));

        assertEquals(
                Optional.of(Idle.Part.WORKLOAD),
                only(town, "shop", "labels").idle().map(Idle::part));
    }

    @Test
    void aWorkloadThatIsScaledToZeroIsNotIdle() {
        SmallTown town = new SmallTown()
                .withDeployment("shop", "checkout")
                .declaring("shop", "checkout", account("checkout"), outbound(0, "shop", account("checkout")));

        RuleOutcome state = only(town, "shop", "checkout");

        assertEquals(State.OPEN, state.state());
        assertEquals(Optional.empty(), state.idle());
    }

    @Test
    void aPeerInTheSameNamespaceThatMatchesNothingIsIdle() {
        SmallTown town = new SmallTown()
                .with("shop", stamped("checkout"))
                .declaring("shop", "checkout", account("checkout"), outbound(0, "shop", account("catalog")));

        assertEquals(
                nothing(Idle.Part.PEER, "shop", "service account catalog in shop"),
                only(town, "shop", "checkout").idle());
    }

    @Test
    void whatIsMissingInAnotherNamespaceIsToldOnlyToWhoeverMayLookThere() {
        SmallTown town = new SmallTown()
                .with("shop", stamped("checkout"))
                .withStranger("pay", listening("payments", 8443))
                .declaring("shop", "checkout", account("checkout"), outbound(0, "pay", account("paymnts")))
                .declaring("shop", "port", account("checkout"), outboundOn("pay", "payments", 443));

        assertEquals(State.OPEN, only(town, "shop", "checkout").state());
        assertEquals(Optional.empty(), only(town, "shop", "checkout").idle());
        assertEquals(Optional.empty(), only(town, "shop", "port").idle());
        assertEquals(
                nothing(Idle.Part.PEER, "pay", "service account paymnts in pay"),
                only(town, EVERYTHING, "shop", "checkout").idle());
        assertEquals(
                Optional.of(Idle.Part.PORTS),
                only(town, EVERYTHING, "shop", "port").idle().map(Idle::part));
    }

    @Test
    void insideATrustBoundaryItIsToldToTheTeam() {
        SmallTown town = new SmallTown()
                .with("shop", stamped("checkout"))
                .with("pay", stamped("payments"))
                .trusting("all", "shop", "pay")
                .declaring("shop", "checkout", account("checkout"), outbound(0, "pay", account("paymnts")));

        assertEquals(Optional.of("pay"), only(town, "shop", "checkout").idle().map(Idle::namespace));
    }

    @Test
    void aNamespaceThatIsNotThereIsCalledThat() {
        SmallTown town = new SmallTown()
                .with("shop", stamped("checkout"))
                .declaring("shop", "checkout", account("checkout"), outbound(0, "biling", account("invoicer")));

        assertEquals(
                Optional.of("namespace biling is not found"),
                only(town, EVERYTHING, "shop", "checkout").idle().map(Idle::message));
        assertEquals(Optional.empty(), only(town, "shop", "checkout").idle());
    }

    @Test
    void whatIsKnownToRunBesidesThePodsOfTheWorldCounts() {
        SmallTown town = new SmallTown()
                .with("shop", stamped("checkout"))
                .declaring("shop", "report", account("report"), outbound(0, "shop", account("checkout")));

        assertEquals(
                Optional.of(Idle.Part.WORKLOAD),
                only(town, "shop", "report").idle().map(Idle::part));
        assertEquals(
                Optional.empty(),
                only(town, seeing(List.of(stamped("report"))), "shop", "report").idle());
    }

    @Test
    void thePortOfAServiceIsNamedAsSuch() {
        Service service = new Service(
                "checkout",
                /* selectsPods= */ true,
                LabelSelector.label("app", "checkout"),
                ImmutableList.of(new Service.Port("http", Protocol.TCP, 80, Ports.port(Protocol.TCP, 9000))),
                ImmutableSortedSet.of());
        SmallTown town = new SmallTown()
                .withService("shop", service, listening("checkout", 9000))
                .declaring("shop", "checkout", account("checkout"), inboundOn(Ports.port(Protocol.TCP, 80)));

        assertEquals(
                Optional.of(
                        new Idle(
                                Idle.Part.PORTS,
                                "shop",
                                "no container of these pods declares TCP 80; they declare TCP 9000; TCP 80 is the port of"
                                        + " Service checkout, which leads to TCP 9000 of its pods; write the port of the pods")),
                only(town, "shop", "checkout").idle());
    }

    @Test
    void aPortThatNoContainerDeclaresIsIdleWhereAllDeclareSome() {
        SmallTown town = new SmallTown()
                .with("shop", listening("checkout", 9000, 9001))
                .declaring(
                        "shop",
                        "some",
                        account("checkout"),
                        inboundOn(Ports.of(
                                PortSet.range(Protocol.TCP, 9000, 9100).union(PortSet.port(Protocol.TCP, 80)))))
                .declaring("shop", "all", account("checkout"), inboundOn(Ports.of(PortSet.all(Protocol.UDP))));

        assertEquals(
                Optional.of("no container of these pods declares TCP 80; they declare TCP 9000-9001"),
                only(town, "shop", "some").idle().map(Idle::message));
        assertEquals(Optional.empty(), only(town, "shop", "all").idle());
    }

    @Test
    void containersThatDeclareNoPortMayListenOnAny() {
        SmallTown town = new SmallTown()
                .with("shop", listening("checkout", 9000), stamped("checkout"))
                .declaring("shop", "checkout", account("checkout"), inboundOn(Ports.port(Protocol.TCP, 80)));

        assertEquals(Optional.empty(), only(town, "shop", "checkout").idle());
    }

    @Test
    void theOwnWorkloadIsNamedEvenWhileThePeerIsAwaited() {
        SmallTown town = new SmallTown()
                .with("shop", stamped("checkout"))
                .with("pay", stamped("payments"))
                .declaring("pay", "typo", account("paymnts"), inbound(0, "shop", account("checkout")));

        RuleOutcome state = only(town, "pay", "typo");

        assertEquals(State.AWAITING_PEER, state.state());
        assertEquals(nothing(Idle.Part.WORKLOAD, "pay", "service account paymnts"), state.idle());
    }
}
