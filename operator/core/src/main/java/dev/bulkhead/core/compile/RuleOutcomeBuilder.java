package dev.bulkhead.core.compile;

import static dev.bulkhead.core.compile.RuleOutcome.State.AWAITING_PEER;
import static dev.bulkhead.core.compile.RuleOutcome.State.FORBIDDEN;
import static dev.bulkhead.core.compile.RuleOutcome.State.OBSERVED;
import static dev.bulkhead.core.compile.RuleOutcome.State.OPEN;
import static dev.bulkhead.core.compile.RuleOutcome.State.UNENFORCEABLE;
import static dev.bulkhead.core.compile.RuleOutcome.State.UNRESOLVED;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.NamedPort;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Says how a rule stands, and what to do about it. For one thread, and each rule once. */
final class RuleOutcomeBuilder {

    private static final String BY_PODS =
            "; this rests on the pods that exist now, since one end names them by service account"
                    + " and the other by labels: name them by service account at both ends";

    private final TrackedInputs inputs;
    private final Consent consent;
    private final ClosedByOthers closedByOthers;
    private final IdleRules idleRules;
    private final Function<String, SelectedPods> selected;
    /** Which intents have been told that pods decide. */
    private final Set<DeclaredIntent.Key> remarked = new HashSet<>();

    /** @param selected of a namespace; of one that is not there, none */
    RuleOutcomeBuilder(
            TrackedInputs inputs, Consent consent, Function<String, SelectedPods> selected, Visibility sight) {
        this.inputs = inputs;
        this.consent = consent;
        this.closedByOthers = new ClosedByOthers(inputs, consent);
        this.idleRules = new IdleRules(inputs, consent, selected, sight);
        this.selected = selected;
    }

    /** @param handshake absent where the peer is addresses, or an end does not resolve */
    RuleOutcome judge(ResolvedRule rule, Optional<Handshake> handshake) {
        List<String> prohibitions = shown(rule, handshake);
        if (!prohibitions.isEmpty()) {
            return state(rule, FORBIDDEN, String.join("; ", prohibitions));
        }
        Optional<Resolution.Failed<?>> failure = rule.failure();
        if (failure.isPresent()) {
            return failure.get().state() == AWAITING_PEER
                    ? awaitingAll(rule)
                    : state(rule, failure.get().state(), failure.get().message());
        }
        if (rule.isForbidden()) {
            return awaitingAll(rule);
        }
        Optional<String> obstacle = obstacle(rule, handshake);
        if (obstacle.isPresent()) {
            return state(rule, UNENFORCEABLE, obstacle.get());
        }
        return orObserved(rule, handshake.map(found -> agreed(rule, found)).orElseGet(() -> opened(rule)));
    }

    /** What is known only from an object of the other end waits until that end agrees. */
    private static List<String> shown(ResolvedRule rule, Optional<Handshake> handshake) {
        boolean agreed = handshake.filter(found -> found.waiting().isEmpty()).isPresent();
        return rule.prohibitions().stream()
                .filter(prohibition -> agreed || !prohibition.tellsOfPeer())
                .map(Prohibition::message)
                .distinct()
                .toList();
    }

    private RuleOutcome awaitingAll(ResolvedRule rule) {
        return orObserved(
                rule, state(rule, AWAITING_PEER, awaiting(rule, rule.rule().ports())));
    }

    private RuleOutcome opened(ResolvedRule rule) {
        Ports ports = rule.rule().ports();
        return open(rule, ports.isEmpty() ? "open" : ports + " open");
    }

    private RuleOutcome agreed(ResolvedRule rule, Handshake handshake) {
        if (handshake.open().isEmpty() && !handshake.waiting().isEmpty()) {
            return state(rule, AWAITING_PEER, awaiting(rule, asked(rule, handshake)));
        }
        // It is said once of an intent: its rules are named the same way.
        String how = handshake.byPods() && remarked.add(rule.intent()) ? BY_PODS : "";
        return handshake.waiting().isEmpty()
                ? open(rule, handshake.open() + " open" + how)
                : state(
                        rule,
                        AWAITING_PEER,
                        handshake.open() + " open" + how + "; " + awaiting(rule, handshake.waiting()));
    }

    private RuleOutcome open(ResolvedRule rule, String message) {
        String remark = closedByOthers.remark(rule);
        return new RuleOutcome(
                rule.rule(), OPEN, message + remark, peer(rule, OPEN), !remark.isEmpty(), /* idle= */ Optional.empty());
    }

    /** Ports that were read off an object of another namespace would tell that it is there, and what is in it. */
    private static Ports asked(ResolvedRule rule, Handshake handshake) {
        boolean borrowed = rule.pods().filter(ResolvedPeer.Pods::borrowed).isPresent();
        return borrowed ? rule.rule().ports() : handshake.waiting();
    }

