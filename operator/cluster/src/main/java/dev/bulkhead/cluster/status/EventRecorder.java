package dev.bulkhead.cluster.status;

import com.google.common.base.Preconditions;
import dev.bulkhead.cluster.apply.WriteCounters;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells people, at the object they would look at. An Event that cannot be written is logged and forgotten. */
final class EventRecorder {

    /** How much the reader should care. */
    enum Severity {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String label;

        Severity(String label) {
            this.label = label;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    /** The namespace in which Kubernetes keeps events about objects that are in none. */
    private static final String OF_THE_CLUSTER = "default";

    private static final int MAXIMUM_NOTE = 1000;
    private static final int MAXIMUM_NAME = 200;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final StatusApi api;
    private final WriteCounters counters;
    private final Clock clock;
    private final String instance;
    private final LogQuota quota;

    EventRecorder(StatusApi api, WriteCounters counters, Clock clock, String instance, LogQuota quota) {
        this.api = api;
        this.counters = counters;
        this.clock = clock;
        this.instance = instance;
        this.quota = quota;
    }

    /**
     * Of an object in a namespace, to those who may see that namespace.
     *
     * @param note must not tell them more than that
     * @throws IllegalArgumentException for an object in no namespace
     */
    void record(ObjectReference regarding, Severity severity, String reason, String action, String note) {
        Preconditions.checkArgument(regarding.getNamespace() != null, "%s is in no namespace", regarding.getKind());
        create(regarding, severity, reason, action, note);
    }

    /** Of an object in no namespace, whose status says the rest to those who may read it. */
    void record(ObjectReference regarding, ClusterNews news) {
        create(
                regarding,
                Severity.WARNING,
                news.reason(),
                news.action(),
                news.text() + " See: kubectl describe " + regarding.getKind().toLowerCase(Locale.ROOT) + " "
                        + regarding.getName());
    }

    private void create(ObjectReference regarding, Severity severity, String reason, String action, String note) {
        String namespace = Optional.ofNullable(regarding.getNamespace()).orElse(OF_THE_CLUSTER);
        Event event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withGenerateName(
                        Conditions.shortened(regarding.getName(), MAXIMUM_NAME).replace("…", "") + "-")
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(clock.instant())))
                .withReportingController("bulkhead.dev/operator")
                .withReportingInstance(Conditions.shortened(instance, 128))
                .withType(severity.label)
                .withReason(reason)
                .withAction(action)
                .withRegarding(regarding)
                .withNote(Conditions.shortened(note, MAXIMUM_NOTE))
                .build();
        try {
            api.create(event);
            counters.wroteEvent(reason);
        } catch (KubernetesClientException e) {
            quota.line(LOG, Level.WARN, namespace)
                    .addKeyValue(LogKey.KIND, regarding.getKind())
                    .addKeyValue(LogKey.NAME, regarding.getName())
                    .addKeyValue(LogKey.REASON, reason)
                    .addKeyValue(LogKey.ERROR, Errors.brief(e))
                    .log("Event not written");
        }
    }
}
