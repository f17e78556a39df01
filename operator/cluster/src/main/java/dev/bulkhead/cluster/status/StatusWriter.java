package dev.bulkhead.cluster.status;

import dev.bulkhead.cluster.apply.WriteCounters;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Writes the status of objects of our own kinds, and nothing else of them. */
final class StatusWriter {

    private final StatusApi api;
    private final KubernetesSerialization serialization;
    private final WriteCounters counters;

    StatusWriter(StatusApi api, KubernetesSerialization serialization, WriteCounters counters) {
        this.api = api;
        this.serialization = serialization;
        this.counters = counters;
    }

    /**
     * @param namespace null for a cluster-scoped kind
     * @param uid of the object that this is about; another one of the same name is left alone
     * @param cleared members that the status may have had and that are empty now, by name, with their empty value
     * @param absent members that the status may have had and that it has no longer, unless it says them
     * @return the resourceVersion of the object after the write
     */
    String write(
            String kind,
            String namespace,
            String name,
            String uid,
            Object status,
            Map<String, Object> cleared,
            Set<String> absent) {
        Map<String, Object> said = new LinkedHashMap<>(cleared);
        absent.forEach(member -> said.put(member, null));
        Map<?, ?> members = serialization.convertValue(status, Map.class);
        members.forEach((member, value) -> said.put((String) member, value));
        String version = api.patch(kind, namespace, name, uid, said);
        counters.wroteStatus(kind);
        return version;
    }
}
