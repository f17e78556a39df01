package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.NamespaceDeclarations;
import dev.bulkhead.cluster.metrics.ReconcileWork;
import dev.bulkhead.cluster.status.IntentFindings;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells people what became of a pass: on the objects, in the log and in the metrics. */
final class PassReporter {

    private final Reporters reporters;
    private final ConflictBackoff fights;
    private final HoldLog log;
    private final ReconcileWork work;

    PassReporter(Reporters reporters, ConflictBackoff fights, HoldLog log, ReconcileWork work) {
        this.reporters = reporters;
        this.fights = fights;
        this.log = log;
        this.work = work;
    }

    /** Nothing was written, nor will be before something changes. */
    void stopped(ProposedWrites proposal, Hold hold) {
        String namespace = proposal.namespace();
        if (hold.scope() == Hold.Scope.NAMESPACE) {
            work.settled(namespace);
            log.held(namespace, hold);
        } else {
            work.held(namespace);
            if (!hold.shown()) {
                return;
            }
            log.held(namespace, hold);
        }
        reporters.segments().held(namespace, Optional.of(described(hold)));
        report(proposal, Optional.of(hold.sentence()), ImmutableSortedSet.of(), Set.of());
        reportWithdrawn(proposal, Optional.of(hold.sentence()));
    }

    /** Everything that may be written was. */
    void settled(ProposedWrites proposal, List<Hold> holds) {
        String namespace = proposal.namespace();
        reporters.segments().fought(fights.current());
        List<Hold> shown = holds.stream().filter(Hold::shown).toList();
        if (shown.isEmpty() && !holds.isEmpty()) {
            return;
        }
        work.settled(namespace);
        Optional<Hold> opensNothing =
                shown.stream().filter(Hold::keepsAllFromOpening).findFirst();
        opensNothing.ifPresentOrElse(hold -> log.held(namespace, hold), () -> log.free(namespace));
        reporters
                .segments()
                .held(
                        namespace,
                        shown.isEmpty()
                                ? Optional.empty()
                                : Optional.of(shown.stream()
                                        .map(PassReporter::described)
                                        .collect(Collectors.joining("; "))));
        report(proposal, opensNothing.map(Hold::sentence), proposal.plan().conflicts(), Set.of());
        reportWithdrawn(proposal, Optional.empty());
    }

    /** Some writes wait for the next pass. */
    void cut(ProposedWrites proposal, List<Write> left) {
        reporters.segments().fought(fights.current());
        if (left.get(0).isCreation()) {
            Set<NetworkPolicy.Key> missing = left.stream().map(Write::key).collect(Collectors.toSet());
            report(proposal, Optional.empty(), proposal.plan().conflicts(), missing);
        }
    }

    /** Nothing can be written into a namespace that is not there, or that is being deleted. */
    void gone(String namespace) {
        work.gone(namespace);
        reporters.segments().taken(namespace, ImmutableSortedSet.of());
        reporters.segments().held(namespace, Optional.empty());
    }

    /** For those who may see all namespaces. */
    private static String described(Hold hold) {
        return hold.sentence() + (hold.elsewhere().isEmpty() ? "" : " (" + hold.elsewhere() + ")");
    }

    /** @param missing policies that are not there yet: of the intents that need them nothing is said */
    private void report(
            ProposedWrites proposal,
            Optional<String> held,
            ImmutableSortedSet<NetworkPolicy.Key> conflicts,
            Set<NetworkPolicy.Key> missing) {
        InventorySnapshot snapshot = proposal.snapshot();
        Compilation compilation = proposal.compilation();
        NamespaceDeclarations declared = snapshot.declared(compilation.namespace());
        ImmutableSortedSet<NetworkPolicy.Key> everybodys = conflicts.stream()
                .filter(key -> isOfEverybody(compilation, key))
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
        reporters.segments().taken(compilation.namespace(), everybodys);
        compilation.intents().forEach((key, outcome) -> {
            if (outcome.policies().stream().anyMatch(missing::contains)) {
                return;
            }
            ImmutableSortedSet<NetworkPolicy.Key> own = conflicts.stream()
                    .filter(name -> !everybodys.isEmpty() || outcome.policies().contains(name))
                    .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
            Optional.ofNullable(declared.revisions().get(key.name()))
                    .ifPresent(revision ->
                            reporters.intents().report(key, revision, new IntentFindings(outcome, held, own)));
        });
        declared.rejections()
                .forEach((name, rejection) ->
                        reporters.intents().reject(new DeclaredIntent.Key(compilation.namespace(), name), rejection));
    }

    /** @param held why what policies carry of them stays for now */
    private void reportWithdrawn(ProposedWrites proposal, Optional<String> held) {
        String namespace = proposal.namespace();
        proposal.snapshot()
                .declared(namespace)
                .withdrawn()
                .forEach((name, revision) ->
                        reporters.intents().withdraw(new DeclaredIntent.Key(namespace, name), revision, held));
    }

    /** Whether what nobody of the namespace can do without has a name that is taken. */
    private static boolean isOfEverybody(Compilation compilation, NetworkPolicy.Key key) {
        return Optional.ofNullable(compilation.policies().get(key))
                .filter(policy ->
                        !Marker.Role.ALLOW.label().equals(policy.labels().get(Marker.ROLE)))
                .isPresent();
    }
}
