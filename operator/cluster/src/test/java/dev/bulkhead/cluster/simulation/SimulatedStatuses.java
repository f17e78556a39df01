package dev.bulkhead.cluster.simulation;

import dev.bulkhead.cluster.inventory.FieldManagers;
import dev.bulkhead.cluster.status.StatusApi;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.Map;
import java.util.Objects;

/** The requests of the reporters, as the API server would understand them. Events are taken, and kept nowhere. */
record SimulatedStatuses(SimulatedApiServer server) implements StatusApi {

    @Override
    public String patch(String kind, String namespace, String name, String uid, Map<String, Object> members) {
        SimulatedApiServer.Key key = new SimulatedApiServer.Key(Objects.requireNonNullElse(namespace, ""), name);
        return server.patchStatus(kind, key, uid, members, FieldManagers.OURS)
                .getMetadata()
                .getResourceVersion();
    }

    @Override
    public void create(Event event) {}
}
