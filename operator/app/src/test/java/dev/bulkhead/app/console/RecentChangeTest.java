package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.ConditionStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecentChangeTest {

    private static Condition condition(String type, String at) {
        return new Condition(type, ConditionStatus.TRUE, 1L, at, "Because", "Because it is so.");
    }

    private static AccessIntentStatus intent(Condition... conditions) {
        return new AccessIntentStatus(1L, List.of(conditions), null, List.of(), List.of(), "");
    }

    private static SegmentStatus segment(Condition... conditions) {
        return new SegmentStatus(
                1L, List.of(conditions), List.of(), null, null, List.of(), List.of(), List.of(), List.of());
    }

    private static List<String> told(List<RecentChange> recent) {
        return recent.stream()
                .map(one -> one.namespace() + one.segment() + " " + one.condition())
                .toList();
    }

    @Test
    void theLatestChangeComesFirstWhateverItIsOf() {
        List<RecentChange> recent = RecentChange.of(
                Map.of(
                        "shop",
                        Map.of(
                                "checkout",
                                intent(
                                        condition("Ready", "2026-11-30T10:00:00Z"),
                                        condition("Connected", "2026-11-30T12:00:00Z")))),
                Map.of("pay", segment(condition("Ready", "2026-11-30T11:00:00Z"))));

        assertEquals(List.of("shop Connected", "pay Ready", "shop Ready"), told(recent));
    }

    @Test
    void ofManyTheLatestAreTold() {
        Map<String, AccessIntentStatus> many = new TreeMap<>();
        for (int i = 10; i < 60; i++) {
            many.put("intent-" + i, intent(condition("Ready", "2026-11-30T10:00:" + i + "Z")));
        }

        List<RecentChange> recent = RecentChange.of(Map.of("shop", many), Map.of());

        assertEquals(20, recent.size());
        assertEquals("intent-59", recent.get(0).intent());
        assertEquals("intent-40", recent.get(19).intent());
    }
}
