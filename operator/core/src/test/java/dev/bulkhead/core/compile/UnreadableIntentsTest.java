package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What stays in force of intents that nobody can read. */
class UnreadableIntentsTest {

    private static final DeclaredIntent.Key BROKEN = intent("broken");
    private static final DeclaredIntent.Key SOUND = intent("sound");
    private static final PolicyRule WEB = rule(8080, "web");
    private static final PolicyRule METRICS = rule(9090, "metrics");
    private static final PolicyRule CACHE = rule(6379, "cache");

    private static DeclaredIntent.Key intent(String name) {
        return new DeclaredIntent.Key("shop", name);
    }

    private static PolicyRule rule(int port, String app) {
        return new PolicyRule(
                Optional.of(ImmutableList.of(new PolicyPeer.Pods(Optional.empty(), LabelSelector.label("app", app)))),
                Ports.port(Protocol.TCP, port));
    }

    private record Given(PolicyRule rule, Set<DeclaredIntent.Key> by) {}

    private static NetworkPolicy policy(Given... rules) {
        return new NetworkPolicy(
                new NetworkPolicy.Key("shop", "bulkhead-ingress-api"),
                Marker.labels(Marker.Role.ALLOW),
                Provenance.annotations(
                        "shop",
                        Direction.INGRESS,
                        List.of(rules).stream().map(Given::by).toList()),
                LabelSelector.label("app", "api"),
                ImmutableSet.of(Direction.INGRESS),
                List.of(rules).stream().map(Given::rule).collect(ImmutableList.toImmutableList()),
                ImmutableList.of());
    }

    private static Given given(PolicyRule rule, DeclaredIntent.Key... by) {
        return new Given(rule, ImmutableSet.copyOf(by));
    }

    private static ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> set(NetworkPolicy... policies) {
        return List.of(policies).stream()
                .collect(ImmutableSortedMap.toImmutableSortedMap(
                        NetworkPolicy.Key::compareTo, NetworkPolicy::key, policy -> policy));
    }

    private static ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> kept(
            NetworkPolicy live, NetworkPolicy... desired) {
        return UnreadableIntents.kept(List.of(live), Set.of(BROKEN), set(desired));
    }

    @Test
    void whatOtherIntentsNoLongerDeclareIsWithdrawnFromTheSamePolicy() {
        NetworkPolicy live = policy(given(METRICS, SOUND), given(WEB, BROKEN));

        assertEquals(set(policy(given(WEB, BROKEN))), kept(live));
        assertEquals(set(policy(given(CACHE, SOUND), given(WEB, BROKEN))), kept(live, policy(given(CACHE, SOUND))));
    }

    @Test
    void aRuleOfBothStaysWithBothNames() {
        NetworkPolicy live = policy(given(METRICS, SOUND), given(WEB, BROKEN, SOUND));

        assertEquals(set(policy(given(WEB, BROKEN, SOUND))), kept(live, policy(given(WEB, SOUND))));
    }

    @Test
    void onceKeptNothingChangesAnyMore() {
        NetworkPolicy live = policy(given(METRICS, SOUND), given(WEB, BROKEN));
        NetworkPolicy desired = policy(given(CACHE, SOUND));
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> once = kept(live, desired);

        assertEquals(once, kept(once.firstEntry().getValue(), desired));
    }

    @Test
    void whatDoesNotCarryTheUnreadableOneIsAsDesired() {
        NetworkPolicy live = policy(given(METRICS, SOUND), given(WEB, SOUND));

        assertEquals(set(), kept(live));
        assertEquals(set(policy(given(WEB, SOUND))), kept(live, policy(given(WEB, SOUND))));
    }

    @Test
    void aPolicyThatDoesNotTellWhichRulesAreWhoseStaysWhole() {
        NetworkPolicy told = policy(given(METRICS, SOUND), given(WEB, BROKEN));
        NetworkPolicy live = told.withRules(
                told.subject(), told.directions(), ImmutableList.of(METRICS, WEB, CACHE), ImmutableList.of());

        assertEquals(set(live), kept(live, policy(given(METRICS, SOUND))));
    }
}
