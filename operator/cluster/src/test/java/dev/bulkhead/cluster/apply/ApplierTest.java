package dev.bulkhead.cluster.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.cluster.inventory.Attachments;
import dev.bulkhead.cluster.inventory.LivePolicies;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.Policies;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class ApplierTest {

    private static final NetworkPolicy POLICY = LivePolicies.policy("shop", "bulkhead-baseline");
    private static final NetworkPolicy.Key KEY = POLICY.key();
    private static final LivePolicy LIVE = LivePolicies.of(POLICY, "uid", "9");

    private static final NetworkPolicy EMPTIED = LivePolicies.policy("shop", "bulkhead-ingress-cart");
    private static final NetworkPolicy ALLOWANCE = EMPTIED.withRules(
            EMPTIED.subject(), EMPTIED.directions(), ImmutableList.of(PolicyRule.everything()), ImmutableList.of());

    private final PolicyApi api = mock();
    private final Policies policies = mock();
    private final Applier applier = new Applier(api, policies, new WriteCounters(key -> false), mock());

    @Test
    void anUpdateOfWhatIsNotThereTellsTheInventoryThatItIsGone() {
        when(api.replace(POLICY, LIVE)).thenThrow(answer(404));
        assertThrows(StaleViewException.class, () -> update());
        verify(policies).gone(KEY, "uid");
    }

    @Test
    void aDeletionOfWhatIsNotThereTellsTheInventoryThatItIsGone() {
        doThrow(answer(404)).when(api).delete(LIVE);
        assertThrows(StaleViewException.class, () -> apply(List.of(new Write.Delete(KEY)), Map.of(KEY.name(), LIVE)));
        verify(policies).gone(KEY, "uid");
        verify(policies, never()).deleted(KEY, "uid");
    }

    @Test
    void aCreationInANamespaceThatIsNotFoundEndsThePass() {
        when(api.create(POLICY)).thenThrow(answer(404));
        assertThrows(NamespaceEndingException.class, () -> apply(List.of(new Write.Create(POLICY)), Map.of()));
    }

    @Test
    void afterAConflictTheInventoryHasWhatAReadShows() {
        LivePolicy newer = LivePolicies.of(POLICY, "uid", "12");
        when(api.replace(POLICY, LIVE)).thenThrow(answer(409));
        when(api.read(KEY)).thenReturn(Optional.of(newer));
        assertThrows(StaleViewException.class, () -> update());
        verify(policies).written(newer);
        verify(policies, never()).gone(any(), any());
    }

    @Test
    void aPatchThatDoesNotFitTheObjectAnyMoreIsPlannedAnewAndOneThatIsRefusedIsNot() {
        LivePolicy newer = LivePolicies.of(POLICY, "uid", "12");
        when(api.replace(POLICY, LIVE)).thenThrow(answer(422));
        when(api.read(KEY)).thenReturn(Optional.of(newer));
        assertThrows(StaleViewException.class, () -> update());
        verify(policies).written(newer);
        when(api.read(KEY)).thenReturn(Optional.of(LIVE));
        assertThrows(KubernetesClientException.class, () -> update());
    }

    @Test
    void afterAConflictWithNothingThereItIsGone() {
        when(api.replace(POLICY, LIVE)).thenThrow(answer(409));
        when(api.read(KEY)).thenReturn(Optional.empty());
        assertThrows(StaleViewException.class, () -> update());
        verify(policies).gone(KEY, "uid");
    }

    @Test
    void afterAConflictWithAnotherObjectOfTheNameTheOldOneIsGoneAndTheNewOneKnown() {
        LivePolicy another = LivePolicies.of(POLICY, "another uid", "12");
        when(api.replace(POLICY, LIVE)).thenThrow(answer(409));
        when(api.read(KEY)).thenReturn(Optional.of(another));
        assertThrows(StaleViewException.class, () -> update());
        verify(policies).gone(KEY, "uid");
        verify(policies).written(another);
    }

    @Test
    void anAnswerThatIsNoConflictIsNoReasonToPlanAnew() {
        when(api.replace(POLICY, LIVE)).thenThrow(answer(503));
        assertEquals(
                503,
                assertThrows(KubernetesClientException.class, () -> update()).getCode());
        verify(policies).answered(KEY);
    }

    @Test
    void whatHasTheNameOfTheBaselineIsReplacedAlthoughItHasNoMarks() {
        LivePolicy theirs = LivePolicies.byOthers(POLICY, "kubectl-edit", "uid", "9");
        when(api.replace(POLICY, theirs)).thenReturn(LIVE);
        apply(List.of(new Write.Update(POLICY)), Map.of(KEY.name(), theirs));
        verify(policies).written(LIVE);
    }

    @Test
    void butItIsNotDeletedAndNothingElseOfOthersIsReplaced() {
        LivePolicy theirs = LivePolicies.byOthers(POLICY, "kubectl-edit", "uid", "9");
        NetworkPolicy other = LivePolicies.policy("shop", "bulkhead-dns");
        LivePolicy theirOther = LivePolicies.byOthers(other, "kubectl-edit", "uid", "9");
        assertThrows(
                IllegalStateException.class, () -> apply(List.of(new Write.Delete(KEY)), Map.of(KEY.name(), theirs)));
        assertThrows(
                IllegalStateException.class,
                () -> apply(List.of(new Write.Update(other)), Map.of("bulkhead-dns", theirOther)));
        verify(api, never()).delete(any());
        verify(api, never()).replace(any(), any());
    }

    @Test
    void aFinalizerGoesBeforeThePolicyThatItWouldKeepInForce() {
        LivePolicy kept = LivePolicies.with(new Attachments(true, false, false), LIVE);
        LivePolicy free = LivePolicies.of(POLICY, "uid", "10");
        when(api.replace(POLICY, kept)).thenReturn(free);
        apply(List.of(new Write.Delete(KEY)), Map.of(KEY.name(), kept));
        InOrder inOrder = inOrder(api);
        inOrder.verify(api).replace(POLICY, kept);
        inOrder.verify(api).delete(free);
        verify(policies).deleted(KEY, "uid");
    }

    @Test
    void theRulesGoWithTheFinalizerInCaseThatComesBackAtOnce() {
        LivePolicy kept =
                LivePolicies.with(new Attachments(true, false, false), LivePolicies.of(ALLOWANCE, "uid", "9"));
        LivePolicy emptied = LivePolicies.of(EMPTIED, "uid", "10");
        when(api.replace(EMPTIED, kept)).thenReturn(emptied);
        doThrow(answer(409)).when(api).delete(emptied);
        when(api.read(ALLOWANCE.key())).thenReturn(Optional.of(LivePolicies.with(kept.attachments(), emptied)));
        assertThrows(StaleViewException.class, () -> withdraw(kept));
        verify(policies).written(emptied);
    }

    @Test
    void whereTheDeletionIsRefusedTheRulesGoAlone() {
        LivePolicy live = LivePolicies.of(ALLOWANCE, "uid", "9");
        LivePolicy emptied = LivePolicies.of(EMPTIED, "uid", "10");
        doThrow(answer(403)).when(api).delete(any());
        when(api.replace(EMPTIED, live)).thenReturn(emptied);
        assertThrows(KubernetesClientException.class, () -> withdraw(live));
        verify(policies).written(emptied);
        assertThrows(KubernetesClientException.class, () -> withdraw(emptied));
        verify(api, times(1)).replace(any(), any());
    }

    @Test
    void whereNobodyAnswersNothingElseIsTried() {
        doThrow(answer(503)).when(api).delete(any());
        assertThrows(KubernetesClientException.class, () -> withdraw(LivePolicies.of(ALLOWANCE, "uid", "9")));
        verify(api, never()).replace(any(), any());
    }

    /** Without its rules it would close what is to be open. */
    @Test
    void theOnlyPolicyThatIsolatesItsPodsKeepsItsRulesUntilItIsGone() {
        LivePolicy kept =
                LivePolicies.with(new Attachments(true, false, false), LivePolicies.of(ALLOWANCE, "uid", "9"));
        LivePolicy free = LivePolicies.of(ALLOWANCE, "uid", "10");
        when(api.replace(ALLOWANCE, kept)).thenReturn(free);
        apply(List.of(new Write.Delete(ALLOWANCE.key())), Map.of(ALLOWANCE.key().name(), kept));
        verify(api).delete(free);
    }

    private void withdraw(LivePolicy live) {
        apply(
                List.of(new Write.Delete(ALLOWANCE.key())),
                Map.of(KEY.name(), LIVE, ALLOWANCE.key().name(), live));
    }

    @Test
    void whatIsDeletedAlreadyGoesWithItsFinalizers() {
        LivePolicy kept = LivePolicies.with(new Attachments(true, false, true), LIVE);
        when(api.replace(POLICY, kept)).thenReturn(kept);
        apply(List.of(new Write.Delete(KEY)), Map.of(KEY.name(), kept));
        verify(api, never()).delete(any());
        verify(policies).deleted(KEY, "uid");
    }

    @Test
    void anUpdateOfWhatIsDeletedAlreadyMakesRoomForANewOne() {
        LivePolicy kept = LivePolicies.with(new Attachments(true, false, true), LIVE);
        when(api.replace(POLICY, kept)).thenReturn(kept);
        assertThrows(
                StaleViewException.class, () -> apply(List.of(new Write.Update(POLICY)), Map.of(KEY.name(), kept)));
        verify(policies).gone(KEY, "uid");
        verify(policies, never()).written(any());
    }

    @Test
    void whatExistsAlreadyIsTakenForOursOnlyWithoutAttachments() {
        LivePolicy kept = LivePolicies.with(new Attachments(true, false, false), LIVE);
        when(api.create(POLICY))
                .thenThrow(new KubernetesClientException(new StatusBuilder()
                        .withCode(409)
                        .withReason("AlreadyExists")
                        .build()));
        when(api.read(KEY)).thenReturn(Optional.of(kept));
        assertThrows(StaleViewException.class, () -> apply(List.of(new Write.Create(POLICY)), Map.of()));
        verify(policies).written(kept);
    }

    private void apply(List<Write> writes, Map<String, LivePolicy> live) {
        applier.apply(writes, live, write -> {});
    }

    private void update() {
        apply(List.of(new Write.Update(POLICY)), Map.of(KEY.name(), LIVE));
    }

    private static KubernetesClientException answer(int code) {
        return new KubernetesClientException("refused", code, null);
    }
}
