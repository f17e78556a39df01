package dev.bulkhead.cluster.status;

import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.ConditionStatus;
import dev.bulkhead.api.v1alpha1.RuleStatus;
import dev.bulkhead.cluster.log.LogFields;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** A line where what a status says has changed; not where only its wording did. */
final class StatusLog {

    private static final Logger LOG = LoggerFactory.getLogger(StatusLog.class);
    /** Of which it is good news that they do not hold. */
    private static final Set<String> TROUBLES =
            Set.of(SegmentStatuses.VOIDED, SegmentStatuses.FOUGHT, SegmentStatuses.HELD);

    private final LogQuota quota;

    StatusLog(LogQuota quota) {
        this.quota = quota;
    }

    /**
     * @param opened rules that are open and were not
     * @param lost rules that were open and are not
     */
    void intent(
            DeclaredIntent.Key key,
            Optional<AccessIntentStatus> before,
            AccessIntentStatus now,
            Set<String> opened,
            Set<String> lost) {
        boolean news = before.isEmpty()
                || !reason(before.get().conditions()).equals(reason(now.conditions()))
                || !states(before.get()).equals(states(now));
        LoggingEventBuilder line = quota.line(LOG, news ? Level.INFO : Level.DEBUG, key.namespace())
                .addKeyValue(LogKey.INTENT, key.name())
                .addKeyValue(LogKey.REASON, reason(now.conditions()))
                .addKeyValue(LogKey.STATE, state(now));
        line = LogFields.unlessEmpty(line, LogKey.OPENED, String.join("; ", opened));
        LogFields.unlessEmpty(line, LogKey.LOST, String.join("; ", lost)).log("Intent changed");
    }

    /** @param key that the name of the object goes by */
    void object(String message, String key, String name, List<Condition> before, List<Condition> now) {
        for (Condition condition : now) {
            boolean news = before.stream()
                    .noneMatch(other -> other.type().equals(condition.type())
                            && other.status() == condition.status()
                            && other.reason().equals(condition.reason()));
            if (news) {
                LOG.atLevel(isTrouble(condition, before.isEmpty()) ? Level.WARN : Level.INFO)
                        .addKeyValue(key, name)
                        .addKeyValue(LogKey.CONDITION, condition.type())
                        .addKeyValue(LogKey.REASON, condition.reason())
                        .addKeyValue(LogKey.NOTE, condition.message())
                        .log(message);
            }
        }
    }

    /** Policies that somebody has come to change as often as they are put right. */
    void fights(List<PolicyConflict> before, List<PolicyConflict> now) {
        Set<NetworkPolicy.Key> known =
                before.stream().map(PolicyConflict::policy).collect(Collectors.toSet());
        now.stream().filter(fight -> !known.contains(fight.policy())).forEach(this::fight);
    }

    private void fight(PolicyConflict fight) {
        LoggingEventBuilder line = quota.line(LOG, Level.WARN, fight.policy().namespace())
                .addKeyValue(LogKey.POLICY, fight.policy().name());
        LogFields.unlessEmpty(line, LogKey.BY, fight.by()).log("Policy fought over");
    }

    /** That nobody vouches for service accounts is how things are on some clusters; it is trouble where it was not so before. */
    private static boolean isTrouble(Condition condition, boolean atFirst) {
        return !(atFirst && condition.type().equals(SegmentStatuses.IDENTITY))
                && (condition.status() == ConditionStatus.TRUE) == TROUBLES.contains(condition.type());
    }

    private static String reason(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(Conditions.READY))
                .map(Condition::reason)
                .findFirst()
                .orElse("");
    }

    private static List<String> states(AccessIntentStatus status) {
        return status.rules().stream()
                .map(rule -> rule.rule() + " " + rule.state())
                .toList();
    }

    /** That of the first rule that is not open; Open where all are. */
    private static String state(AccessIntentStatus status) {
        return status.rules().stream()
                .map(RuleStatus::state)
                .filter(Objects::nonNull)
                .map(state -> RuleOutcome.State.valueOf(state.name()))
                .filter(state -> state != RuleOutcome.State.OPEN)
                .findFirst()
                .orElse(RuleOutcome.State.OPEN)
                .label();
    }
}
