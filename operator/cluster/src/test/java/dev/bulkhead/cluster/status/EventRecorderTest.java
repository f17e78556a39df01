package dev.bulkhead.cluster.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.apply.WriteCounters;
import dev.bulkhead.cluster.log.LogQuota;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.ArgumentCaptor;

class EventRecorderTest {

    private final StatusApi api = mock();
    private final SetClock clock = new SetClock();
    private final EventRecorder events =
            new EventRecorder(api, new WriteCounters(policy -> false), clock, "bulkhead-0", new LogQuota(clock));

    @Test
    void anEventIsInTheNamespaceOfWhatItIsAbout() {
        events.record(
                regarding("AccessIntent", "shop", "checkout"),
                EventRecorder.Severity.NORMAL,
                "RuleOpen",
                "Open",
                "Open now: outbound[0]");
        Event event = created();
        assertEquals("shop", event.getMetadata().getNamespace());
        assertEquals("Open now: outbound[0]", event.getNote());
    }

    /** Whoever may view the namespace default may see nothing of the namespaces of a segment. */
    @ParameterizedTest
    @EnumSource
    void anEventAboutAnObjectInNoNamespaceSaysWhatHappenedAndWhereTheRestIsSaid(ClusterNews news) {
        events.record(regarding("Segment", null, "pay"), news);
        Event event = created();
        assertEquals("default", event.getMetadata().getNamespace());
        assertEquals(news.reason(), event.getReason());
        assertEquals("Warning", event.getType());
        assertEquals(news.text() + " See: kubectl describe segment pay", event.getNote());
    }

    @Test
    void noTextOfSomebodyElsesIsToldOfAnObjectInNoNamespace() {
        ObjectReference segment = regarding("Segment", null, "pay");
        assertThrows(
                IllegalArgumentException.class,
                () -> events.record(
                        segment, EventRecorder.Severity.WARNING, "Voided", "Audit", "pay/hole opens pods of codename"));
        verify(api, never()).create(any());
    }

    private Event created() {
        ArgumentCaptor<Event> created = ArgumentCaptor.forClass(Event.class);
        verify(api).create(created.capture());
        return created.getValue();
    }

    private static ObjectReference regarding(String kind, String namespace, String name) {
        return new ObjectReferenceBuilder()
                .withApiVersion("bulkhead.dev/v1alpha1")
                .withKind(kind)
                .withNamespace(namespace)
                .withName(name)
                .build();
    }
}
