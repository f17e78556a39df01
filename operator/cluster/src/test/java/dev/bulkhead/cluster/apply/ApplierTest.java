package dev.bulkhead.cluster.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.cluster.inventory.DeletionBlockers;
import dev.bulkhead.cluster.inventory.LivePolicies;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.WrittenPolicies;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.LabelSelector;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Arrays;
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

    private static final NetworkPolicy OTHER = LivePolicies.policy("shop", "bulkhead-ingress-other");

    private final PolicyApi api = mock();
    private final WrittenPolicies policies = mock();
    private final WriteCounters counters = new WriteCounters(key -> false);
    private final WriteLog log = mock();
    private final Applier applier = new Applier(api, policies, counters, log);
    private final List<Write> acknowledged = new ArrayList<>();

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
        LivePolicy kept = LivePolicies.with(new DeletionBlockers(true, false, false), LIVE);
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
                LivePolicies.with(new DeletionBlockers(true, false, false), LivePolicies.of(ALLOWANCE, "uid", "9"));
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
                LivePolicies.with(new DeletionBlockers(true, false, false), LivePolicies.of(ALLOWANCE, "uid", "9"));
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
        LivePolicy kept = LivePolicies.with(new DeletionBlockers(true, false, true), LIVE);
        when(api.replace(POLICY, kept)).thenReturn(kept);
        apply(List.of(new Write.Delete(KEY)), Map.of(KEY.name(), kept));
        verify(api, never()).delete(any());
        verify(policies).deleted(KEY, "uid");
    }

    @Test
    void anUpdateOfWhatIsDeletedAlreadyMakesRoomForANewOne() {
        LivePolicy kept = LivePolicies.with(new DeletionBlockers(true, false, true), LIVE);
        when(api.replace(POLICY, kept)).thenReturn(kept);
        assertThrows(
                StaleViewException.class, () -> apply(List.of(new Write.Update(POLICY)), Map.of(KEY.name(), kept)));
        verify(policies).gone(KEY, "uid");
        verify(policies, never()).written(any());
    }

    @Test
    void whatExistsAlreadyIsTakenForOursOnlyWithoutAttachments() {
        LivePolicy kept = LivePolicies.with(new DeletionBlockers(true, false, false), LIVE);
        when(api.create(POLICY)).thenThrow(alreadyExists());
        when(api.read(KEY)).thenReturn(Optional.of(kept));
        assertThrows(StaleViewException.class, () -> apply(List.of(new Write.Create(POLICY)), Map.of()));
        verify(policies).written(kept);
    }

    @Test
    void writesAreCarriedOutInTheirOrderAndToldOneByOne() {
        LivePolicy created = LivePolicies.of(ALLOWANCE, "new", "10");
        LivePolicy updated = LivePolicies.of(POLICY, "uid", "11");
        LivePolicy old = LivePolicies.of("shop", "bulkhead-egress-old", "old", "3");
        when(api.create(ALLOWANCE)).thenReturn(created);
        when(api.replace(POLICY, LIVE)).thenReturn(updated);
        List<Write> writes = List.of(
                new Write.Create(ALLOWANCE),
                new Write.Update(POLICY),
                new Write.Delete(old.policy().key()));

        Map<String, LivePolicy> after = applier.apply(
                writes, Map.of(KEY.name(), LIVE, old.policy().key().name(), old), acknowledged::add);

        assertEquals(Map.of(KEY.name(), updated, ALLOWANCE.key().name(), created), after);
        assertEquals(writes, acknowledged);
        InOrder inOrder = inOrder(api, policies);
        inOrder.verify(policies).writing(ALLOWANCE.key(), Optional.of(ALLOWANCE));
        inOrder.verify(api).create(ALLOWANCE);
        inOrder.verify(policies).written(created);
        inOrder.verify(policies).answered(ALLOWANCE.key());
        inOrder.verify(policies).writing(KEY, Optional.of(POLICY));
        inOrder.verify(api).replace(POLICY, LIVE);
        inOrder.verify(policies).written(updated);
        inOrder.verify(policies).answered(KEY);
        inOrder.verify(policies).writing(old.policy().key(), Optional.empty());
        inOrder.verify(api).delete(old);
        inOrder.verify(policies).deleted(old.policy().key(), "old");
        inOrder.verify(policies).answered(old.policy().key());
        for (String operation : List.of("create", "update", "delete")) {
            assertEquals(1, counters.counts().get(written(operation, "change")));
        }
        verify(log).wrote(ALLOWANCE.key(), written("create", "change"));
        verify(log).wrote(KEY, written("update", "change"));
        verify(log).wrote(old.policy().key(), written("delete", "change"));
    }

    @Test
    void aFailureVoidsTheRestOfThePlan() {
        when(api.replace(POLICY, LIVE)).thenThrow(answer(503));
        List<Write> writes = List.of(new Write.Update(POLICY), new Write.Create(ALLOWANCE));
        assertThrows(KubernetesClientException.class, () -> apply(writes, Map.of(KEY.name(), LIVE)));
        assertEquals(List.of(), acknowledged);
        assertEquals(Map.of(), counters.counts());
        verify(api, never()).create(any());
    }

    @Test
    void aLaterWriteKnowsWhatAnEarlierOneMade() {
        LivePolicy created = LivePolicies.of(EMPTIED, "new", "10");
        when(api.create(EMPTIED)).thenReturn(created);
        when(api.replace(ALLOWANCE, created)).thenReturn(LivePolicies.of(ALLOWANCE, "new", "11"));
        apply(List.of(new Write.Create(EMPTIED), new Write.Update(ALLOWANCE)), Map.of());
        assertEquals(2, acknowledged.size());
    }

    @Test
    void whatExistsAlreadyAndIsAsItShouldBeIsOursWithoutAnotherWrite() {
        when(api.create(POLICY)).thenThrow(alreadyExists());
        when(api.read(KEY)).thenReturn(Optional.of(LIVE));
        apply(List.of(new Write.Create(POLICY)), Map.of());
        verify(policies).written(LIVE);
        assertEquals(1, acknowledged.size());
        assertEquals(0, counters.policyWrites(), "that was counted when it was written, or never known");
    }

    @Test
    void whatExistsAlreadyAndIsSomethingElseIsPlannedAnew() {
        LivePolicy other = LivePolicies.of(
                POLICY.withRules(
                        POLICY.subject(),
                        POLICY.directions(),
                        ImmutableList.of(PolicyRule.everything()),
                        ImmutableList.of()),
                "uid",
                "9");
        when(api.create(POLICY)).thenThrow(alreadyExists());
        when(api.read(KEY)).thenReturn(Optional.of(other));
        assertThrows(StaleViewException.class, () -> apply(List.of(new Write.Create(POLICY)), Map.of()));
        verify(policies).written(other);
        assertEquals(List.of(), acknowledged);
    }

    @Test
    void whatExistedAMomentAgoAndIsGoneIsPlannedAnew() {
        when(api.create(POLICY)).thenThrow(alreadyExists());
        when(api.read(KEY)).thenReturn(Optional.empty());
        assertThrows(StaleViewException.class, () -> apply(List.of(new Write.Create(POLICY)), Map.of()));
        verify(policies, never()).written(any());
    }

    @Test
    void aCreationThatConflictsOtherwiseIsPlannedAnewToo() {
        when(api.create(POLICY)).thenThrow(answer(409));
        when(api.read(KEY)).thenReturn(Optional.of(LIVE));
        assertThrows(StaleViewException.class, () -> apply(List.of(new Write.Create(POLICY)), Map.of()));
        verify(policies).written(LIVE);
    }

    @Test
    void aCreationThatIsRefusedAsInvalidIsNotPlannedAnew() {
        when(api.create(POLICY)).thenThrow(answer(422));
        assertThrows(KubernetesClientException.class, () -> apply(List.of(new Write.Create(POLICY)), Map.of()));
        verify(api, never()).read(any());
    }

    @Test
    void aNamespaceThatIsBeingTerminatedEndsThePass() {
        when(api.create(POLICY))
                .thenThrow(new KubernetesClientException(
                        "forbidden: unable to create new content in namespace shop because it is being terminated",
                        403,
                        null));
        assertThrows(NamespaceEndingException.class, () -> apply(List.of(new Write.Create(POLICY)), Map.of()));
    }

    @Test
    void whatIsForbiddenOtherwiseDoesNot() {
        for (String message : Arrays.asList("not allowed", null)) {
            when(api.create(POLICY)).thenThrow(new KubernetesClientException(message, 403, null));
            assertThrows(KubernetesClientException.class, () -> apply(List.of(new Write.Create(POLICY)), Map.of()));
            reset(api);
        }
    }

    @Test
    void aPatchThatDoesNotFitSinceTheObjectIsGoneIsPlannedAnew() {
        when(api.replace(POLICY, LIVE)).thenThrow(answer(422));
        when(api.read(KEY)).thenReturn(Optional.empty());
        assertThrows(StaleViewException.class, () -> update());
        verify(policies).gone(KEY, "uid");
    }

    @Test
    void whatIsOfferedIsTakenOverUnderItsName() {
        LivePolicy offered = offered();
        when(api.replace(EMPTIED, offered)).thenReturn(LivePolicies.of(EMPTIED, "uid", "10"));
        apply(List.of(new Write.Adopt(EMPTIED)), Map.of(EMPTIED.key().name(), offered));
        assertEquals(Map.of(written("update", "adoption"), 1L), counters.counts());
    }

    @Test
    void orGoesOnceAnotherStandsForIt() {
        LivePolicy offered = offered();
        Map<String, LivePolicy> after = applier.apply(
                List.of(new Write.Supersede(EMPTIED.key(), KEY)),
                Map.of(EMPTIED.key().name(), offered, KEY.name(), LIVE),
                acknowledged::add);
        verify(api).delete(offered);
        verify(policies).deleted(EMPTIED.key(), "uid");
        assertEquals(Map.of(KEY.name(), LIVE), after);
        assertEquals(Map.of(written("delete", "adoption"), 1L), counters.counts());
    }

    @Test
    void whatNobodyOffersIsNeitherTakenOverNorDeleted() {
        Map<String, LivePolicy> live = Map.of(EMPTIED.key().name(), LivePolicies.byOthers(EMPTIED, "", "uid", "9"));
        assertThrows(IllegalStateException.class, () -> apply(List.of(new Write.Adopt(EMPTIED)), live));
        assertThrows(IllegalStateException.class, () -> apply(List.of(new Write.Supersede(EMPTIED.key(), KEY)), live));
        verify(api, never()).delete(any());
        verify(api, never()).replace(any(), any());
    }

    @Test
    void thePlanGoesOnAfterARefusedDeletionForAsLongAsThatIsAsGoodAsGone() {
        refuseDeletion(403);
        when(api.create(OTHER)).thenReturn(LivePolicies.of(OTHER, "new", "11"));
        List<Write> writes = List.of(new Write.Delete(ALLOWANCE.key()), new Write.Create(OTHER));
        KubernetesClientException refusal =
                assertThrows(KubernetesClientException.class, () -> apply(writes, withBaseline()));
        assertEquals(403, refusal.getCode());
        assertEquals(writes, acknowledged);
        verify(log).wrote(ALLOWANCE.key(), written("update", "change"));
        InOrder inOrder = inOrder(policies);
        inOrder.verify(policies).writing(ALLOWANCE.key(), Optional.empty());
        inOrder.verify(policies).writing(ALLOWANCE.key(), Optional.of(EMPTIED));
        inOrder.verify(policies).written(LivePolicies.of(EMPTIED, "uid", "10"));
        inOrder.verify(policies).writing(ALLOWANCE.key(), Optional.empty());
        inOrder.verify(policies).answered(ALLOWANCE.key());
    }

    /** The emptied one would close what the release opens. */
    @Test
    void itEndsBeforeThePolicyGoesThatMakesItAsGood() {
        refuseDeletion(403);
        List<Write> writes = List.of(new Write.Delete(ALLOWANCE.key()), new Write.Delete(KEY));
        assertThrows(KubernetesClientException.class, () -> apply(writes, withBaseline()));
        assertEquals(writes.subList(0, 1), acknowledged);
        verify(api, never()).delete(LIVE);
    }

    @Test
    void itEndsBeforeThatPolicyIsolatesFewerPods() {
        refuseDeletion(403);
        NetworkPolicy narrower = POLICY.withRules(
                LabelSelector.label("app", "cart"), POLICY.directions(), POLICY.ingress(), POLICY.egress());
        List<Write> writes = List.of(new Write.Delete(ALLOWANCE.key()), new Write.Update(narrower));
        assertThrows(KubernetesClientException.class, () -> apply(writes, withBaseline()));
        assertEquals(writes.subList(0, 1), acknowledged);
        verify(api, never()).replace(narrower, LIVE);
    }

    @Test
    void ofSeveralRefusalsTheFirstIsTold() {
        NetworkPolicy otherAllowance = OTHER.withRules(
                OTHER.subject(), OTHER.directions(), ImmutableList.of(PolicyRule.everything()), ImmutableList.of());
        LivePolicy first = LivePolicies.of(ALLOWANCE, "uid", "9");
        LivePolicy second = LivePolicies.of(otherAllowance, "another uid", "9");
        doThrow(answer(403)).when(api).delete(first);
        doThrow(answer(422)).when(api).delete(second);
        when(api.replace(EMPTIED, first)).thenReturn(LivePolicies.of(EMPTIED, "uid", "10"));
        when(api.replace(OTHER, second)).thenReturn(LivePolicies.of(OTHER, "another uid", "10"));
        KubernetesClientException refusal = assertThrows(
                KubernetesClientException.class,
                () -> apply(
                        List.of(new Write.Delete(ALLOWANCE.key()), new Write.Delete(OTHER.key())),
                        Map.of(
                                KEY.name(),
                                LIVE,
                                ALLOWANCE.key().name(),
                                first,
                                OTHER.key().name(),
                                second)));
        assertEquals(403, refusal.getCode());
        assertEquals(2, acknowledged.size());
    }

    @Test
    void everyKindOfRefusalLeavesTheRulesToGoAlone() {
        for (int code : List.of(400, 403, 422, 500)) {
            reset(api, policies);
            refuseDeletion(code);
            assertEquals(
                    code,
                    assertThrows(
                                    KubernetesClientException.class,
                                    () -> apply(List.of(new Write.Delete(ALLOWANCE.key())), withBaseline()))
                            .getCode());
            verify(policies).written(LivePolicies.of(EMPTIED, "uid", "10"));
        }
    }

    @Test
    void aRefusedDeletionOfTheOnlyPolicyThatIsolatesItsPodsLeavesItAsItIs() {
        doThrow(answer(403)).when(api).delete(any());
        Map<String, LivePolicy> alone = Map.of(ALLOWANCE.key().name(), LivePolicies.of(ALLOWANCE, "uid", "9"));
        assertThrows(KubernetesClientException.class, () -> apply(List.of(new Write.Delete(ALLOWANCE.key())), alone));
        verify(api, never()).replace(any(), any());
        assertEquals(List.of(), acknowledged);
    }

    private void refuseDeletion(int code) {
        LivePolicy live = LivePolicies.of(ALLOWANCE, "uid", "9");
        doThrow(answer(code)).when(api).delete(live);
        when(api.replace(EMPTIED, live)).thenReturn(LivePolicies.of(EMPTIED, "uid", "10"));
    }

    private static Map<String, LivePolicy> withBaseline() {
        return Map.of(KEY.name(), LIVE, ALLOWANCE.key().name(), LivePolicies.of(ALLOWANCE, "uid", "9"));
    }

    private static LivePolicy offered() {
        LivePolicy theirs = LivePolicies.byOthers(EMPTIED, "kubectl", "uid", "9");
        return new LivePolicy(
                theirs.policy(),
                theirs.uid(),
                theirs.resourceVersion(),
                theirs.created(),
                true,
                /* offered= */ true,
                theirs.writer(),
                theirs.attachments(),
                theirs.problem());
    }

    private static WriteCounters.Written written(String operation, String reason) {
        return new WriteCounters.Written("NetworkPolicy", operation, reason);
    }

    private static KubernetesClientException alreadyExists() {
        return new KubernetesClientException(
                new StatusBuilder().withCode(409).withReason("AlreadyExists").build());
    }

    private void apply(List<Write> writes, Map<String, LivePolicy> live) {
        applier.apply(writes, live, acknowledged::add);
    }

    private void update() {
        apply(List.of(new Write.Update(POLICY)), Map.of(KEY.name(), LIVE));
    }

    private static KubernetesClientException answer(int code) {
        return new KubernetesClientException("refused", code, null);
    }
}