    /** One text whether the other end has not declared, is not there, or is not known. */
    private static String awaiting(ResolvedRule rule, Ports ports) {
        boolean outbound = rule.rule().direction() == Direction.EGRESS;
        return "waits for " + rule.rule().peer().inWords() + " to declare the matching "
                + (outbound ? "inbound" : "outbound") + " rule" + (ports.isEmpty() ? "" : " on " + ports);
    }

    private RuleOutcome orObserved(ResolvedRule rule, RuleOutcome wouldBe) {
        RuleOutcome state = unlessEnforced(rule, wouldBe);
        return state.state() == UNRESOLVED ? state : state.withIdle(idleRules.of(rule));
    }

    private RuleOutcome unlessEnforced(ResolvedRule rule, RuleOutcome wouldBe) {
        ImmutableSortedSet<String> disputants = inputs.disputants(rule.namespace());
        if (!disputants.isEmpty()) {
            return state(
                    rule,
                    UNRESOLVED,
                    "namespace " + rule.namespace() + " is claimed by segments "
                            + String.join(" and ", disputants)
                            + " alike; nothing changes until the platform team settles it");
        }
        Optional<DeclaredSegment> segment = inputs.segment(rule.namespace());
        if (segment.isEmpty()) {
            return state(
                    rule, OBSERVED, "namespace " + rule.namespace() + " is in no segment: nothing is enforced here");
        }
        return segment.get().enforced().isEmpty()
                ? state(
                        rule,
                        OBSERVED,
                        "segment " + segment.get().name() + " only observes; would be "
                                + wouldBe.state().label() + ": " + wouldBe.message())
                : wouldBe;
    }

    private Optional<String> obstacle(ResolvedRule rule, Optional<Handshake> handshake) {
        List<PodClass> own = selected.apply(rule.namespace()).by(rule.subjectSelection());
        if (own.stream().anyMatch(PodClass::hostNetwork)) {
            return Optional.of("pods of this workload run on the host network, where no NetworkPolicy holds them;"
                    + " take hostNetwork off the pods");
        }
        boolean inbound = rule.rule().direction() == Direction.INGRESS;
        if (inbound) {
            Optional<String> missing = missingName(rule.rule().ports(), own);
            if (missing.isPresent()) {
                return missing.map(what -> what + "; " + named(own));
            }
        }
        return rule.pods().filter(peer -> mayBeShown(rule, peer, handshake)).flatMap(peer -> {
            List<PodClass> theirs = peer.namespaces().stream()
                    .flatMap(name -> selected.apply(name).by(peer.selection()).stream())
                    .toList();
            if (peer.namespaces().size() == 1 && theirs.stream().anyMatch(PodClass::hostNetwork)) {
                return Optional.of(rule.rule().peer().inWords()
                        + " runs on the host network, where no NetworkPolicy can select it");
            }
            boolean ofOurs = peer.namespaces().equals(ImmutableSortedSet.of(rule.namespace()));
            return inbound
                    ? Optional.empty()
                    : missingName(peer.ports(), theirs)
                            .map(what ->
                                    what + "; " + (ofOurs ? named(theirs) : "name one they have, or give the number"));
        });
    }

    /** What stands in the way at the other end may be told only of one's own namespace, or once that end agreed. */
    private boolean mayBeShown(ResolvedRule rule, ResolvedPeer.Pods peer, Optional<Handshake> handshake) {
        return peer.namespaces().stream()
                        .allMatch(name ->
                                name.equals(rule.namespace()) || consent.isInsideTrustBoundary(rule, peer, name))
                || handshake.filter(found -> found.waiting().isEmpty()).isPresent();
    }

    private static Optional<String> missingName(Ports ports, List<PodClass> pods) {
        if (pods.isEmpty()) {
            return Optional.empty();
        }
        return ports.names().stream()
                .filter(name -> pods.stream().noneMatch(pod -> has(pod, name)))
                .findFirst()
                .map(name -> "no container of these pods names a port '" + name.name() + "' (" + name.protocol() + ")");
    }

    /** What one's own pods have is told, that of others is theirs to tell. */
    private static String named(List<PodClass> pods) {
        List<String> names = pods.stream()
                .flatMap(pod -> pod.ports().stream())
                .filter(port -> !port.name().isEmpty())
                .map(port -> "'" + port.name() + "' (" + port.protocol() + " " + port.number() + ")")
                .distinct()
                .sorted()
                .toList();
        return names.isEmpty()
                ? "they name none, so give the number"
                : "they name " + String.join(", ", names) + "; write one of these, or the number";
    }

    private static boolean has(PodClass pod, NamedPort name) {
        return pod.ports().stream()
                .anyMatch(port ->
                        port.protocol() == name.protocol() && port.name().equals(name.name()));
    }

    private RuleOutcome state(ResolvedRule rule, RuleOutcome.State state, String message) {
        return new RuleOutcome(
                rule.rule(), state, message, peer(rule, state), /* doubtful= */ false, /* idle= */ Optional.empty());
    }

    private Optional<Assurance> peer(ResolvedRule rule, RuleOutcome.State state) {
        return Identification.peer(rule, inputs.facts(), state == OPEN);
    }
}
