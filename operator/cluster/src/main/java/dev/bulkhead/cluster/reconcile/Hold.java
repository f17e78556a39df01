package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Why something is not written now.
 *
 * @param reason for people who may see the namespace, and no other
 * @param elsewhere other namespaces that it depends on, for those who may see them too; or nothing
 * @param policies if only some are held, what each of them is to be meanwhile; absent for not there. If all but the baseline
 *     are, everything that is to be there
 * @param again when it should be looked at again even if nothing happens
 * @param shown whether it has lasted long enough to bother people
 */
record Hold(
        Scope scope,
        String reason,
        String elsewhere,
        ImmutableMap<NetworkPolicy.Key, Optional<NetworkPolicy>> policies,
        Optional<Duration> again,
        boolean shown) {

    /** What does not happen. */
    enum Scope {
        /** Single policies stay as they are. */
        POLICIES("PoliciesHeld"),
        /** Nothing opens; what is to be withdrawn is. */
        GROWTH("GrowthHeld"),
        /** Nothing is taken away, and nothing else is written. */
        SHRINK("ShrinkHeld"),
        /** Nothing changes but that the namespace is closed. */
        ALL_BUT_BASELINE("Held"),
        /** Nothing changes. */
        NAMESPACE("Held");

        private final String label;

        Scope(String label) {
            this.label = label;
        }

        /** As the log's key {@code reason} and conditions say it. */
        String label() {
            return label;
        }
    }

    static Hold namespace(String reason) {
        return new Hold(Scope.NAMESPACE, reason, "", ImmutableMap.of(), Optional.empty(), true);
    }

    /** @param policies everything that is to be there: the baseline, and what is there already */
    static Hold allButBaseline(String reason, Map<NetworkPolicy.Key, NetworkPolicy> policies) {
        return new Hold(
                Scope.ALL_BUT_BASELINE,
                reason,
                "",
                ImmutableMap.copyOf(Maps.transformValues(policies, Optional::of)),
                Optional.empty(),
                true);
    }

    static Hold growth(String reason) {
        return new Hold(Scope.GROWTH, reason, "", ImmutableMap.of(), Optional.empty(), true);
    }

    static Hold shrink(String reason) {
        return new Hold(Scope.SHRINK, reason, "", ImmutableMap.of(), Optional.empty(), true);
    }

    static Hold policies(String reason, Map<NetworkPolicy.Key, Optional<NetworkPolicy>> policies) {
        return new Hold(Scope.POLICIES, reason, "", ImmutableMap.copyOf(policies), Optional.empty(), true);
    }

    Hold again(Duration delay) {
        return new Hold(scope, reason, elsewhere, policies, Optional.of(delay), shown);
    }

    Hold dependingOn(String namespaces) {
        return new Hold(scope, reason, namespaces, policies, again, shown);
    }

    Hold notShown() {
        return new Hold(scope, reason, elsewhere, policies, again, /* shown= */ false);
    }

    /** Whether nothing at all is written because of it. */
    boolean stopsAll() {
        return scope == Scope.SHRINK || scope == Scope.NAMESPACE;
    }

    /** Whether what intents ask for does not come to be, though something may be written. */
    boolean keepsAllFromOpening() {
        return scope == Scope.GROWTH || scope == Scope.ALL_BUT_BASELINE;
    }

    /** In one sentence, for those who may see the namespace. */
    String sentence() {
        String what = switch (scope) {
            case POLICIES -> "Some policies stay as they are for now: ";
            case GROWTH -> "Nothing opens in this namespace for now: ";
            case SHRINK, ALL_BUT_BASELINE, NAMESPACE -> "Nothing changes in this namespace for now: ";
        };
        return what + reason;
    }
}
