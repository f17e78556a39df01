package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import dev.bulkhead.app.snapshot.NamespaceOfPeer;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Idle;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.Spelling;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether what intents name is there: workloads, namespaces, ports. */
final class IdleChecks implements Check {

    @Override
    public void check(LintInput input, Findings findings) {
        ImmutableSetMultimap<String, PodClass> running = input.snapshot()
                .topology()
                .pods()
                .collect(ImmutableSetMultimap.toImmutableSetMultimap(Pod::namespace, Pod::traits));
        if (running.isEmpty()) {
            // Files of intents alone say nothing of what runs.
            return;
        }
        Map<DeclaredIntent.Key, DeclaredIntent> intents = input.snapshot().declarations().intents().values().stream()
                .flatMap(declared -> declared.intents().values().stream())
                .collect(Collectors.toMap(DeclaredIntent::key, intent -> intent));
        TwoPorts twoPorts = new TwoPorts(input.snapshot(), new OtherEnds(input.snapshot()));
        for (Compilation compilation : input.compilations().values()) {
            compilation.intents().forEach((key, outcome) -> {
                for (RuleOutcome state : outcome.rules()) {
                    state.idle()
                            .filter(idle -> !input.unread().mayHavePods(idle.namespace())
                                    && !isTold(twoPorts, key, state, idle))
                            .ifPresent(idle -> report(running, intents.get(key), state.rule(), idle, findings));
                }
            });
        }
        for (DeclaredIntent intent : intents.values()) {
            if (!input.unread().mayHavePods(intent.key().namespace())) {
                misplaced(running, intent, findings);
            }
            for (Rule rule : intent.rules()) {
                unknownNamespace(input.unread(), running, intent, rule, findings);
            }
        }
    }

    /** Whether the port is a finding about both ends. */
    private static boolean isTold(TwoPorts twoPorts, DeclaredIntent.Key intent, RuleOutcome state, Idle idle) {
        return idle.part() == Idle.Part.PORTS
                && state.state() == RuleOutcome.State.AWAITING_PEER
                && twoPorts.of(intent, state.rule()).isPresent();
    }

    private static void report(
            ImmutableSetMultimap<String, PodClass> running,
            DeclaredIntent intent,
            Rule rule,
            Idle idle,
            Findings findings) {
        switch (idle.part()) {
            case WORKLOAD ->
                findings.about(
                        intent.key(),
                        "spec.workload",
                        Code.BH012,
                        idle.message(),
                        correction(running, idle.namespace(), Optional.of(intent.workload())));
            case PEER ->
                findings.about(
                        intent.key(),
                        peerField(rule),
                        Code.BH012,
                        idle.message(),
                        correction(
                                running,
                                idle.namespace(),
                                rule.peer().asWorkload().map(Peer.OfWorkload::workload)));
            case PORTS ->
                findings.about(
                        intent.key(),
                        "spec." + rule.place() + ".ports",
                        Code.BH019,
                        idle.message(),
                        "write a port that a container declares; if one listens on this port all the same, add it to that"
                                + " container in the workload's manifest, as in 'ports: [{"
                                + example(running.get(idle.namespace()), rule) + "}]'");
        }
    }

    /** A port of the rule that no container of the namespace declares. */
    private static String example(ImmutableSet<PodClass> pods, Rule rule) {
        return Stream.of(Protocol.values())
                .flatMap(protocol -> rule.ports().numbers().of(protocol).asRanges().stream()
                        .map(range -> range.lowerEndpoint())
                        .filter(number -> pods.stream()
                                .flatMap(pod -> pod.ports().stream())
                                .noneMatch(port -> port.protocol() == protocol && port.number() == number))
                        .map(number -> "containerPort: " + number
                                + (protocol == Protocol.TCP ? "" : ", protocol: " + protocol)))
                .findFirst()
                .orElse("containerPort: NUMBER");
    }

    private static String peerField(Rule rule) {
        return "spec." + rule.place() + (rule.direction() == Direction.EGRESS ? ".to" : ".from");
    }

    private static String correction(
            ImmutableSetMultimap<String, PodClass> running, String namespace, Optional<WorkloadSelector> reference) {
        List<String> elsewhere =
                reference.map(named -> runningIn(running, named)).orElse(List.of());
        if (!elsewhere.isEmpty()) {
            return reference.get() + " runs in " + String.join(", ", elsewhere)
                    + "; if that is meant, write namespace: " + elsewhere.get(0);
        }
        if (reference.isEmpty()) {
            return "write it as its manifest has it, or add that to the files";
        }
        return reference
                .flatMap(WorkloadSelector::account)
                .map(account -> "write the name as the workload's serviceAccountName has it"
                        + Spelling.nearest(account, accounts(running.get(namespace)))
                                .map(meant -> "; did you mean '" + meant + "'?")
                                .orElse(""))
                .or(() -> reference
                        .flatMap(WorkloadSelector::labels)
                        .map(labels -> "compare it with the labels of the pods and of their templates"))
                .orElse("write the kind and the name as the workload's manifest has them");
    }

    private static List<String> accounts(ImmutableSet<PodClass> pods) {
        return pods.stream().map(PodClass::serviceAccount).distinct().sorted().toList();
    }

    /** An intent in a namespace of which nothing is known, whose workload runs in another one. */
    private static void misplaced(
            ImmutableSetMultimap<String, PodClass> running, DeclaredIntent intent, Findings findings) {
        String namespace = intent.key().namespace();
        if (running.containsKey(namespace)) {
            return;
        }
        List<String> elsewhere = runningIn(running, intent.workload());
        if (!elsewhere.isEmpty()) {
            findings.about(
                    intent.key(),
                    "spec.workload",
                    Code.BH012,
                    "nothing runs in namespace " + namespace + "; " + intent.workload() + " runs in "
                            + String.join(", ", elsewhere),
                    "write metadata.namespace: " + elsewhere.get(0));
        }
    }

    private static List<String> runningIn(ImmutableSetMultimap<String, PodClass> running, WorkloadSelector reference) {
        return running.keySet().stream()
                .filter(namespace -> running.get(namespace).stream().anyMatch(pod -> isMeant(reference, pod)))
                .sorted()
                .toList();
    }

    private static boolean isMeant(WorkloadSelector reference, PodClass pod) {
        return reference
                .account()
                .map(account -> pod.serviceAccount().equals(account))
                .orElseGet(() -> reference
                        .labels()
                        .filter(labels -> !labels.isEverything() && labels.matches(pod.labels()))
                        .isPresent());
    }

    /** A namespace may well be described elsewhere, unless its name looks like one that is known. */
    static Optional<String> otherNamespace(Set<String> running, Unread unread, Rule rule) {
        return rule.peer()
                .fold(new NamespaceOfPeer())
                .filter(namespace -> !running.contains(namespace) && !unread.mayHavePods(namespace))
                .flatMap(namespace -> Spelling.nearest(namespace, running)
                        .map(meant -> "nothing is known to run in namespace " + namespace + "; did you mean '" + meant
                                + "'?"));
    }

    private static void unknownNamespace(
            Unread unread,
            ImmutableSetMultimap<String, PodClass> running,
            DeclaredIntent intent,
            Rule rule,
            Findings findings) {
        otherNamespace(running.keySet(), unread, rule)
                .ifPresent(message -> findings.about(
                        intent.key(),
                        peerField(rule),
                        Code.BH012,
                        message,
                        "write the namespace as it is called, or add its workloads to the files"));
    }
}
