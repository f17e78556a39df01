package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.DB;
import static dev.bulkhead.core.plan.Policies.EVERYTHING;
import static dev.bulkhead.core.plan.Policies.HTTPS;
import static dev.bulkhead.core.plan.Policies.WEB;
import static dev.bulkhead.core.plan.Policies.anybody;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.baseline;
import static dev.bulkhead.core.plan.Policies.cart;
import static dev.bulkhead.core.plan.Policies.creation;
import static dev.bulkhead.core.plan.Policies.deletion;
import static dev.bulkhead.core.plan.Policies.here;
import static dev.bulkhead.core.plan.Policies.ingress;
import static dev.bulkhead.core.plan.Policies.key;
import static dev.bulkhead.core.plan.Policies.open;
import static dev.bulkhead.core.plan.Policies.update;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {

    private final NetworkPolicy cart = ingress("shop/cart", app("cart"));
    private final NetworkPolicy web = ingress("shop/web", app("web"));

    @Test
    void itIsEmptyWithoutWrites() {
        assertEquals(true, plan(0).isEmpty());
        assertEquals(false, plan(0, creation(web)).isEmpty());
    }

    @Test
    void everyWriteNamesItsPolicy() {
        assertEquals(key("shop/web"), new Write.Create(web).key());
        assertEquals(key("shop/web"), new Write.Update(web).key());
        assertEquals(key("shop/web"), new Write.Adopt(web).key());
    }

    /** Also where something grows first. */
    @Test
    void itTellsWhatEachWriteDoesAndWhenEverythingIsWithdrawn() {
        NetworkPolicy baseline = baseline("shop/bulkhead-baseline", Direction.INGRESS);
        NetworkPolicy fromWeb = cart("a", WEB);
        NetworkPolicy fromDb = cart("b", DB);
        NetworkPolicy both = cart("c", WEB, DB);
        Plan plan = plan(0, creation(both), deletion(fromWeb), update(cart("b")), creation(web));

        assertEquals(
                List.of(
                        new Plan.Step(creation(both), /* grows= */ false, /* shrinks= */ false),
                        new Plan.Step(deletion(fromWeb), /* grows= */ false, /* shrinks= */ false),
                        new Plan.Step(update(cart("b")), /* grows= */ false, /* shrinks= */ false),
                        new Plan.Step(creation(web), /* grows= */ false, /* shrinks= */ false)),
                plan.steps(List.of(baseline, fromWeb, fromDb)));
        Plan mixed = plan(0, creation(cart("d", anybody(HTTPS))), deletion(fromWeb), creation(web));
        assertEquals(
                List.of(
                        new Plan.Step(creation(cart("d", anybody(HTTPS))), /* grows= */ true, /* shrinks= */ false),
                        new Plan.Step(deletion(fromWeb), /* grows= */ false, /* shrinks= */ true),
                        new Plan.Step(creation(web), /* grows= */ false, /* shrinks= */ false)),
                mixed.steps(List.of(baseline, fromWeb)));
        assertEquals(2, mixed.untilWithdrawn(List.of(baseline, fromWeb)));
        assertEquals(0, plan(0, creation(both)).untilWithdrawn(List.of(baseline)));
    }

    @Test
    void aBaselineThatComesWithdrawsAndOneThatGoesReleases() {
        NetworkPolicy baseline = baseline("shop/bulkhead-baseline", Direction.INGRESS);
        NetworkPolicy bridge = open(baseline, EVERYTHING, Direction.INGRESS);

        assertEquals(
                List.of(
                        new Plan.Step(creation(bridge), /* grows= */ false, /* shrinks= */ false),
                        new Plan.Step(creation(cart), /* grows= */ false, /* shrinks= */ false),
                        new Plan.Step(update(baseline), /* grows= */ false, /* shrinks= */ true)),
                plan(0, creation(bridge), creation(cart), update(baseline)).steps(List.of()));
        assertEquals(
                List.of(
                        new Plan.Step(update(bridge), /* grows= */ true, /* shrinks= */ false),
                        new Plan.Step(deletion(cart), /* grows= */ false, /* shrinks= */ false),
                        new Plan.Step(deletion(baseline), /* grows= */ false, /* shrinks= */ false)),
                plan(0, update(bridge), deletion(cart), deletion(baseline)).steps(List.of(baseline, cart)));
    }

    @Test
    void itTellsWhomItReachesInTheEnd() {
        NetworkPolicy baseline = baseline("shop/bulkhead-baseline", Direction.INGRESS);

        assertEquals(
                new NewConnections("shop", ImmutableSetMultimap.of(Direction.INGRESS, Optional.of(here(app("web"))))),
                plan(0, creation(cart("a", WEB)), creation(cart("b"))).growth("shop", List.of(baseline)));
    }

    private static Plan plan(int withdrawals, Write... writes) {
        return new Plan(
                ImmutableList.copyOf(writes),
                withdrawals,
                ImmutableSortedSet.of(key("shop/theirs")),
                ImmutableSortedMap.of(key("shop/legacy"), "it allows more"),
                ImmutableList.of("a caveat"));
    }
}
