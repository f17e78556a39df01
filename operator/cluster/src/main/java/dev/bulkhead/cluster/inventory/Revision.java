package dev.bulkhead.cluster.inventory;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/** Which state of which object: its identity, and the generation of its spec. */
public record Revision(String uid, long generation) {

    public static Revision of(HasMetadata object) {
        return new Revision(
                object.getMetadata().getUid(),
                Objects.requireNonNullElse(object.getMetadata().getGeneration(), 0L));
    }
}
