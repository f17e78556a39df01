package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Namespace;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyComparisonTest {

    private static final NetworkPolicy.Key KEY = new NetworkPolicy.Key("shop", "bulkhead-baseline");

    private final InventoryState state = new InventoryState(Set.of(), ClusterFacts.unknown(false));
    private final InventoryListener listener = mock();
    private final List<AffectedNamespaces> touched = new ArrayList<>();
    private final Intake intake =
            new Intake(state, new FactsStore(List.of()), touched::add, listener, mock(), mock(), mock());
    private boolean reopened;

    @BeforeEach
    void begin() {
        state.namespace("shop", Optional.of(Namespace.empty("shop")));
        state.complete();
    }

    @Test
    void aPolicyOfOursThatTheWatchNeverShowedToBeGoneIsDriftThatWakesItsNamespace() {
        state.written(LivePolicies.baseline("uid", "9"));
        compare("10");
        assertEquals(Optional.empty(), state.livePolicy(KEY));
        verify(listener).drifted(KEY, "");
        assertEquals(1, touched.size());
    }

    @Test
    void aChangeThatTheWatchNeverShowedIsTakenIn() {
        state.written(LivePolicies.baseline("uid", "9"));
        compare("12", object("uid", "11"));
        assertEquals("11", state.livePolicy(KEY).orElseThrow().resourceVersion());
    }

    @Test
    void whatIsAsItWasTouchesNobody() {
        LivePolicy live = LivePolicy.of(object("uid", "9"));
        state.written(live);
        compare("12", object("uid", "9"));
        assertEquals(Optional.of(live), state.livePolicy(KEY));
        verify(listener, never()).drifted(KEY, "");
        assertFalse(reopened);
    }

    @Test
    void aListThatIsOlderThanWhatWasKnownBeforeMeansThatVersionsWentBack() {
        state.written(LivePolicies.baseline("uid", "900"));
        compare("50");
        assertTrue(reopened);
        assertTrue(state.policy(LivePolicies.baseline("another", "40")), "what is listed next is taken as it is");
    }

    /** Whatever else was written since the backup was restored has raised the versions beyond those that were known. */
    @Test
    void soDoesAPolicyThatIsOlderThanItWasKnownInAListThatIsNewer() {
        state.written(LivePolicies.baseline("uid", "900"));
        compare("950", object("uid", "40"));
        assertTrue(reopened);
        state.policy(LivePolicies.baseline("uid", "40"));
        assertEquals("40", state.livePolicy(KEY).orElseThrow().resourceVersion());
    }

    @Test
    void soDoesAPolicyThatWasDeletedAndIsThereAgain() {
        state.written(LivePolicies.baseline("uid", "900"));
        state.deleted(KEY, "uid");
        compare("950", object("uid", "890"));
        assertTrue(reopened);
        state.policy(LivePolicies.baseline("uid", "890"));
        assertEquals("890", state.livePolicy(KEY).orElseThrow().resourceVersion());
    }

    @Test
    void aPolicyThatIsDeletedWhileItIsListedSaysNothingOfVersions() {
        state.written(LivePolicies.baseline("uid", "900"));
        new PolicyComparison(new DeletedMeanwhile(), intake, () -> reopened = true).compare();
        assertFalse(reopened);
    }

    @Test
    void afterVersionsWentBackOlderOnesAreExpected() {
        state.written(LivePolicies.baseline("uid", "900"));
        state.versionsWentBack();
        compare("950", object("uid", "40"));
        assertFalse(reopened);
    }

    @Test
    void whatIsKnownOfOtherNamespacesStaysWhereOneAloneIsCompared() {
        state.policy(LivePolicies.of("shop", "bulkhead-other", "other", "8"));
        state.written(LivePolicies.of("pay", "bulkhead-baseline", "elsewhere", "8"));
        comparison("10", object("uid", "9")).compare("shop");
        assertFalse(reopened);
        assertEquals(
                Set.of("bulkhead-baseline"), state.snapshot().policies("shop").keySet());
        assertEquals(
                Set.of("bulkhead-baseline"), state.snapshot().policies("pay").keySet());
    }

    @Test
    void aWriteElsewhereThatIsAnsweredAfterAnotherNamespaceWasListedIsTakenIn() {
        comparison("10").compare("shop");
        state.written(LivePolicies.of("pay", "bulkhead-baseline", "elsewhere", "9"));
        assertEquals(
                Set.of("bulkhead-baseline"), state.snapshot().policies("pay").keySet());
    }

    @Test
    void whereVersionsWentBackWhatIsThereIsKnownInItsPresentVersion() {
        state.written(LivePolicies.baseline("uid", "900"));
        comparison("50", object("uid", "40")).compare("shop");
        assertTrue(reopened);
        assertEquals("40", state.livePolicy(KEY).orElseThrow().resourceVersion());
    }

    @Test
    void whereVersionsWentBackTheNamespaceIsKnownAsItIsNow() {
        state.written(LivePolicies.baseline("uid", "900"));
        comparison("50").compare("shop");
        assertTrue(reopened);
        assertEquals(Optional.empty(), state.livePolicy(KEY));
    }

    @Test
    void theMorePoliciesThereAreTheMoreSeldomTheyAreCompared() {
        assertEquals(Duration.ofMinutes(2), comparison("10").compare());
        assertEquals(
                Duration.ofMinutes(2).plusMillis(60),
                comparison("10", object("uid", "9"), ApiObjects.policy("pay", "bulkhead-baseline", "elsewhere", "9"))
                        .compare());
    }

    @Test
    void whatIsMissingAmongOursSaysNothingOfThePoliciesOfOthers() {
        LivePolicy theirs = LivePolicies.byOthers(LivePolicies.policy("shop", "theirs"), "kubectl", "theirs", "8");
        state.policy(theirs);
        compare("10");
        assertEquals(Optional.of(theirs), state.livePolicy(theirs.policy().key()));
    }

    @Test
    void aListThatCannotBeReadToItsEndSaysOfNothingThatItIsGone() {
        state.written(LivePolicies.baseline("uid", "9"));
        PolicyComparison failing = new PolicyComparison(new Failing(), intake, () -> reopened = true);
        assertEquals(Duration.ofMinutes(2), failing.compare());
        assertThrows(KubernetesClientException.class, () -> failing.compare("shop"));
        assertTrue(state.livePolicy(KEY).isPresent());
        assertFalse(reopened);
    }

    private record Failing() implements PolicyComparison.FreshList {

        @Override
        public String ours(Consumer<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> each) {
            each.accept(ApiObjects.policy("pay", "bulkhead-baseline", "elsewhere", "9"));
            throw new KubernetesClientException("away");
        }

        @Override
        public String of(String namespace, Consumer<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> each) {
            return ours(each);
        }
    }

    private final class DeletedMeanwhile implements PolicyComparison.FreshList {

        @Override
        public String ours(Consumer<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> each) {
            state.deleted(KEY, "uid");
            each.accept(object("uid", "900"));
            return "950";
        }

        @Override
        public String of(String namespace, Consumer<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> each) {
            return ours(each);
        }
    }

    private void compare(String version, io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy... objects) {
        comparison(version, objects).compare();
    }

    private PolicyComparison comparison(
            String version, io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy... objects) {
        return new PolicyComparison(new Listed(version, List.of(objects)), intake, () -> reopened = true);
    }

    private record Listed(String version, List<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> objects)
            implements PolicyComparison.FreshList {

        @Override
        public String ours(Consumer<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> each) {
            objects.forEach(each);
            return version;
        }

        @Override
        public String of(String namespace, Consumer<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> each) {
            return ours(each);
        }
    }

    private static io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy object(String uid, String version) {
        return ApiObjects.policy("shop", "bulkhead-baseline", uid, version);
    }
}
