package dev.bulkhead.cluster.reconcile;

import io.fabric8.kubernetes.api.model.Namespace;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Collection;
import java.util.Set;

/** Wakes namespaces from within this process. Before the controller starts nobody listens; it looks at all of them then. */
final class WakeUps extends AbstractEventSource<Void, Namespace> {

    WakeUps() {
        super(Void.class, "inventory");
    }

    void wake(Collection<String> namespaces) {
        EventHandler handler = getEventHandler();
        if (handler != null && isRunning()) {
            namespaces.forEach(namespace -> handler.handleEvent(new Event(new ResourceID(namespace))));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(Namespace primary) {
        return Set.of();
    }
}
