package dev.bulkhead.app.manifest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;

/** Pods and templates of pods, as far as policies see them. */
final class PodDecoder {

    private PodDecoder() {}

    static Pod pod(Fields object) {
        Pod pod = new Pod();
        pod.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        pod.setSpec(object.part("spec", PodDecoder::spec));
        pod.setStatus(object.part("status", PodDecoder::status));
        return pod;
    }

    static PodTemplateSpec template(Fields template) {
        PodTemplateSpec decoded = new PodTemplateSpec();
        decoded.setMetadata(MetadataDecoder.metadata(template.fields("metadata")));
        decoded.setSpec(template.part("spec", PodDecoder::spec));
        return decoded;
    }

    private static PodSpec spec(Fields spec) {
        PodSpec decoded = new PodSpec();
        decoded.setHostNetwork(spec.flag("hostNetwork"));
        decoded.setServiceAccountName(spec.name("serviceAccountName", NameSyntax.SUBDOMAIN));
        decoded.setServiceAccount(spec.name("serviceAccount", NameSyntax.SUBDOMAIN));
        decoded.setContainers(spec.list("containers", PodDecoder::container));
        decoded.setInitContainers(spec.list("initContainers", PodDecoder::container));
        return decoded;
    }

    private static Container container(Fields container) {
        Container decoded = new Container();
        decoded.setName(container.text("name"));
        decoded.setRestartPolicy(container.text("restartPolicy"));
        decoded.setPorts(container.list("ports", PodDecoder::port));
        return decoded;
    }

    private static ContainerPort port(Fields port) {
        ContainerPort decoded = new ContainerPort();
        decoded.setName(port.name("name", NameSyntax.PORT));
        decoded.setContainerPort(port.number("containerPort"));
        decoded.setProtocol(port.text("protocol"));
        return decoded;
    }

    private static PodStatus status(Fields status) {
        PodStatus decoded = new PodStatus();
        decoded.setPhase(status.text("phase"));
        decoded.setPodIP(status.text("podIP"));
        decoded.setPodIPs(status.list("podIPs", address -> new PodIP(address.text("ip"))));
        return decoded;
    }
}
