package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.World;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Policies, and the pods that they are about, in few words. Objects are named as in {@code namespace/name}. */
final class Policies {

    static final Ports HTTP = Ports.port(Protocol.TCP, 80);
    static final Ports HTTPS = Ports.port(Protocol.TCP, 443);
    static final LabelSelector EVERYTHING = LabelSelector.everything();
    static final PolicyRule WEB = rule(HTTP, here(app("web")));
    static final PolicyRule DB = rule(HTTP, here(app("db")));

    private Policies() {}

    static NetworkPolicy.Key key(String name) {
        int slash = name.indexOf('/');
        return new NetworkPolicy.Key(name.substring(0, slash), name.substring(slash + 1));
    }

    /** One of ours that governs who may reach the pods. */
    static NetworkPolicy ingress(String name, LabelSelector subject, PolicyRule... rules) {
        return policy(
                name,
                Marker.Role.ALLOW,
                subject,
                ImmutableSet.of(Direction.INGRESS),
                ImmutableList.copyOf(rules),
                ImmutableList.of());
    }

    /** One of ours that governs whom the pods may reach. */
    static NetworkPolicy egress(String name, LabelSelector subject, PolicyRule... rules) {
        return policy(
                name,
                Marker.Role.ALLOW,
                subject,
                ImmutableSet.of(Direction.EGRESS),
                ImmutableList.of(),
                ImmutableList.copyOf(rules));
    }

    /** Who may reach the shop's carts. */
    static NetworkPolicy cart(String name, PolicyRule... rules) {
        return ingress("shop/" + name, app("cart"), rules);
    }

    /** Who may reach the shop's web pods. */
    static NetworkPolicy web(String name, PolicyRule... rules) {
        return ingress("shop/" + name, app("web"), rules);
    }

    static NetworkPolicy baseline(String name, Direction... directions) {
        return policy(
                name,
                Marker.Role.BASELINE,
                EVERYTHING,
                ImmutableSet.copyOf(directions),
                ImmutableList.of(),
                ImmutableList.of());
    }

    private static NetworkPolicy policy(
            String name,
            Marker.Role role,
            LabelSelector subject,
            ImmutableSet<Direction> directions,
            ImmutableList<PolicyRule> ingress,
            ImmutableList<PolicyRule> egress) {
        return new NetworkPolicy(
                key(name), Marker.labels(role), ImmutableSortedMap.of(), subject, directions, ingress, egress);
    }

    static Transition transition(World world, List<NetworkPolicy> before, List<NetworkPolicy> after) {
        return Transition.of(
                world, before, byKey(after), Adoption.of(before, byKey(after), /* offered= */ ImmutableSet.of()));
    }

    /** The same, written by somebody else. */
    static NetworkPolicy byOthers(NetworkPolicy policy) {
        return new NetworkPolicy(
                policy.key(),
                ImmutableSortedMap.of("team", "shop"),
                policy.annotations(),
                policy.subject(),
                policy.directions(),
                policy.ingress(),
                policy.egress());
    }

    /** What stands in place of a policy by others that cannot be read. */
    static NetworkPolicy unreadable(String name) {
        return new NetworkPolicy(
                key(name),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(Marker.UNREADABLE, "true"),
                EVERYTHING,
                ImmutableSet.of(),
                ImmutableList.of(),
                ImmutableList.of());
    }

    /** One of ours, with another word for what it is for. */
    static NetworkPolicy withRole(NetworkPolicy policy, String role) {
        return new NetworkPolicy(
                policy.key(),
                ImmutableSortedMap.of(Marker.MANAGED_BY, Marker.BULKHEAD, Marker.ROLE, role),
                policy.annotations(),
                policy.subject(),
                policy.directions(),
                policy.ingress(),
                policy.egress());
    }

    /** The baseline while it allows everything in some of its directions. */
    static NetworkPolicy open(NetworkPolicy baseline, LabelSelector subject, Direction... opened) {
        ImmutableSet<Direction> directions = ImmutableSet.copyOf(opened);
        return baseline.withRules(
                subject,
                baseline.directions(),
                directions.contains(Direction.INGRESS) ? ImmutableList.of(PolicyRule.everything()) : baseline.ingress(),
                directions.contains(Direction.EGRESS) ? ImmutableList.of(PolicyRule.everything()) : baseline.egress());
    }

