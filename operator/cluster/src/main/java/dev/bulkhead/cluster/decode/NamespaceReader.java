package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.world.Namespace;
import java.util.Map;
import java.util.TreeMap;

/** Namespaces, before anything is put into them. */
public final class NamespaceReader {

    public Namespace read(io.fabric8.kubernetes.api.model.Namespace namespace) {
        String name = namespace.getMetadata().getName();
        Map<String, String> labels = new TreeMap<>();
        if (namespace.getMetadata().getLabels() != null) {
            labels.putAll(namespace.getMetadata().getLabels());
        }
        labels.put(Namespace.NAME_LABEL, name);
        boolean terminating = namespace.getMetadata().getDeletionTimestamp() != null
                || (namespace.getStatus() != null
                        && "Terminating".equals(namespace.getStatus().getPhase()));
        return new Namespace(
                name,
                ImmutableSortedMap.copyOf(labels),
                terminating,
                ImmutableMap.of(),
                ImmutableMap.of(),
                ImmutableSet.of());
    }
}
