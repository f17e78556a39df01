package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.ConditionStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.cluster.access.Scope;
import dev.bulkhead.cluster.inventory.DeletionBlockers;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.LiveView;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.LabelSelector;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an explanation says besides what policies say. */
class CaveatsTest {

    private static final String OF_SEGMENT =
            "Nothing opens in this namespace for now: others withdraw first (elsewhere)";
    private static final String OF_INTENT = "Nothing opens in this namespace for now: others withdraw first";

    private static final LiveView VIEW = LargeClusterTest.everybodyReachesEverybody(1);

    private static Condition condition(String type, ConditionStatus status, String reason, String message) {
        return new Condition(type, status, 1L, "2026-06-01T00:00:00Z", reason, message);
    }

    private static LiveView held(List<Condition> ofSegment, List<Condition> ofIntent) {
        return new LiveView(
                VIEW.snapshot(),
                VIEW.pods(),
                ImmutableSortedMap.of(
                        "ns-0",
                        ImmutableSortedMap.of(
                                "one", new AccessIntentStatus(1L, ofIntent, null, List.of(), List.of(), ""))),
                ImmutableSortedMap.of(
                        "all",
                        new SegmentStatus(
                                1L, ofSegment, List.of("ns-0"), 1, null, List.of(), List.of(), List.of(), List.of())));
    }

    private static List<String> caveats(LiveView view, boolean everything) throws IOException {
        ViewedCluster cluster = new ViewedCluster(view, new Scope(everything, ImmutableSortedSet.of("ns-0")));
        JsonNode answer = OpenApi.json(CommandQuestions.explain(
                        cluster,
                        new RequestParameters(ImmutableMap.of(
                                "from", "ns-0/Deployment/app-0", "to", "ns-0/Deployment/app-1", "port", "80")))
                .body()
                .toString());
        List<String> texts = new ArrayList<>();
        answer.path("caveats")
                .forEach(caveat -> texts.add(caveat.get("code").asText() + " "
                        + caveat.get("namespace").asText() + ": "
                        + caveat.get("text").asText()));
        return texts;
    }

    @Test
    void whyNothingIsWrittenIsToldToWhoeverSeesAllNamespaces() throws IOException {
        Condition held = condition("Held", ConditionStatus.TRUE, "WritesHeld", "ns-0: " + OF_SEGMENT + ".");
        assertEquals(List.of("Held ns-0: " + OF_SEGMENT), caveats(held(List.of(held), List.of()), true));
        Condition failing = condition("Ready", ConditionStatus.FALSE, "Failing", "It fails: ns-0: forbidden.");
        assertEquals(
                List.of("Held ns-0: Policies cannot be written, which is tried again for ever: forbidden"),
                caveats(held(List.of(failing), List.of()), true));
    }

    @Test
    void whoeverSeesSomeNamespacesIsToldWhatTheirIntentsSay() throws IOException {
        Condition ofSegment = condition("Held", ConditionStatus.TRUE, "WritesHeld", "ns-0: " + OF_SEGMENT + ".");
        Condition ofIntent = condition("Ready", ConditionStatus.FALSE, "Held", OF_INTENT);
        assertEquals(List.of(), caveats(held(List.of(ofSegment), List.of()), false));
        assertEquals(List.of("Held ns-0: " + OF_INTENT), caveats(held(List.of(ofSegment), List.of(ofIntent)), false));
    }

    @Test
    void whereNothingIsHeldNothingIsSaid() throws IOException {
        Condition free =
                condition("Held", ConditionStatus.FALSE, "NothingHeld", "Everything that is to be written is.");
        Condition ready = condition("Ready", ConditionStatus.TRUE, "Written", "In force in 1 policy.");
        assertEquals(List.of(), caveats(held(List.of(free), List.of(ready)), true));
    }

    @Test
    void aPolicyThatCannotBeReadIsNamed() throws IOException {
        InventorySnapshot snapshot = VIEW.snapshot();
        NetworkPolicy placeholder = new NetworkPolicy(
                new NetworkPolicy.Key("ns-0", "doubtful"),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                LabelSelector.everything(),
                ImmutableSet.of(),
                ImmutableList.of(),
                ImmutableList.of());
        LivePolicy doubtful = new LivePolicy(
                placeholder,
                "uid",
                "1",
                Instant.EPOCH,
                /* annotated= */ false,
                /* offered= */ false,
                "somebody",
                DeletionBlockers.NONE,
                Optional.of("spec.ingress[0]: this is not known"));
        LiveView view = new LiveView(
                ViewOfTown.snapshot(
                        snapshot.world(),
                        snapshot.declarations(),
                        snapshot.enrolment(),
                        ImmutableSortedMap.of("ns-0", ImmutableSortedMap.of("doubtful", doubtful))),
                VIEW.pods(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of());
        for (boolean everything : List.of(true, false)) {
            assertEquals(
                    List.of("Unreadable ns-0: the NetworkPolicy ns-0/doubtful is not understood, so it may allow and"
                            + " isolate anything, and is no part of the answer: spec.ingress[0]: this is not known"),
                    caveats(view, everything));
        }
    }
}