    static LabelSelector app(String name) {
        return LabelSelector.label("app", name);
    }

    static PolicyRule rule(Ports ports, PolicyPeer... peers) {
        return new PolicyRule(Optional.of(ImmutableList.copyOf(peers)), ports);
    }

    static PolicyRule anybody(Ports ports) {
        return new PolicyRule(Optional.empty(), ports);
    }

    /** Pods of the policy's own namespace. */
    static PolicyPeer here(LabelSelector pods) {
        return new PolicyPeer.Pods(Optional.empty(), pods);
    }

    static PolicyPeer in(String namespace, LabelSelector pods) {
        return new PolicyPeer.Pods(Optional.of(LabelSelector.label(Namespace.NAME_LABEL, namespace)), pods);
    }

    static PolicyPeer everyPod() {
        return new PolicyPeer.Pods(Optional.of(EVERYTHING), EVERYTHING);
    }

    static PolicyPeer range(String cidr, String... except) {
        return new PolicyPeer.Addresses(block(cidr, except));
    }

    static IpBlock block(String cidr, String... except) {
        return IpBlock.of(Cidr.parse(cidr), Stream.of(except).map(Cidr::parse).toList());
    }

    static ContainerPort port(String name, int number) {
        return new ContainerPort(name, Protocol.TCP, number);
    }

    static PodClass pod(String app, ContainerPort... ports) {
        return new PodClass(
                ImmutableSortedMap.of("app", app),
                "default",
                ImmutableSortedSet.copyOf(ports),
                /* hostNetwork= */ false);
    }

    static PodClass onHostNetwork(PodClass pod) {
        return new PodClass(pod.labels(), pod.serviceAccount(), pod.ports(), /* hostNetwork= */ true);
    }

    static Namespace namespace(String name, PodClass... pods) {
        return new Namespace(
                name,
                ImmutableSortedMap.of(Namespace.NAME_LABEL, name),
                false,
                ImmutableMap.of(),
                ImmutableMap.of(),
                ImmutableSet.copyOf(pods));
    }

    /** The same with a workload that has no pods yet. */
    static Namespace withDeployment(Namespace namespace, PodClass template) {
        Workload.Key key = new Workload.Key("Deployment", "cart");
        return new Namespace(
                namespace.name(),
                namespace.labels(),
                namespace.terminating(),
                namespace.services(),
                ImmutableMap.of(key, new Workload(key, LabelSelector.labels(template.labels()), template)),
                namespace.pods());
    }

    static World world(Namespace... namespaces) {
        return World.withoutAddresses(
                ImmutableSortedMap.copyOf(Maps.uniqueIndex(List.of(namespaces), Namespace::name)),
                ClusterFacts.unknown(/* identityInForce= */ true));
    }

    static PolicyChange change(NetworkPolicy before, NetworkPolicy after) {
        return new PolicyChange(before.key(), Optional.of(before), Optional.of(after));
    }

    static PolicyChange coming(NetworkPolicy policy) {
        return new PolicyChange(policy.key(), Optional.empty(), Optional.of(policy));
    }

    static PolicyChange going(NetworkPolicy policy) {
        return new PolicyChange(policy.key(), Optional.of(policy), Optional.empty());
    }

    static ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> byKey(Collection<NetworkPolicy> policies) {
        return ImmutableSortedMap.copyOf(Maps.uniqueIndex(policies, NetworkPolicy::key));
    }

    /** Without conflicts, offers and caveats. */
    static Plan plan(int withdrawals, Write... writes) {
        return new Plan(
                ImmutableList.copyOf(writes),
                withdrawals,
                ImmutableSortedSet.of(),
                ImmutableSortedMap.of(),
                ImmutableList.of());
    }

    static Write creation(NetworkPolicy policy) {
        return new Write.Create(policy);
    }

    static Write update(NetworkPolicy policy) {
        return new Write.Update(policy);
    }

    static Write deletion(NetworkPolicy policy) {
        return new Write.Delete(policy.key());
    }
}
