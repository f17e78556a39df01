package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.core.compile.DeclaredRules;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import java.util.HashMap;
import java.util.Map;

/** What the other end of a rule declares towards it. For one thread. */
final class OtherEnds {

    private final DeclaredRules rules;
    private final ImmutableSetMultimap<String, PodClass> running;
    private final Map<String, ImmutableList<DeclaredRules.Declared>> declared = new HashMap<>();

    OtherEnds(Snapshot snapshot) {
        this.rules = new DeclaredRules(snapshot.world(), snapshot.declarations(), snapshot.enrolment());
        this.running = snapshot.topology()
                .pods()
                .collect(ImmutableSetMultimap.toImmutableSetMultimap(Pod::namespace, Pod::traits));
    }

    private ImmutableList<DeclaredRules.Declared> in(String namespace) {
        return declared.computeIfAbsent(namespace, rules::in);
    }

    /** The ports of rules at the other end that mean the same two workloads; none where nothing is declared there. */
    Ports declared(DeclaredIntent.Key intent, Rule rule) {
        Ports ports = Ports.none();
        for (DeclaredRules.Declared mine : own(intent, rule)) {
            DeclaredRules.Pods peer = mine.peer().orElseThrow();
            for (String namespace : peer.namespaces()) {
                ports = ports.union(declared(namespace, peer.selector(), intent.namespace(), mine));
            }
        }
        return ports;
    }

    /** The rule with the pods that it means; none where its peer is no pods, or none that are known. */
    ImmutableList<DeclaredRules.Declared> own(DeclaredIntent.Key intent, Rule rule) {
        return in(intent.namespace()).stream()
                .filter(mine -> mine.intent().equals(intent)
                        && mine.rule().equals(rule)
                        && mine.peer().isPresent())
                .collect(ImmutableList.toImmutableList());
    }

    /** Whether they mean the same, or some pod there in common. */
    private boolean meet(String namespace, LabelSelector one, LabelSelector other) {
        return one.equals(other)
                || running.get(namespace).stream()
                        .anyMatch(pod -> one.matches(pod.labels()) && other.matches(pod.labels()));
    }

    private Ports declared(String namespace, LabelSelector subject, String from, DeclaredRules.Declared mine) {
        return in(namespace).stream()
                .filter(theirs -> theirs.rule().direction() != mine.rule().direction())
                .filter(theirs -> meet(namespace, theirs.subject(), subject))
                .filter(theirs -> theirs.peer()
                        .filter(peer -> peer.namespaces().contains(from) && meet(from, peer.selector(), mine.subject()))
                        .isPresent())
                .map(theirs -> theirs.rule().ports())
                .reduce(Ports.none(), Ports::union);
    }
}
