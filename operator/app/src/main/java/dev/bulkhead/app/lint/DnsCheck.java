package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.DeclaredRules;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Protocol;

/** Whether pods that may connect to others may look up their addresses. */
final class DnsCheck implements Check {

    private static final int PORT = 53;

    /** The usual one, wherever no cluster says otherwise. */
    private static final Endpoint.Pods USUAL = Endpoint.Pods.of(
            "kube-system",
            new PodClass(
                    ImmutableSortedMap.of("k8s-app", "kube-dns"),
                    "coredns",
                    ImmutableSortedSet.of(
                            new ContainerPort("dns", Protocol.UDP, PORT),
                            new ContainerPort("dns-tcp", Protocol.TCP, PORT)),
                    false));

    @Override
    public void check(LintInput input, Findings findings) {
        Evaluator evaluator =
                Evaluator.of(input.snapshot().topology().namespaces(), input.reconciled(), input.reading());
        Endpoint.Pods dns = input.snapshot()
                .topology()
                .pods()
                .filter(pod -> pod.namespace().equals("kube-system")
                        && "kube-dns".equals(pod.traits().labels().get("k8s-app")))
                .findFirst()
                .map(Endpoint.Pods::of)
                .orElse(USUAL);
        for (NetworkPolicy policy : input.policies()) {
            boolean opensSomething = !policy.rules(Direction.EGRESS).isEmpty();
            if (opensSomething
                    && !input.unread().mayHavePolicies(policy.key().namespace())
                    && input.meaning().subjects(policy).stream().anyMatch(pods -> !mayAsk(evaluator, pods, dns))) {
                findings.about(
                        policy,
                        "spec.egress",
                        Code.BH004,
                        "pods that it selects may connect to others, but not to DNS to look up their addresses",
                        "allow UDP and TCP " + PORT + " to the pods k8s-app=kube-dns of namespace kube-system");
            }
        }
        checkIntents(input, evaluator, dns, findings);
    }

    /** A segment gives DNS to its namespaces unless its baseline says otherwise. */
    private static void checkIntents(LintInput input, Evaluator evaluator, Endpoint.Pods dns, Findings findings) {
        DeclaredRules rules = new DeclaredRules(
                input.snapshot().world(),
                input.snapshot().declarations(),
                input.snapshot().enrolment());
        input.compilations().forEach((namespace, compilation) -> {
            ImmutableList<Endpoint.Pods> pods = input.snapshot()
                    .topology()
                    .pods()
                    .filter(pod -> pod.namespace().equals(namespace))
                    .map(Endpoint.Pods::of)
                    .distinct()
                    .collect(ImmutableList.toImmutableList());
            for (DeclaredRules.Declared declared : rules.in(namespace)) {
                if (mayOpen(compilation, declared)
                        && !input.unread().mayHavePolicies(namespace)
                        && pods.stream()
                                .anyMatch(pod ->
                                        declared.subject().matches(pod.pods().labels())
                                                && !mayAsk(evaluator, pod, dns))) {
                    findings.about(
                            declared.intent(),
                            "spec.outbound",
                            Code.BH004,
                            "its pods may connect to others, but not to DNS to look up their addresses",
                            "set baseline.dns: true in the Segment, or add an outbound rule to {wellKnown: KubeDNS}");
                }
            }
        });
    }

    private static boolean mayOpen(Compilation compilation, DeclaredRules.Declared declared) {
        return declared.rule().direction() == Direction.EGRESS
                && compilation.intents().get(declared.intent()).rules().stream()
                        .anyMatch(state ->
                                state.rule().equals(declared.rule()) && state.state() != RuleOutcome.State.FORBIDDEN);
    }

    /** Of the cluster's pods, or of an address: what caches names on each node has one. */
    private static boolean mayAsk(Evaluator evaluator, Endpoint.Pods pods, Endpoint.Pods dns) {
        return evaluator.half(Direction.EGRESS, pods, dns).contains(Protocol.UDP, PORT)
                || evaluator.half(Direction.EGRESS, pods).isolatedBy().stream()
                        .flatMap(key -> evaluator.policy(key).stream())
                        .flatMap(policy -> policy.rules(Direction.EGRESS).stream())
                        .anyMatch(DnsCheck::meansAddressesOnDns);
    }

    private static boolean meansAddressesOnDns(PolicyRule rule) {
        return rule.ports().numbers().contains(Protocol.UDP, PORT)
                && rule.peers().isPresent()
                && rule.peers().get().stream()
                        .anyMatch(peer -> peer.asAddresses().isPresent());
    }
}
