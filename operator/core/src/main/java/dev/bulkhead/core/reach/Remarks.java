package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Protocol;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What there is to say about a verdict besides the verdict: upstream leaves some cases open, and none is guessed in silence. */
record Remarks(Evaluator evaluator, PeerMatch match) {

    /** @param verdicts one for each address family that both ends have */
    ImmutableSortedSet<Remark> about(
            Endpoint source, Endpoint destination, Protocol protocol, int port, List<Verdict> verdicts) {
        Set<Remark> remarks = EnumSet.noneOf(Remark.class);
        if (isOnHostNetwork(source) || isOnHostNetwork(destination)) {
            remarks.add(Remark.HOST_NETWORK);
        }
        if (verdicts.stream().map(Verdict::allowed).distinct().count() > 1) {
            remarks.add(Remark.FAMILIES_DIFFER);
        }
        boolean allowed = verdicts.stream().anyMatch(Verdict::allowed);
        if (isAllowedOtherwise(source, destination, protocol, port) != allowed) {
            remarks.add(Remark.IP_BLOCK_AGAINST_POD);
        }
        addAboutHalf(Direction.EGRESS, destination, verdicts, remarks);
        addAboutHalf(Direction.INGRESS, source, verdicts, remarks);
        if (isAmbiguous(source, destination, protocol, port)) {
            remarks.add(Remark.AMBIGUOUS_PORT_NAME);
        }
        if (dependsOnUnknownLabels(evaluator.half(Direction.EGRESS, source), Direction.EGRESS, destination)
                || dependsOnUnknownLabels(evaluator.half(Direction.INGRESS, destination), Direction.INGRESS, source)) {
            remarks.add(Remark.MADE_UP_NAMESPACE);
        }
        return ImmutableSortedSet.copyOf(remarks);
    }

    private boolean isAllowedOtherwise(Endpoint source, Endpoint destination, Protocol protocol, int port) {
        PluginSemantics.IpBlocks other = match.reading().ipBlocks() == PluginSemantics.IpBlocks.MATCH_PODS
                ? PluginSemantics.IpBlocks.NEVER_MATCH_PODS
                : PluginSemantics.IpBlocks.MATCH_PODS;
        return evaluator
                .readAs(match.reading().with(other))
                .allowed(source, destination)
                .contains(protocol, port);
    }

    private void addAboutHalf(Direction direction, Endpoint other, List<Verdict> verdicts, Set<Remark> remarks) {
        if (verdicts.stream().noneMatch(verdict -> dependsOnAddress(verdict.decision(direction), direction))) {
            return;
        }
        other.fold(
                        pods -> pods.addresses().isEmpty()
                                ? Optional.of(Remark.UNKNOWN_ADDRESS)
                                : Optional.<Remark>empty(),
                        outside -> Optional.of(Remark.ADDRESS_TRANSLATION))
                .ifPresent(remarks::add);
    }

    /** Whether an {@code ipBlock} allowed it, or might have if it were for another address. */
    private boolean dependsOnAddress(Decision decision, Direction direction) {
        return decision.fold(new Decision.Cases<>() {
            @Override
            public Boolean notIsolated(Decision.NotIsolated free) {
                return false;
            }

            @Override
            public Boolean toItself(Decision.ToItself own) {
                return false;
            }

            @Override
            public Boolean allowedBy(Decision.AllowedBy allowed) {
                return allowed.peer().isPresent()
                        && policy(allowed.policy())
                                .flatMap(policy -> policy.rules(direction)
                                        .get(allowed.rule())
                                        .peers())
                                .flatMap(peers ->
                                        peers.get(allowed.peer().getAsInt()).asAddresses())
                                .isPresent();
            }

            @Override
            public Boolean deniedBy(Decision.DeniedBy denied) {
                return denied.isolatedBy().stream()
                        .flatMap(key -> policy(key).stream())
                        .flatMap(policy -> policy.rules(direction).stream())
                        .flatMap(rule -> rule.peers().stream())
                        .flatMap(List::stream)
                        .anyMatch(peer -> peer.asAddresses().isPresent());
            }
        });
    }

    private Optional<NetworkPolicy> policy(NetworkPolicy.Key key) {
        return evaluator.policy(key);
    }

    /** Whether a policy on either end names a port that two containers of the destination call theirs, this one among them. */
    private boolean isAmbiguous(Endpoint source, Endpoint destination, Protocol protocol, int port) {
        Set<String> twice = destination.asPods().stream()
                .flatMap(pods -> pods.pods().ports().stream())
                .filter(one -> one.protocol() == protocol && !one.name().isEmpty())
                .collect(Collectors.groupingBy(ContainerPort::name))
                .values()
                .stream()
                .filter(same -> same.size() > 1 && same.stream().anyMatch(one -> one.number() == port))
                .map(same -> same.get(0).name())
                .collect(Collectors.toSet());
        return !twice.isEmpty()
                && Stream.concat(
                                rules(evaluator.half(Direction.EGRESS, source), Direction.EGRESS),
                                rules(evaluator.half(Direction.INGRESS, destination), Direction.INGRESS))
                        .flatMap(rule -> rule.ports().names().stream())
                        .anyMatch(name -> name.protocol() == protocol && twice.contains(name.name()));
    }

    private static Stream<PolicyRule> rules(Half half, Direction direction) {
        return half.isolating().stream().flatMap(policy -> policy.rules(direction).stream());
    }

    /** Whether a rule asks for labels of a namespace that nobody described, besides its name. */
    private boolean dependsOnUnknownLabels(Half half, Direction direction, Endpoint other) {
        return other.fold(pods -> !match.namespaces().containsKey(pods.namespace()), outside -> false)
                && rules(half, direction)
                        .flatMap(rule -> rule.peers().stream())
                        .flatMap(List::stream)
                        .flatMap(peer -> peer.asPods().stream())
                        .flatMap(peer -> peer.namespaces().stream())
                        .flatMap(selector -> selector.requirements().keySet().stream())
                        .anyMatch(label -> !label.equals(Namespace.NAME_LABEL));
    }

    private static boolean isOnHostNetwork(Endpoint endpoint) {
        return endpoint.fold(pods -> pods.pods().hostNetwork(), outside -> false);
    }
}
