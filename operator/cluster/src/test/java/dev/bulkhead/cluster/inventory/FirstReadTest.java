package dev.bulkhead.cluster.inventory;

import static dev.bulkhead.cluster.inventory.Contents.namespace;
import static dev.bulkhead.cluster.inventory.Contents.pod;
import static dev.bulkhead.cluster.inventory.Contents.podClass;
import static dev.bulkhead.cluster.inventory.Contents.service;
import static dev.bulkhead.cluster.inventory.Contents.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Workload;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is known of a cluster while its first lists are read is a part of it: nobody may act on it. */
class FirstReadTest {

    private static final Workload.Key WEB = new Workload.Key("Deployment", "web");
    private static final DeclaredIntent CHECKOUT = Sightings.intent("pay", "checkout", "shop");

    private final InventoryState state = new InventoryState(Set.of(), ClusterFacts.unknown(false));

    @Test
    void whateverIsReadFirstTouchesNobody() {
        Stream<AffectedNamespaces> touches = Stream.of(
                state.namespace("shop", Optional.of(namespace("shop"))),
                state.segment("town", Sightings.of(Sightings.segment("town", "shop"), 1)),
                state.segment("other", Sightings.of(Sightings.segment("other", "pay"), 1)),
                state.segmentGone("other"),
                state.service("shop", "web", Optional.of(service("web", 80))),
                state.service("kube-system", "kube-dns", Optional.of(service("kube-dns", 53))),
                state.workload("shop", WEB, Optional.of(workload(WEB, "web"))),
                state.pod("shop", "a", Optional.of(pod("shop", "a", podClass("web")))),
                state.intent(CHECKOUT.key(), Sightings.of(CHECKOUT, 1)),
                state.intentGone(CHECKOUT.key()),
                state.guardrail("exits", Sightings.of(Sightings.guardrail("exits", "nothing leaves"), 1)),
                state.wellKnown(Sightings.of(WellKnownPlaces.nothing(), 1)),
                state.facts(() -> ClusterFacts.unknown(true)),
                state.identity(() -> ClusterFacts.unknown(true)),
                state.pod("shop", "b", Optional.of(pod("shop", "b", podClass("other")))),
                state.policyTouch("shop"));
        state.policy(LivePolicies.baseline("uid", "9"));
        touches.forEach(touch -> assertSame(AffectedNamespaces.NOBODY, touch));
        assertEquals(Set.of(), state.pending().namespaces());
        assertEquals(Set.of(), state.snapshot().enrolment().segments().keySet());
    }

    @Test
    void onceEverythingIsReadThoseAreWokenForWhichThereCanBeAnythingToDo() {
        for (String name : new String[] {"enrolled", "claimed-twice", "with-intents", "with-policies", "empty"}) {
            state.namespace(name, Optional.of(namespace(name)));
        }
        state.segment("town", Sightings.of(Sightings.segment("town", "enrolled", "claimed-twice"), 1));
        state.segment("city", Sightings.of(Sightings.segment("city", "claimed-twice", "not-there"), 1));
        DeclaredIntent declared = Sightings.intent("with-intents", "checkout", "empty");
        state.intent(declared.key(), Sightings.of(declared, 1));
        DeclaredIntent early = Sightings.intent("not-there-yet", "checkout", "empty");
        state.intent(early.key(), Sightings.of(early, 1));
        state.policy(LivePolicies.of("with-policies", "bulkhead-baseline", "uid", "9"));

        AffectedNamespaces touch = state.complete();

        assertEquals(Set.of("enrolled", "claimed-twice", "with-intents", "with-policies"), touch.namespaces());
        assertTrue(touch.enrolment());
        assertTrue(touch.mayWithdraw());
        assertEquals(touch.namespaces(), state.pending().namespaces());
        assertEquals(Set.of("enrolled"), state.snapshot().enrolment().segments().keySet());
        assertEquals(
                Set.of("not-there-yet"),
                state.namespace("not-there-yet", Optional.of(namespace("not-there-yet")))
                        .namespaces(),
                "its intents are known already");
    }
}
