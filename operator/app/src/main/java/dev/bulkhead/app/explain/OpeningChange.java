package dev.bulkhead.app.explain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.app.snapshot.End;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.reach.AbandonedException;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.WorkloadName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for the fewest intents that open a connection, by trying them: what is proposed has been seen to work. */
record OpeningChange(Snapshot snapshot, Enrolment enrolment, PluginSemantics reading) {

    private static final Set<String> OWNERS = Set.of("Deployment", "StatefulSet", "DaemonSet");
    private static final String DEFAULT_SERVICE_ACCOUNT = "default";
    /** Labels that change with every rollout, or with every pod. */
    private static final Set<String> VOLATILE = Set.of(
            "pod-template-hash",
            "controller-revision-hash",
            "pod-template-generation",
            "statefulset.kubernetes.io/pod-name",
            "apps.kubernetes.io/pod-index",
            "batch.kubernetes.io/controller-uid",
            "controller-uid");

    private static final int LONGEST_NAME = 63;

    Optional<ImmutableList<DeclaredIntent>> find(End source, End destination, Protocol protocol, int port) {
        if (namespaces(source, destination).stream().noneMatch(this::isEnforced)) {
            return Optional.empty();
        }
        Optional<DeclaredIntent> egress = egress(source, destination, protocol, port);
        Optional<DeclaredIntent> ingress = ingress(source, destination, protocol, port);
        ImmutableList.Builder<ImmutableList<DeclaredIntent>> candidates = ImmutableList.builder();
        egress.ifPresent(one -> candidates.add(ImmutableList.of(one)));
        ingress.ifPresent(one -> candidates.add(ImmutableList.of(one)));
        if (egress.isPresent() && ingress.isPresent()) {
            candidates.add(ImmutableList.of(egress.get(), ingress.get()));
        }
        return candidates.build().stream()
                .filter(intents -> opens(intents, source, destination, protocol, port))
                .findFirst();
    }

    /** The limit that stands in the way, whatever is declared. */
    Optional<String> prohibition(End source, End destination, Protocol protocol, int port) {
        List<DeclaredIntent> intents = Stream.of(
                        egress(source, destination, protocol, port), ingress(source, destination, protocol, port))
                .flatMap(Optional::stream)
                .toList();
        Set<DeclaredIntent.Key> keys = intents.stream().map(DeclaredIntent::key).collect(Collectors.toSet());
        return snapshot.with(intents).compile(namespaces(source, destination)).values().stream()
                .flatMap(compilation -> compilation.intents().entrySet().stream())
                .filter(outcome -> keys.contains(outcome.getKey()))
                .flatMap(outcome -> outcome.getValue().rules().stream())
                .filter(rule -> rule.state() == RuleOutcome.State.FORBIDDEN)
                .map(RuleOutcome::message)
                .findFirst();
    }

    private Optional<DeclaredIntent> egress(End source, End destination, Protocol protocol, int port) {
        return intent(Direction.EGRESS, source, destination, protocol, port);
    }

    private Optional<DeclaredIntent> ingress(End source, End destination, Protocol protocol, int port) {
        return intent(Direction.INGRESS, destination, source, protocol, port);
    }

    private boolean opens(List<DeclaredIntent> intents, End source, End destination, Protocol protocol, int port) {
        Evaluator evaluator = Evaluator.of(
                snapshot.topology().namespaces(),
                snapshot.with(intents).reconciled(namespaces(source, destination)),
                reading);
        for (Optional<Pod> from : ends(source)) {
            for (Optional<Pod> to : ends(destination)) {
                AbandonedException.check();
                if (!evaluator
                        .verdict(End.endpoint(from, source), End.endpoint(to, destination), protocol, port)
                        .allowed()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Only policies in these have a say. */
    private static ImmutableSet<String> namespaces(End source, End destination) {
        return Stream.of(source, destination)
                .flatMap(end -> end.workload().map(WorkloadName::namespace).stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    private boolean isEnforced(String namespace) {
        return !enrolment.enforced(namespace).isEmpty();
    }

    /** A pod for each kind; few, since addresses set aside there are few kinds in a workload. */
    private static List<Optional<Pod>> ends(End end) {
        if (end.pods().isEmpty()) {
            return List.of(Optional.empty());
        }
        Map<Object, Pod> kinds = new HashMap<>();
        end.pods().forEach(pod -> kinds.putIfAbsent(pod.traits(), pod));
        return kinds.values().stream().map(Optional::of).toList();
    }

    private Optional<DeclaredIntent> intent(Direction direction, End self, End other, Protocol protocol, int port) {
        Optional<WorkloadName> workload = self.workload();
        if (workload.isEmpty()) {
            return Optional.empty();
        }
        Peer peer = other.fold(
                there -> new Peer.OfWorkload(there.name().namespace(), reference(other)),
                one -> new Peer.OfWorkload(one.pod().namespace(), reference(other)),
                outside -> new Peer.OfNetwork(IpBlock.of(Cidr.of(outside.address()), List.of())));
        Rule rule = new Rule(direction, 0, peer, Ports.port(protocol, port), "");
        return Optional.of(new DeclaredIntent(
                new DeclaredIntent.Key(workload.get().namespace(), name(direction, workload.get(), other)),
                reference(self),
                ImmutableList.of(rule)));
    }

    private String name(Direction direction, WorkloadName self, End other) {
        String theirs = other.workload().map(WorkloadName::name).orElse("outside");
        String name = (self.name() + (direction == Direction.EGRESS ? "-to-" : "-from-") + theirs)
                .replaceAll("[^a-z0-9-]", "-");
        String cut =
                name.substring(0, Math.min(name.length(), LONGEST_NAME - 2)).replaceAll("-+$", "");
        boolean taken = snapshot.declarations().of(self.namespace()).intents().containsKey(cut);
        return taken ? cut + "-2" : cut;
    }

    /** By service account where one is vouched for and means something, else by the owner, else by labels. */
    private WorkloadSelector reference(End end) {
        Pod pod = end.pods().get(0);
        String account = pod.traits().serviceAccount();
        boolean vouched = snapshot.world().facts().identityInForce()
                && !account.isEmpty()
                && !account.equals(DEFAULT_SERVICE_ACCOUNT);
        if (vouched) {
            return new WorkloadSelector.ServiceAccount(account);
        }
        WorkloadName workload = pod.workload();
        if (OWNERS.contains(workload.kind())) {
            return new WorkloadSelector.Owner(new Workload.Key(workload.kind(), workload.name()));
        }
        LabelSelector labels = LabelSelector.everything();
        for (Map.Entry<String, String> label : pod.traits().labels().entrySet()) {
            if (!VOLATILE.contains(label.getKey()) && !label.getKey().startsWith("bulkhead.dev/")) {
                labels = labels.and(LabelSelector.label(label.getKey(), label.getValue()));
            }
        }
        return labels.isEverything() ? new WorkloadSelector.All() : new WorkloadSelector.Labels(labels);
    }
}
