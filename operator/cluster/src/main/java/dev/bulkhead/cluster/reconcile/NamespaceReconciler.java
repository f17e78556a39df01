package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.apply.NamespaceEndingException;
import dev.bulkhead.cluster.apply.StaleViewException;
import dev.bulkhead.cluster.inventory.Declared;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.Snapshot;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.metrics.Work;
import dev.bulkhead.cluster.status.IntentFindings;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.plan.Plan;
import dev.bulkhead.core.plan.Planner;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one namespace from what it holds to what it should hold. */
final class NamespaceReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceReconciler.class);
    /** How often a plan is made anew at once because its view was stale; after that with growing delay. */
    private static final int FRESH_VIEWS = 4;

    private static final String RETURNING =
            "the definition of guardrails has come back just now, and those that it had may take a while to follow";

    private static final Duration GIVING_WAY = Duration.ofMillis(20);
    /** Lets others have the thread. */
    private static final Duration NEXT_INSTALMENT = Duration.ofMillis(1);
    /** Longer than a watch lags behind, as a rule. */
    private static final Duration NEXT_READ = Duration.ofMillis(200);

    private final Inventory inventory;
    private final Instalments instalments;
    private final Reporters reporters;
    private final ShrinkBrake brake;
    private final PendingWithdrawals pending;
    private final GivingWay givingWay;
    private final Drift drift;
    private final Fights fights;
    private final Offers offers;
    private final Pace pace;
    private final Progress progress;
    private final Work work;
    private final Holds holds;
    private final Clock clock;
    private final Compiler compiler = new Compiler();
    private final Planner planner = new Planner();

    NamespaceReconciler(
            Inventory inventory,
            Instalments instalments,
            Reporters reporters,
            ShrinkBrake brake,
            PendingWithdrawals pending,
            GivingWay givingWay,
            Drift drift,
            Fights fights,
            Offers offers,
            Pace pace,
            Progress progress,
            Work work,
            Holds holds,
            Clock clock) {
        this.inventory = inventory;
        this.instalments = instalments;
        this.reporters = reporters;
        this.brake = brake;
        this.pending = pending;
        this.givingWay = givingWay;
        this.drift = drift;
        this.fights = fights;
        this.offers = offers;
        this.pace = pace;
        this.progress = progress;
        this.work = work;
        this.holds = holds;
        this.clock = clock;
    }

    /** @return when it should be called again, if soon */
    Optional<Duration> reconcile(String namespace) {
        Optional<Duration> rest = pending.isExpected(namespace) ? Optional.empty() : pace.rest(namespace);
        if (rest.isPresent()) {
            return rest;
        }
        progress.begin(namespace);
        try {
            return current(namespace);
        } finally {
            progress.end(namespace);
        }
    }

    /** @return when it should be called again, if soon */
    private Optional<Duration> current(String namespace) {
        for (int view = 1; ; view++) {
            try {
                return pass(namespace);
            } catch (StaleViewException e) {
                if (view == FRESH_VIEWS) {
                    throw e;
                }
                LOG.atDebug()
                        .addKeyValue(LogKey.NAMESPACE, namespace)
                        .addKeyValue(LogKey.ERROR, Errors.brief(e))
                        .log("Planned anew");
            } catch (NamespaceEndingException e) {
                work.gone(namespace);
                LOG.atDebug().addKeyValue(LogKey.NAMESPACE, namespace).log("Namespace about to go");
                return Optional.empty();
            } catch (DisagreementException e) {
                work.held(namespace);
                holds.doubted(namespace, e.getMessage());
                return Optional.of(NEXT_READ);
            }
        }
    }

    private void repaired(NetworkPolicy.Key key, String by) {
        fights.repaired(key, by);
        reporters.policies().repaired(key, by);
    }

    /** @return when it should be called again, if soon */
    private Optional<Duration> pass(String namespace) {
        long wake = pending.latestWake(namespace);
        long begin = pace.begin();
        work.begun(namespace);
        Snapshot snapshot = inventory.snapshotFor(namespace);
        boolean alive = snapshot.world()
                .namespace(namespace)
                .filter(known -> !known.terminating())
                .isPresent();
        if (!alive) {
            inventory.compiled(namespace, Optional.empty());
            pending.settle(namespace, wake);
            work.gone(namespace);
            reporters.segments().taken(namespace, ImmutableSortedSet.of());
            return Optional.empty();
        }
        Compilation compilation = compiled(snapshot, namespace);
        Optional<String> held = compilation.held().or(() -> UnknownMeanings.held(snapshot, namespace));
        if (held.isPresent()) {
            pending.settle(namespace, wake);
            work.settled(namespace);
            holds.held(namespace, Holds.Held.NAMESPACE, held.get());
            report(snapshot, compilation, held, ImmutableSortedSet.of(), Set.of());
            return Optional.empty();
        }
        ImmutableSortedMap<String, LivePolicy> live = snapshot.policies(namespace);
        Optional<Duration> returning = UnknownMeanings.returning(inventory, live, clock.instant());
        Optional<String> closed = UnknownMeanings.closed(snapshot).or(() -> returning.map(left -> RETURNING));
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired =
                UnknownMeanings.kept(snapshot, namespace, compilation.policies());
        Plan plan = planner.plan(
                snapshot.world(),
                live.values().stream().map(LivePolicy::forPlanning).toList(),
                fights.postponed(desired, live),
                offers.open(live));
        pace.computed(namespace, begin);
        Plan due = closed.isPresent() ? plan.withoutGrowth() : plan;
        Optional<ImmutableList<Write>> left = carriedOut(namespace, snapshot, due, wake);
        if (left.isEmpty()) {
            return Optional.of(GIVING_WAY);
        }
        reporters.segments().fought(fights.current());
        if (left.get().isEmpty()) {
            drift.settle(namespace);
            work.settled(namespace);
            if (due.writes().size() < plan.writes().size()) {
                holds.held(namespace, Holds.Held.GROWTH, closed.orElse(RETURNING));
            } else {
                holds.free(namespace);
            }
            offers.settle(namespace, due, live, desired);
            report(snapshot, compilation, closed, plan.conflicts(), Set.of());
            return returning.or(() -> fights.nextTurn(desired));
        }
        if (left.get().get(0) instanceof Write.Create) {
            report(snapshot, compilation, closed, plan.conflicts(), keys(left.get()));
        }
        return Optional.of(NEXT_INSTALMENT);
    }

    private Compilation compiled(Snapshot snapshot, String namespace) {
        Optional<Dependencies> dependencies = Optional.empty();
        try {
            Compilation compilation =
                    compiler.compile(snapshot.world(), snapshot.declarations(), snapshot.enrolment(), namespace);
            dependencies = Optional.of(compilation.dependencies());
            return compilation;
        } finally {
            inventory.compiled(namespace, dependencies);
        }
    }

    private static Set<NetworkPolicy.Key> keys(List<Write> writes) {
        return writes.stream().map(Write::key).collect(Collectors.toSet());
    }

    /** @return the writes that are left for the next pass; absent if growth gives way for now */
    private Optional<ImmutableList<Write>> carriedOut(String namespace, Snapshot snapshot, Plan plan, long wake) {
        List<Write> written = new ArrayList<>();
        try {
            brake.check(snapshot, namespace, plan);
            boolean givesWay = carryOut(namespace, snapshot, plan, wake, written);
            return givesWay
                    ? Optional.empty()
                    : Optional.of(
                            plan.writes().subList(written.size(), plan.writes().size()));
        } finally {
            brake.done(snapshot, namespace, written);
            tell(namespace, plan, written);
        }
    }

    /** @return whether growth gives way for now */
    private boolean carryOut(String namespace, Snapshot snapshot, Plan plan, long wake, List<Write> written) {
        long end = instalments.end();
        ImmutableList<Write> withdrawals = plan.writes().subList(0, plan.withdrawals());
        Instalments.Carried withdrawn =
                instalments.carryOut(withdrawals, snapshot.policies(namespace), end, written::add);
        if (!withdrawn.left().isEmpty()) {
            return false;
        }
        pending.settle(namespace, wake);
        ImmutableList<Write> growth =
                plan.writes().subList(plan.withdrawals(), plan.writes().size());
        if (givingWay.isDue(namespace, growth)) {
            return true;
        }
        instalments.carryOut(growth, withdrawn.live(), end, written::add);
        return false;
    }

    /** Also of a plan that failed half way. */
    private void tell(String namespace, Plan plan, List<Write> written) {
        if (written.isEmpty()) {
            return;
        }
        drift.written(written, this::repaired);
        offers.written(written);
        work.wrote(namespace);
        reporters.audit().touch();
        plan.caveats()
                .forEach(caveat -> LOG.atWarn()
                        .addKeyValue(LogKey.NAMESPACE, namespace)
                        .addKeyValue(LogKey.NOTE, caveat)
                        .log("Order not kept"));
    }

    /** @param missing policies that are not there yet: of the intents that need them nothing is said */
    private void report(
            Snapshot snapshot,
            Compilation compilation,
            Optional<String> held,
            ImmutableSortedSet<NetworkPolicy.Key> conflicts,
            Set<NetworkPolicy.Key> missing) {
        Declared declared = snapshot.declared(compilation.namespace());
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
                        reporters.intents().reject(new AccessIntent.Key(compilation.namespace(), name), rejection));
    }

    /** Whether what nobody of the namespace can do without has a name that is taken. */
    private static boolean isOfEverybody(Compilation compilation, NetworkPolicy.Key key) {
        return Optional.ofNullable(compilation.policies().get(key))
                .filter(policy ->
                        !Marker.Role.ALLOW.label().equals(policy.labels().get(Marker.ROLE)))
                .isPresent();
    }
}
