package dev.bulkhead.cluster.decode;

import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import java.util.Optional;

/** Which ingress controllers the platform has installed: its IngressClasses name them. */
public final class IngressClassReader {

    /** Empty where the class names none. */
    public Optional<String> controller(IngressClass object) {
        return Optional.ofNullable(object.getSpec())
                .map(spec -> spec.getController())
                .filter(controller -> !controller.isEmpty());
    }
}
