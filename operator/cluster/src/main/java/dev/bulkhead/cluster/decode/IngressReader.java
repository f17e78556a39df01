package dev.bulkhead.cluster.decode;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Which Services an Ingress sends requests to. */
final class IngressReader {

    /**
     * @param port the name or the number of a port of the Service
     */
    record Backend(String namespace, String service, String port) {}

    private IngressReader() {}

    static List<Backend> read(Ingress ingress) {
        if (ingress.getSpec() == null) {
            return List.of();
        }
        Stream<IngressBackend> ofPaths = orNone(ingress.getSpec().getRules()).stream()
                .filter(rule -> rule.getHttp() != null)
                .flatMap(rule -> orNone(rule.getHttp().getPaths()).stream())
                .map(path -> path.getBackend());
        return Stream.concat(Stream.ofNullable(ingress.getSpec().getDefaultBackend()), ofPaths)
                .filter(Objects::nonNull)
                .map(IngressBackend::getService)
                .filter(service -> service != null && service.getName() != null && service.getPort() != null)
                .map(service -> backend(ingress.getMetadata().getNamespace(), service))
                .distinct()
                .toList();
    }

    private static Backend backend(String namespace, IngressServiceBackend service) {
        Integer number = service.getPort().getNumber();
        String port = number == null || number == 0 ? service.getPort().getName() : number.toString();
        return new Backend(namespace, service.getName(), Objects.requireNonNullElse(port, ""));
    }

    private static <T> List<T> orNone(List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }
}
