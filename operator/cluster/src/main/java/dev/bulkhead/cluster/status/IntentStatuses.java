package dev.bulkhead.cluster.status;

import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.IdentityAssurance;
import dev.bulkhead.api.v1alpha1.RuleStatus;
import dev.bulkhead.cluster.inventory.LiveStatus;
import dev.bulkhead.cluster.inventory.Rejection;
import dev.bulkhead.core.compile.Assurance;
import dev.bulkhead.core.compile.IntentOutcome;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts what became of an intent into the words of its status. */
final class IntentStatuses {

    private static final int MAXIMUM_RULES = 128;
    private static final int MAXIMUM_POLICIES = 512;
    private static final int MAXIMUM_PEER = 1024;
    private static final int MAXIMUM_MESSAGE = 4096;

    /** Of rules in other states it is not looked for whether anything uses them. */
    private static final Set<dev.bulkhead.api.v1alpha1.RuleState> JUDGED = Set.of(
            dev.bulkhead.api.v1alpha1.RuleState.OPEN,
            dev.bulkhead.api.v1alpha1.RuleState.AWAITING_PEER,
            dev.bulkhead.api.v1alpha1.RuleState.OBSERVED);

    private final Clock clock;

    IntentStatuses(Clock clock) {
        this.clock = clock;
    }

    AccessIntentStatus status(DeclaredIntent.Key key, LiveStatus<AccessIntentStatus> live, IntentFindings findings) {
        long generation = live.revision().generation();
        Conditions conditions = conditions(live);
        IntentOutcome outcome = findings.outcome();
        long open = outcome.rules().stream()
                .filter(rule -> rule.state() == RuleOutcome.State.OPEN)
                .count();
        String summary = open + "/" + outcome.rules().size();
        Set<String> used = used(live);
        List<RuleStatus> rules = outcome.rules().stream()
                .limit(MAXIMUM_RULES)
                .map(rule -> rule(rule, used))
                .toList();
        return new AccessIntentStatus(
                generation,
                List.of(ready(conditions, findings), connected(conditions, outcome, rules, summary)),
                identity(outcome.workload()),
                rules,
                outcome.policies().stream()
                        .limit(MAXIMUM_POLICIES)
                        .map(policy -> name(key, policy))
                        .toList(),
                summary);
    }

    AccessIntentStatus rejected(LiveStatus<AccessIntentStatus> live, Rejection rejection) {
        String consequence = rejection.meaningKept()
                ? "What it said before stays in force."
                : "What policies already carry of it stays.";
        Condition ready = conditions(live)
                .condition(
                        Conditions.READY,
                        false,
                        "Invalid",
                        "This cannot be read: " + rejection.message() + ". " + consequence);
        Optional<AccessIntentStatus> before = live.status();
        return new AccessIntentStatus(
                live.revision().generation(),
                List.of(ready),
                null,
                List.of(),
                before.map(AccessIntentStatus::policies).orElse(List.of()),
                "");
    }

    /** @param held why what policies carry of it stays for now */
    AccessIntentStatus withdrawn(LiveStatus<AccessIntentStatus> live, Optional<String> held) {
        String consequence = held.map(
                        why -> "What policies carry of it is withdrawn as soon as that is possible: " + why)
                .orElse("What it declares is withdrawn; the object itself stays until its finalizers are removed.");
        Condition ready = conditions(live)
                .condition(Conditions.READY, false, "BeingDeleted", "This is being deleted. " + consequence);
        Optional<AccessIntentStatus> before = live.status();
        return new AccessIntentStatus(
                live.revision().generation(),
                List.of(ready),
                null,
                List.of(),
                held.flatMap(why -> before).map(AccessIntentStatus::policies).orElse(List.of()),
                "");
    }

    /** What else stands there was true once, and is what is known still. */
    AccessIntentStatus failing(LiveStatus<AccessIntentStatus> live, String message) {
        Condition ready = conditions(live)
                .condition(
                        Conditions.READY,
                        false,
                        Conditions.FAILING,
                        "Policies of this namespace cannot be written; it is tried again for ever: " + message);
        Optional<AccessIntentStatus> before = live.status();
        return new AccessIntentStatus(
                live.revision().generation(),
                Stream.concat(
                                Stream.of(ready),
                                before.map(AccessIntentStatus::conditions).orElse(List.of()).stream()
                                        .filter(condition -> !condition.type().equals(Conditions.READY)))
                        .toList(),
                before.map(AccessIntentStatus::identity).orElse(null),
                before.map(AccessIntentStatus::rules).orElse(List.of()),
                before.map(AccessIntentStatus::policies).orElse(List.of()),
                before.map(AccessIntentStatus::summary).orElse(""));
    }

    private Conditions conditions(LiveStatus<AccessIntentStatus> live) {
        List<Condition> before =
                live.status().map(AccessIntentStatus::conditions).orElse(List.of());
        return new Conditions(before, live.revision().generation(), clock);
    }

