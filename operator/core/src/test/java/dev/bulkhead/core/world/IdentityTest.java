package dev.bulkhead.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityTest {

    private static final String LONGEST = "a".repeat(63);

    private static PodClass pod(String account, Map<String, String> labels) {
        return new PodClass(
                ImmutableSortedMap.copyOf(labels),
                account,
                ImmutableSortedSet.of(new ContainerPort("http", Protocol.TCP, 80)),
                true);
    }

    private static PodClass stamped(String account, String stamp) {
        return pod(account, Map.of(Identity.LABEL, stamp));
    }

    private static Set<String> doubted(PodClass... pods) {
        Namespace empty = Namespace.empty("shop");
        return Identity.doubted(new Namespace(
                empty.name(),
                empty.labels(),
                empty.terminating(),
                ImmutableMap.of(),
                ImmutableMap.of(),
                ImmutableSet.copyOf(pods)));
    }

    @Test
    void aPodIsUnstampedWithoutTheStampOfItsAccount() {
        assertTrue(Identity.isUnstamped(pod("checkout", Map.of("app", "checkout"))));
        assertTrue(Identity.isUnstamped(stamped("checkout", "payments")));
        assertFalse(Identity.isUnstamped(stamped("checkout", "checkout")));
    }

    @Test
    void aPodIsNotUnstampedWhereNoStampCanBe() {
        assertFalse(Identity.isUnstamped(pod("", Map.of())));
        assertFalse(Identity.isUnstamped(stamped("", "payments")));
        assertFalse(Identity.isUnstamped(pod(LONGEST + "a", Map.of())));
        assertTrue(Identity.isUnstamped(pod(LONGEST, Map.of())));
    }

    @Test
    void aPodCastsDoubtOnItsAccountAndOnTheOneThatItsStampNames() {
        assertEquals(
                Set.of("checkout", "payments"),
                doubted(stamped("checkout", "payments"), stamped("ledger", "ledger"), stamped("web", "web")));
    }

    @Test
    void anUnstampedPodCastsDoubtOnItsAccountHoweverManyAreStamped() {
        Set<String> doubted =
                doubted(stamped("checkout", "checkout"), pod("checkout", Map.of()), stamped("web", "web"));

        assertTrue(doubted.contains("checkout"));
        assertFalse(doubted.contains("web"));
    }

    @Test
    void whereEveryStampIsTrueNothingIsDoubted() {
        assertEquals(Set.of(), doubted(stamped("checkout", "checkout"), pod("", Map.of())));
        assertEquals(Set.of(), doubted());
    }

    @Test
    void theApiServerReplacesWhateverStampAPodCarriesAndNothingElse() {
        assertEquals(
                pod("checkout", Map.of("app", "a", Identity.LABEL, "checkout")),
                Identity.stamped(pod("checkout", Map.of("app", "a", Identity.LABEL, "payments"))));
        assertEquals(stamped("checkout", "checkout"), Identity.stamped(pod("checkout", Map.of())));
        assertEquals(pod("", Map.of("app", "a")), Identity.stamped(pod("", Map.of("app", "a", Identity.LABEL, "x"))));
    }
}
