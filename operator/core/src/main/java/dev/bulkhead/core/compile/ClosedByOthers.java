package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the policies by others that may close what a rule opens. Policies add up, so they can do so only at an end that
 * Bulkhead does not isolate itself: one whose namespace is not enforced in that direction. Selectors are compared, not pods,
 * so the answer does not change when a workload is scaled.
 *
 * <p>In the namespace of the intent the policies are named. Of another namespace no more is told than that some policy
 * isolates something there, and never whom: whoever asks chooses the labels that are asked about, and could find out by
 * trying which labels the policies of another team select.
 */
final class ClosedByOthers {

    private static final int NAMED = 3;

    private final TrackedInputs inputs;
    private final Consent consent;

    ClosedByOthers(TrackedInputs inputs, Consent consent) {
        this.inputs = inputs;
        this.consent = consent;
    }

    /** What the message of an open rule has to add; empty where no policy by others can close it. */
    String remark(ResolvedRule rule) {
        ResolvedPeer peer = rule.resolvedPeer().orElseThrow();
        ImmutableSortedSet<String> own = Stream.concat(atSubject(rule, peer), atPeerInOwnNamespace(rule, peer))
                .map(policy -> policy.key().name())
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
        if (!own.isEmpty()) {
            return "; but " + described(own) + " may close it";
        }
        return peer.asPods().filter(pods -> isPossibleElsewhere(rule, pods)).isPresent()
                ? "; but Bulkhead does not enforce this direction at the other end, where NetworkPolicies by others may"
                        + " close it"
                : "";
    }

    private static String described(ImmutableSortedSet<String> names) {
        return (names.size() == 1 ? "NetworkPolicy " : "NetworkPolicies ")
                + names.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "")
                + " of this namespace, not written by Bulkhead,";
    }

    private Stream<NetworkPolicy> atSubject(ResolvedRule rule, ResolvedPeer peer) {
        Direction direction = rule.rule().direction();
        if (!isEnforcedOtherwise(rule.namespace(), direction)) {
            return Stream.empty();
        }
        LabelSelector subject = rule.subjectSelection().selector();
        return peer.fold(
                pods -> pods.namespaces().stream()
                        .flatMap(namespace -> closing(
                                rule.namespace(),
                                direction,
                                subject,
                                item -> means(item, rule.namespace(), namespace, pods.selection()),
                                pods.ports())),
                addresses -> addresses.blocks().stream()
                        .flatMap(block -> closing(
                                rule.namespace(),
                                direction,
                                subject,
                                item -> means(item, block.block()),
                                block.ports())));
    }

    private Stream<NetworkPolicy> atPeerInOwnNamespace(ResolvedRule rule, ResolvedPeer peer) {
        String namespace = rule.namespace();
        Direction direction = rule.rule().direction().opposite();
        return peer.asPods().filter(pods -> pods.namespaces().contains(namespace)).stream()
                .filter(pods -> isEnforcedOtherwise(namespace, direction))
                .flatMap(pods -> closing(
                        namespace,
                        direction,
                        pods.selection().selector(),
                        item -> means(item, namespace, namespace, rule.subjectSelection()),
                        pods.ports()));
    }

    /** Where nothing is enforced yet, what is told is what would be if it were. */
    private boolean isEnforcedOtherwise(String namespace, Direction direction) {
        return !inputs.enforced(namespace).isEmpty()
                && !inputs.enforced(namespace).contains(direction);
    }

    private boolean isPossibleElsewhere(ResolvedRule rule, ResolvedPeer.Pods peer) {
        Direction direction = rule.rule().direction().opposite();
        // Which pods are meant is known to everybody where every cluster has them.
        LabelSelector asked =
                peer.consents() ? LabelSelector.everything() : peer.selection().selector();
        return peer.namespaces().stream()
                .filter(namespace -> !namespace.equals(rule.namespace()))
                .filter(namespace -> !consent.isDemanded(rule.namespace(), namespace, direction))
                .anyMatch(namespace -> closing(
                                namespace,
                                direction,
                                asked,
                                item -> means(item, namespace, rule.namespace(), rule.subjectSelection()),
                                peer.ports())
                        .findAny()
                        .isPresent());
    }

    /**
     * The policies that may isolate some of the pods, unless all that is asked for is certainly admitted.
     *
     * @param meansOtherEnd whether an item of a policy certainly means all of the other end
     */
    private Stream<NetworkPolicy> closing(
            String home, Direction direction, LabelSelector pods, Predicate<PolicyPeer> meansOtherEnd, Ports ports) {
        ImmutableList<NetworkPolicy> isolating = inputs.policiesByOthers(home).stream()
                .filter(policy -> mayIsolate(policy, direction, pods))
                .collect(ImmutableList.toImmutableList());
        Ports admitted = isolating.stream()
                .filter(policy -> pods.implies(policy.subject()))
                .flatMap(policy -> policy.rules(direction).stream())
                .filter(rule -> admits(rule, meansOtherEnd))
                .map(PolicyRule::ports)
                .reduce(Ports.none(), Ports::union);
        return covers(admitted, ports) ? Stream.empty() : isolating.stream();
    }

    private static boolean mayIsolate(NetworkPolicy policy, Direction direction, LabelSelector pods) {
        return Marker.isUnreadable(policy.annotations())
                || (policy.directions().contains(direction)
                        && !policy.subject().evidentlyExcludes(pods)
                        && !policy.subject().and(pods).isImpossible());
    }

    private static boolean admits(PolicyRule rule, Predicate<PolicyPeer> meansOtherEnd) {
        return rule.peers().map(items -> items.stream().anyMatch(meansOtherEnd)).orElse(true);
    }

    /** A name is covered by itself, and by all numbers. */
    private static boolean covers(Ports admitted, Ports asked) {
        boolean everything = admitted.numbers().containsAll(PortSet.all());
        return everything || asked.difference(admitted).isEmpty();
    }

    private boolean means(PolicyPeer item, String home, String namespace, Selection selection) {
        return item.fold(
                pods -> pods.namespaces()
                                .map(namespaces -> namespaces.matches(inputs.labels(namespace)))
                                .orElse(namespace.equals(home))
                        && selection.selector().implies(pods.pods()),
                addresses -> false);
    }

    private static boolean means(PolicyPeer item, IpBlock block) {
        return item.fold(
                pods -> false,
                addresses -> addresses.block().equals(block)
                        || (addresses.block().except().isEmpty()
                                && addresses.block().cidr().contains(block.cidr())));
    }
}
