package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightsTest {

    /** Names of labels are as much a team's own as their values, and may be five times as long. */
    @Test
    void ofWhatIsDeclaredNamesCountAsValuesDo() {
        long small = Weights.declared(Map.of("matchLabels", Map.of("a", "b")));
        assertEquals(small + 300, Weights.declared(Map.of("matchLabels", Map.of("a".repeat(301), "b"))));
        assertEquals(small + 60, Weights.declared(Map.of("matchLabels", Map.of("a", "b".repeat(61)))));
    }

    @Test
    void eachItemOfAListCounts() {
        long one = Weights.declared(List.of("a"));
        assertTrue(Weights.declared(List.of("a", "b")) > one + 1);
        assertTrue(Weights.declared(null) > 0, "what declares nothing is there all the same");
    }
}
