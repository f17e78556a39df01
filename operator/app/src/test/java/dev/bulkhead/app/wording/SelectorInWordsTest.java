package dev.bulkhead.app.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectorInWordsTest {

    private static LabelSelector notQuarantined(LabelSelector selector) {
        return selector.and(Marker.QUARANTINE, Requirement.doesNotExist());
    }

    @Test
    void aStampIsAServiceAccount() {
        LabelSelector stamped = notQuarantined(Identity.selector("checkout"));

        assertEquals("service account checkout", SelectorInWords.ofPods(stamped));
        assertEquals(
                "service account checkout with app=web",
                SelectorInWords.ofPods(stamped.and("app", Requirement.in(List.of("web")))));
    }

    @Test
    void otherLabelsStayAsTheyAre() {
        assertEquals("pods with app=web", SelectorInWords.ofPods(notQuarantined(LabelSelector.label("app", "web"))));
        assertEquals("every pod", SelectorInWords.ofPods(notQuarantined(LabelSelector.everything())));
    }

    @Test
    void whoSelectsQuarantinedPodsIsSaidToDoSo() {
        LabelSelector quarantined = LabelSelector.everything().and(Marker.QUARANTINE, Requirement.exists());

        assertEquals("pods with " + quarantined, SelectorInWords.ofPods(quarantined));
    }

    @Test
    void namespacesAreNamed() {
        assertEquals("every namespace", SelectorInWords.ofNamespaces(LabelSelector.everything()));
        assertEquals("namespace pay", SelectorInWords.ofNamespaces(LabelSelector.label(Namespace.NAME_LABEL, "pay")));
        assertEquals(
                "namespaces pay, web",
                SelectorInWords.ofNamespaces(
                        LabelSelector.everything().and(Namespace.NAME_LABEL, Requirement.in(List.of("web", "pay")))));
        assertEquals("namespaces with team=shop", SelectorInWords.ofNamespaces(LabelSelector.label("team", "shop")));
    }
}
