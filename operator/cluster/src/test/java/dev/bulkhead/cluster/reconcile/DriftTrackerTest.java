package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.cluster.inventory.LivePolicies;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftTrackerTest {

    private static final NetworkPolicy BASELINE = LivePolicies.policy("shop", "bulkhead-baseline");
    private static final NetworkPolicy OTHER = LivePolicies.policy("shop", "bulkhead-dns");
    private static final NetworkPolicy.Key ELSEWHERE = new NetworkPolicy.Key("pay", "bulkhead-baseline");
    private static final LivePolicy THEIRS = LivePolicies.byOthers(BASELINE, "helm", "uid", "1");

    private final DriftTracker drift = new DriftTracker();
    private final List<String> repaired = new ArrayList<>();

    private void write(Write... writes) {
        drift.written(List.of(writes), (key, by) -> repaired.add(key + " by " + by));
    }

    @Test
    void whoChangedAPolicyIsKnownUntilItIsPutRightAndThatIsToldOnce() {
        drift.found(BASELINE.key(), "kubectl");
        drift.found(ELSEWHERE, "");
        assertEquals(Optional.of("kubectl"), drift.by(BASELINE.key()));
        write(new Write.Create(OTHER), new Write.Update(BASELINE));
        write(new Write.Update(BASELINE));
        assertEquals(List.of("shop/bulkhead-baseline by kubectl"), repaired);
        assertEquals(Optional.empty(), drift.by(BASELINE.key()));
        assertEquals(Optional.of(""), drift.by(ELSEWHERE));
    }

    @Test
    void whatNobodyChangedIsNotRepaired() {
        write(new Write.Create(OTHER));
        assertEquals(List.of(), repaired);
    }

    @Test
    void onceTheNamespaceHoldsWhatItShouldNothingOfItIsChanged() {
        drift.found(BASELINE.key(), "kubectl");
        drift.found(ELSEWHERE, "kubectl");
        drift.settle("shop");
        assertEquals(Optional.empty(), drift.by(BASELINE.key()));
        assertEquals(Optional.of("kubectl"), drift.by(ELSEWHERE));
    }

    @Test
    void whatSomebodyPutInThePlaceOfAPolicyOfOursCountsAsAChange() {
        drift.expected(
                List.of(new Write.Update(BASELINE)), Map.of(BASELINE.key().name(), THEIRS));
        assertEquals(Optional.of("helm"), drift.by(BASELINE.key()));
    }

    @Test
    void whoeverWasSeenToDoItIsTheOneWhoDidIt() {
        drift.found(BASELINE.key(), "kubectl");
        drift.expected(
                List.of(new Write.Update(BASELINE)), Map.of(BASELINE.key().name(), THEIRS));
        assertEquals(Optional.of("kubectl"), drift.by(BASELINE.key()));
    }

    @Test
    void whatIsOursOrNewOrTakenOverIsNoChange() {
        drift.expected(
                List.of(
                        new Write.Create(OTHER),
                        new Write.Update(BASELINE),
                        new Write.Supersede(OTHER.key(), BASELINE.key())),
                Map.of(BASELINE.key().name(), LivePolicies.of(BASELINE, "uid", "1")));
        drift.expected(
                List.of(new Write.Supersede(BASELINE.key(), OTHER.key())),
                Map.of(BASELINE.key().name(), THEIRS));
        assertEquals(Optional.empty(), drift.by(BASELINE.key()));
        assertEquals(Optional.empty(), drift.by(OTHER.key()));
    }
}
