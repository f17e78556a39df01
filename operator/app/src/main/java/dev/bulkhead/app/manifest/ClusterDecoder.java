package dev.bulkhead.app.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;

/** What belongs to the cluster as a whole. */
final class ClusterDecoder {

    private ClusterDecoder() {}

    static Namespace namespace(Fields object) {
        Namespace decoded = new Namespace();
        decoded.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        decoded.setStatus(object.part("status", status -> {
            NamespaceStatus made = new NamespaceStatus();
            made.setPhase(status.text("phase"));
            return made;
        }));
        return decoded;
    }

    static Node node(Fields object) {
        Node decoded = new Node();
        decoded.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        decoded.setSpec(object.part("spec", spec -> {
            NodeSpec made = new NodeSpec();
            made.setPodCIDR(spec.text("podCIDR"));
            made.setPodCIDRs(spec.texts("podCIDRs"));
            return made;
        }));
        decoded.setStatus(object.part("status", status -> {
            NodeStatus made = new NodeStatus();
            made.setAddresses(status.list(
                    "addresses", address -> new NodeAddress(address.text("address"), address.text("type"))));
            return made;
        }));
        return decoded;
    }

    /** A policy of a kind that is not judged: that it is there says enough. */
    static HasMetadata notJudged(String name, Fields object) {
        GenericKubernetesResource decoded = new GenericKubernetesResource();
        decoded.setKind(name);
        return named(decoded, object);
    }

    /** Of admission objects the name and the labels say enough. */
    static <T extends HasMetadata> T named(T decoded, Fields object) {
        decoded.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        return decoded;
    }
}
