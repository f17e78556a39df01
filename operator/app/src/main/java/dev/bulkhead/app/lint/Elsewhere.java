package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.core.compile.DeclaredRules;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Requirement;
import java.util.HashMap;
import java.util.Map;

/** What is decided by parts of the cluster that files of one team do not hold. For one thread. */
final class Elsewhere {

    private final Snapshot snapshot;
    private final DeclaredRules rules;
    private final Map<String, ImmutableList<DeclaredRules.Declared>> declared = new HashMap<>();

    Elsewhere(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.rules = new DeclaredRules(snapshot.world(), snapshot.declarations(), snapshot.enrolment());
    }

    /** Whether the rule is unresolved for the sole reason that a well-known peer is not in the files. */
    boolean decides(DeclaredIntent.Key intent, RuleOutcome state) {
        return state.state() == RuleOutcome.State.UNRESOLVED
                && state.rule().peer().wellKnown().filter(this::isElsewhere).isPresent()
                && declared.computeIfAbsent(intent.namespace(), rules::in).stream()
                        .anyMatch(mine ->
                                mine.intent().equals(intent) && mine.rule().equals(state.rule()));
    }

    /** Files with Nodes are those of a whole cluster. */
    private boolean isElsewhere(WellKnown peer) {
        boolean namesController = peer == WellKnown.INGRESS_CONTROLLER
                && !snapshot.world().facts().ingressControllers().isEmpty();
        return !snapshot.manifests().isEmpty()
                && snapshot.world().facts().nodes().isEmpty()
                && !namesController
                && snapshot.declarations().wellKnown().equals(WellKnownPlaces.nothing());
    }

    /** Whether the selector names namespaces by their names, and none of them is in the files. */
    static boolean selects(Snapshot snapshot, LabelSelector namespaces) {
        Requirement name = namespaces.requirements().get(Namespace.NAME_LABEL);
        return !snapshot.manifests().isEmpty()
                && name != null
                && !name.complement()
                && !name.absent()
                && name.values().stream().noneMatch(snapshot.topology().namespaces()::containsKey);
    }
}
