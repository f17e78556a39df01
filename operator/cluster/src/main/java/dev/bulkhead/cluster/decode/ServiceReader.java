package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Service;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Services. */
public final class ServiceReader {

    public Service read(io.fabric8.kubernetes.api.model.Service service) {
        ServiceSpec spec = Objects.requireNonNullElseGet(service.getSpec(), ServiceSpec::new);
        Map<String, String> selector = Objects.requireNonNullElse(spec.getSelector(), ImmutableMap.of());
        boolean selectsPods = !selector.isEmpty() && !"ExternalName".equals(spec.getType());
        ImmutableList.Builder<Service.Port> ports = ImmutableList.builder();
        List<ServicePort> given = Objects.requireNonNullElse(spec.getPorts(), ImmutableList.of());
        for (int i = 0; i < given.size(); i++) {
            ports.add(port(given.get(i), "spec.ports[" + i + "]"));
        }
        return new Service(
                service.getMetadata().getName(),
                selectsPods,
                selectsPods ? LabelSelector.labels(selector) : LabelSelector.everything(),
                ports.build(),
                AddressReader.addresses(service));
    }

    private static Service.Port port(ServicePort port, String field) {
        if (port.getPort() == null) {
            throw new UnreadableObjectException(field + ".port", "it is not there");
        }
        Protocol protocol = ProtocolReader.read(port.getProtocol(), field + ".protocol");
        return new Service.Port(
                Objects.requireNonNullElse(port.getName(), ""),
                protocol,
                PortReader.number(port.getPort(), field + ".port"),
                target(port, protocol, field + ".targetPort"));
    }

    /** The port itself where no target is given; the API server takes 0 and "" for none. */
    private static Ports target(ServicePort port, Protocol protocol, String field) {
        IntOrString target = port.getTargetPort();
        if (target != null && target.getStrVal() != null && !target.getStrVal().isEmpty()) {
            return Ports.named(protocol, target.getStrVal());
        }
        boolean given = target != null && target.getIntVal() != null && target.getIntVal() != 0;
        return Ports.port(protocol, PortReader.number(given ? target.getIntVal() : port.getPort(), field));
    }
}
