package dev.bulkhead.app.manifest;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressRuleValue;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClassSpec;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceBackendPort;

/** How pods are found: Services, what stands behind them, and what is published. */
final class NetworkDecoder {

    private NetworkDecoder() {}

    static Service service(Fields object) {
        Service decoded = new Service();
        decoded.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        decoded.setSpec(object.part("spec", spec -> {
            ServiceSpec made = new ServiceSpec();
            made.setType(spec.text("type"));
            made.setClusterIP(spec.text("clusterIP"));
            made.setClusterIPs(spec.texts("clusterIPs"));
            made.setSelector(spec.labels("selector"));
            made.setPorts(spec.list("ports", NetworkDecoder::servicePort));
            return made;
        }));
        decoded.setStatus(object.part("status", status -> {
            ServiceStatus made = new ServiceStatus();
            made.setLoadBalancer(status.part("loadBalancer", balancer -> {
                LoadBalancerStatus balanced = new LoadBalancerStatus();
                balanced.setIngress(balancer.list("ingress", NetworkDecoder::loadBalancer));
                return balanced;
            }));
            return made;
        }));
        return decoded;
    }

    private static LoadBalancerIngress loadBalancer(Fields ingress) {
        LoadBalancerIngress decoded = new LoadBalancerIngress();
        decoded.setIp(ingress.text("ip"));
        return decoded;
    }

    private static ServicePort servicePort(Fields port) {
        ServicePort decoded = new ServicePort();
        decoded.setName(port.name("name", NameSyntax.LABEL));
        decoded.setPort(port.number("port"));
        decoded.setProtocol(port.text("protocol"));
        decoded.setTargetPort(port.numberOrPortName("targetPort"));
        return decoded;
    }

    static EndpointSlice endpointSlice(Fields object) {
        EndpointSlice decoded = new EndpointSlice();
        decoded.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        decoded.setAddressType(object.text("addressType"));
        decoded.setEndpoints(object.list("endpoints", endpoint -> {
            Endpoint made = new Endpoint();
            made.setAddresses(endpoint.texts("addresses"));
            return made;
        }));
        decoded.setPorts(object.list("ports", port -> {
            EndpointPort made = new EndpointPort();
            made.setName(port.name("name", NameSyntax.LABEL));
            made.setPort(port.number("port"));
            made.setProtocol(port.text("protocol"));
            return made;
        }));
        return decoded;
    }

    static Ingress ingress(Fields object) {
        Ingress decoded = new Ingress();
        decoded.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        decoded.setSpec(object.part("spec", spec -> {
            IngressSpec made = new IngressSpec();
            made.setDefaultBackend(
                    spec.part(spec.has("backend") ? "backend" : "defaultBackend", NetworkDecoder::backend));
            made.setRules(spec.list("rules", NetworkDecoder::rule));
            return made;
        }));
        return decoded;
    }

    static IngressClass ingressClass(Fields object) {
        IngressClass decoded = new IngressClass();
        decoded.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        decoded.setSpec(object.part("spec", spec -> {
            IngressClassSpec made = new IngressClassSpec();
            made.setController(spec.text("controller"));
            return made;
        }));
        return decoded;
    }

    private static IngressRule rule(Fields rule) {
        IngressRule decoded = new IngressRule();
        decoded.setHttp(rule.part("http", http -> {
            HTTPIngressRuleValue made = new HTTPIngressRuleValue();
            made.setPaths(http.list("paths", path -> {
                HTTPIngressPath one = new HTTPIngressPath();
                one.setBackend(path.part("backend", NetworkDecoder::backend));
                return one;
            }));
            return made;
        }));
        return decoded;
    }

    /** In v1 a service with name and port, in the versions before it two fields. */
    private static IngressBackend backend(Fields backend) {
        IngressBackend decoded = new IngressBackend();
        if (backend.has("serviceName")) {
            IntOrString port = backend.numberOrPortName("servicePort");
            decoded.setService(new IngressServiceBackend(
                    backend.name("serviceName", NameSyntax.LABEL),
                    port == null ? null : new ServiceBackendPort(port.getStrVal(), port.getIntVal())));
            return decoded;
        }
        decoded.setService(backend.part("service", service -> {
            IngressServiceBackend made = new IngressServiceBackend();
            made.setName(service.name("name", NameSyntax.LABEL));
            made.setPort(service.part(
                    "port", port -> new ServiceBackendPort(port.name("name", NameSyntax.PORT), port.number("number"))));
            return made;
        }));
        return decoded;
    }
}
