package dev.bulkhead.app.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** An object that makes pods of which nothing more is known: what they look like stands where only its own program looks. */
public final class UnreadMaker implements HasMetadata, Namespaced {

    private static final long serialVersionUID = 1L;

    private final String kind;
    private ObjectMeta metadata;
    private String apiVersion = "";

    /** @param kind with its API group */
    UnreadMaker(String kind, ObjectMeta metadata) {
        this.kind = kind;
        this.metadata = metadata;
    }

    @Override
    public String getKind() {
        return kind;
    }

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    @Override
    public void setApiVersion(String version) {
        apiVersion = version;
    }

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public void setMetadata(ObjectMeta given) {
        metadata = given;
    }
}
