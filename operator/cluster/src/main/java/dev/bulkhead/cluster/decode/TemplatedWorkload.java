package dev.bulkhead.cluster.decode;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;

/** An object of a kind that is not one of Kubernetes' own and makes pods by a template, such as a Rollout. */
public final class TemplatedWorkload implements HasMetadata, Namespaced {

    private static final long serialVersionUID = 1L;

    private String apiVersion;
    private final String kind;
    private final PodTemplateSpec template;
    private ObjectMeta metadata;

    public TemplatedWorkload(String apiVersion, String kind, ObjectMeta metadata, PodTemplateSpec template) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.metadata = metadata;
        this.template = template;
    }

    PodTemplateSpec template() {
        return template;
    }

    /** For a second kind of this name: the same with the API group in the name of its kind. */
    public TemplatedWorkload withKind(String other) {
        return new TemplatedWorkload(apiVersion, other, metadata, template);
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
    public String getKind() {
        return kind;
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
