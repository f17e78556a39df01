package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.NamedPort;
import java.util.List;
import java.util.stream.Stream;

/** What is selected, and whether it is there. */
final class SelectorChecks implements Check {

    @Override
    public void check(LintInput input, Findings findings) {
        for (NetworkPolicy policy : input.policies()) {
            ImmutableList<Endpoint.Pods> subjects = input.meaning().subjects(policy);
            if (subjects.isEmpty() && !input.unread().mayHavePods(policy.key().namespace())) {
                findings.about(
                        policy,
                        "spec.podSelector",
                        Code.BH001,
                        "no pod of namespace " + policy.key().namespace()
                                + " has these labels, so the policy does nothing",
                        "compare the selector with the labels of the pods, or take the policy away");
            }
            for (Direction direction : policy.directions()) {
                List<PolicyRule> rules = policy.rules(direction);
                for (int i = 0; i < rules.size(); i++) {
                    check(input, policy, direction, i, subjects, findings);
                }
            }
        }
    }

    private static void check(
            LintInput input,
            NetworkPolicy policy,
            Direction direction,
            int index,
            ImmutableList<Endpoint.Pods> subjects,
            Findings findings) {
        PolicyRule rule = policy.rules(direction).get(index);
        String field = PolicyFieldNames.rule(direction, index);
        List<PolicyPeer> peers = rule.peers().orElse(ImmutableList.of());
        for (int i = 0; i < peers.size(); i++) {
            String peerField = field + PolicyFieldNames.peer(direction, i);
            peers.get(i)
                    .visit(
                            pods -> checkPods(input, policy, pods, peerField, findings),
                            addresses -> checkBlock(input, policy, addresses, peerField, findings));
        }
        for (NamedPort name : rule.ports().names()) {
            Stream<Endpoint.Pods> destinations = direction == Direction.INGRESS
                    ? subjects.stream()
                    : peers.stream()
                            .flatMap(peer ->
                                    input.meaning().meant(peer, policy.key().namespace()).stream());
            boolean anybody = direction == Direction.EGRESS && rule.peers().isEmpty();
            List<Endpoint.Pods> found = destinations.toList();
            boolean unknown = direction == Direction.INGRESS
                    ? input.unread().mayHavePods(policy.key().namespace())
                    : input.unread().mayHavePods();
            if (!anybody && !unknown && !found.isEmpty() && found.stream().noneMatch(pods -> has(pods, name))) {
                findings.about(
                        policy,
                        field + ".ports",
                        Code.BH007,
                        "none of the pods it is about has a " + name.protocol() + " port named '" + name.name() + "'",
                        "name a port that their containers declare, or write its number");
            }
        }
    }

    private static boolean has(Endpoint.Pods pods, NamedPort name) {
        return pods.pods().ports().stream()
                .anyMatch(port ->
                        port.protocol() == name.protocol() && port.name().equals(name.name()));
    }

    private static void checkPods(
            LintInput input, NetworkPolicy policy, PolicyPeer.Pods pods, String field, Findings findings) {
        if (!input.meaning().meant(pods, policy.key().namespace()).isEmpty()) {
            return;
        }
        boolean impossible = pods.pods().isImpossible()
                || pods.namespaces().filter(selector -> selector.isImpossible()).isPresent();
        boolean unknown = pods.namespaces().isPresent()
                ? input.unread().mayHavePods()
                        || Elsewhere.selects(input.snapshot(), pods.namespaces().get())
                : input.unread().mayHavePods(policy.key().namespace());
        if (unknown && !impossible) {
            return;
        }
        findings.about(
                policy,
                field,
                Code.BH002,
                impossible
                        ? "the selector contradicts itself and can never match"
                        : "no pod has these labels"
                                + (pods.namespaces().isPresent()
                                        ? " in a namespace like this"
                                        : " in namespace " + policy.key().namespace()),
                "compare the selectors with the labels of pods and namespaces");
    }

    private static void checkBlock(
            LintInput input, NetworkPolicy policy, PolicyPeer.Addresses peer, String field, Findings findings) {
        boolean meansPods = input.snapshot()
                .topology()
                .pods()
                .filter(pod -> !pod.traits().hostNetwork())
                .flatMap(pod -> pod.addresses().stream())
                .anyMatch(address -> peer.block().contains(address));
        if (meansPods && peer.block().cidr().prefix() > 0) {
            findings.about(
                    policy,
                    field + ".ipBlock",
                    Code.BH015,
                    peer.block() + " holds addresses of pods; whether it means them depends on the network plugin",
                    "select pods by podSelector and namespaceSelector, and leave their ranges out of the block");
        }
    }
}