    private static Condition ready(Conditions conditions, IntentFindings findings) {
        if (findings.held().isPresent()) {
            return conditions.condition(
                    Conditions.READY, false, "Held", findings.held().get());
        }
        if (!findings.conflicts().isEmpty()) {
            String names = findings.conflicts().stream()
                    .map(NetworkPolicy.Key::toString)
                    .collect(Collectors.joining(", "));
            return conditions.condition(
                    Conditions.READY,
                    false,
                    Conditions.NAME_CONFLICT,
                    "A NetworkPolicy that is not Bulkhead's has a name that is needed: " + names
                            + ". Rename or delete it.");
        }
        int policies = findings.outcome().policies().size();
        return policies == 0
                ? conditions.condition(
                        Conditions.READY, true, "NothingToWrite", "No policy is needed, or due, for this.")
                : conditions.condition(
                        Conditions.READY,
                        true,
                        "Written",
                        "In force in " + policies + (policies == 1 ? " policy." : " policies."));
    }

    /**
     * The rules that something matched since this version of the intent was applied. They are not called idle any more: what
     * runs now and then, as the pods of a CronJob do, would make the status change each time.
     */
    private static Set<String> used(LiveStatus<AccessIntentStatus> live) {
        return live
                .status()
                .filter(before -> isOf(before, live.revision().generation()))
                .map(AccessIntentStatus::rules)
                .orElse(List.of())
                .stream()
                .filter(rule -> JUDGED.contains(rule.state()) && rule.idle() == null)
                .map(RuleStatus::rule)
                .collect(Collectors.toSet());
    }

    /** Whether its rules are those of that generation: while passes fail, those of an earlier one stay. */
    private static boolean isOf(AccessIntentStatus status, long generation) {
        return status.conditions().stream()
                .anyMatch(condition -> condition.type().equals(Conditions.CONNECTED)
                        && Objects.equals(condition.observedGeneration(), generation));
    }

    private static Condition connected(
            Conditions conditions, IntentOutcome outcome, List<RuleStatus> rules, String summary) {
        List<RuleOutcome> waiting = outcome.rules().stream()
                .filter(rule -> rule.state() != RuleOutcome.State.OPEN)
                .toList();
        if (waiting.isEmpty()) {
            return open(conditions, outcome, rules);
        }
        String others = waiting.stream()
                .map(rule -> rule.rule().place() + " " + rule.state().label())
                .collect(Collectors.joining(", "));
        return conditions.condition(
                Conditions.CONNECTED,
                false,
                waiting.get(0).state().label(),
                summary + " rules are open; the others: " + others + ".");
    }

    private static Condition open(Conditions conditions, IntentOutcome outcome, List<RuleStatus> rules) {
        String doubtful = outcome.rules().stream()
                .filter(RuleOutcome::doubtful)
                .map(rule -> rule.rule().place())
                .collect(Collectors.joining(", "));
        if (!doubtful.isEmpty()) {
            return conditions.condition(
                    Conditions.CONNECTED,
                    true,
                    "MayBeClosedByOthers",
                    "All rules are open as far as Bulkhead decides; policies by others may close " + doubtful + ".");
        }
        String idle = rules.stream()
                .filter(rule -> rule.idle() != null)
                .map(RuleStatus::rule)
                .collect(Collectors.joining(", "));
        return idle.isEmpty()
                ? conditions.condition(Conditions.CONNECTED, true, "AllOpen", "All rules are open.")
                : conditions.condition(
                        Conditions.CONNECTED,
                        true,
                        "Idle",
                        "All rules are open, but nothing has used " + idle + " yet; the rules say why.");
    }

    /** @param used the rules that are not called idle any more */
    private static RuleStatus rule(RuleOutcome state, Set<String> used) {
        return new RuleStatus(
                state.rule().place(),
                Conditions.shortened(state.rule().peer().toString(), MAXIMUM_PEER),
                dev.bulkhead.api.v1alpha1.RuleState.valueOf(state.state().name()),
                Conditions.shortened(state.message(), MAXIMUM_MESSAGE),
                state.idle()
                        .filter(idle -> !used.contains(state.rule().place()))
                        .map(idle -> Conditions.shortened(idle.message(), MAXIMUM_MESSAGE))
                        .orElse(null),
                state.peer().map(IntentStatuses::identity).orElse(null));
    }

    private static IdentityAssurance identity(Assurance assurance) {
        return switch (assurance) {
            case VERIFIED -> IdentityAssurance.VERIFIED;
            case ASSERTED -> IdentityAssurance.ASSERTED;
        };
    }

    private static String name(DeclaredIntent.Key intent, NetworkPolicy.Key policy) {
        return intent.namespace().equals(policy.namespace()) ? policy.name() : policy.toString();
    }
}
