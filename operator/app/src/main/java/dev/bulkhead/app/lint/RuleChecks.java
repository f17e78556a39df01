package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Ports;
import java.util.List;

/** The traps in how rules are written. */
final class RuleChecks implements Check {

    @Override
    public void check(LintInput input, Findings findings) {
        for (NetworkPolicy policy : input.policies()) {
            for (Direction direction : Direction.values()) {
                check(policy, direction, findings);
            }
        }
    }

    private static void check(NetworkPolicy policy, Direction direction, Findings findings) {
        List<PolicyRule> written = direction == Direction.EGRESS ? policy.egress() : policy.ingress();
        if (!written.isEmpty() && !policy.directions().contains(direction)) {
            findings.about(
                    policy,
                    PolicyFieldNames.rules(direction),
                    Code.BH014,
                    "policyTypes leaves out " + direction.policyType() + ", so these rules have no effect",
                    "add " + direction.policyType() + " to policyTypes, or take the rules away");
            return;
        }
        for (int i = 0; i < written.size(); i++) {
            PolicyRule rule = written.get(i);
            String field = PolicyFieldNames.rule(direction, i);
            if (rule.peers().isEmpty()) {
                findings.about(
                        policy,
                        field + PolicyFieldNames.peers(direction),
                        Code.BH006,
                        "a rule without " + PolicyFieldNames.peers(direction).substring(1)
                                + " means everybody, addresses outside the cluster included",
                        "name who is meant; namespaceSelector: {} means all pods and nothing outside");
            }
            checkItems(policy, direction, field, rule, findings);
            for (int j = 0; j < written.size(); j++) {
                boolean same = covers(written.get(j), rule) && covers(rule, written.get(j));
                if (i != j && covers(written.get(j), rule) && (!same || j < i)) {
                    findings.about(
                            policy,
                            field,
                            Code.BH009,
                            PolicyFieldNames.rule(direction, j) + " allows all that this rule allows",
                            "take this rule away");
                    break;
                }
            }
        }
    }

    private static void checkItems(
            NetworkPolicy policy, Direction direction, String field, PolicyRule rule, Findings findings) {
        List<PolicyPeer> peers = rule.peers().orElse(ImmutableList.of());
        for (int i = 0; i < peers.size(); i++) {
            String peerField = field + PolicyFieldNames.peer(direction, i);
            for (int j = 0; j < peers.size(); j++) {
                boolean same = covers(peers.get(j), peers.get(i)) && covers(peers.get(i), peers.get(j));
                if (i != j && covers(peers.get(j), peers.get(i)) && (!same || j < i)) {
                    findings.about(
                            policy,
                            peerField,
                            Code.BH009,
                            "item " + j + " means all that this one means",
                            "take this item away");
                    break;
                }
            }
            if (i > 0 && isNamespacesAlone(peers.get(i - 1)) && isPodsAlone(peers.get(i))) {
                findings.about(
                        policy,
                        peerField,
                        Code.BH003,
                        "the item before means all pods of some namespaces, and this one pods of namespace "
                                + policy.key().namespace() + ": either is enough",
                        "to mean these pods in those namespaces, take away the '-' before podSelector");
            }
        }
    }

    private static boolean isNamespacesAlone(PolicyPeer peer) {
        return peer.asPods()
                .filter(pods -> pods.namespaces().isPresent() && pods.pods().isEverything())
                .isPresent();
    }

    private static boolean isPodsAlone(PolicyPeer peer) {
        return peer.asPods()
                .filter(pods -> pods.namespaces().isEmpty() && !pods.pods().isEverything())
                .isPresent();
    }

    private static boolean covers(PolicyRule one, PolicyRule other) {
        boolean peers = one.peers().isEmpty()
                || (other.peers().isPresent()
                        && other.peers().get().stream()
                                .allMatch(peer -> one.peers().get().stream().anyMatch(wider -> covers(wider, peer))));
        return peers && covers(one.ports(), other.ports());
    }

    private static boolean covers(Ports one, Ports other) {
        return one.numbers().containsAll(other.numbers())
                && (one.numbers().isAll() || one.names().containsAll(other.names()));
    }

    private static boolean covers(PolicyPeer one, PolicyPeer other) {
        return one.fold(
                wide -> other.fold(narrow -> covers(wide, narrow), narrow -> false),
                wide -> other.fold(narrow -> false, narrow -> covers(wide, narrow)));
    }

    private static boolean covers(PolicyPeer.Addresses wide, PolicyPeer.Addresses narrow) {
        return wide.block().equals(narrow.block())
                || (wide.block().except().isEmpty()
                        && wide.block().cidr().contains(narrow.block().cidr()));
    }

    private static boolean covers(PolicyPeer.Pods wide, PolicyPeer.Pods narrow) {
        boolean namespaces = wide.namespaces().equals(narrow.namespaces())
                || (wide.namespaces().isPresent()
                        && narrow.namespaces().isPresent()
                        && narrow.namespaces().get().implies(wide.namespaces().get()));
        return namespaces && narrow.pods().implies(wide.pods());
    }
}
