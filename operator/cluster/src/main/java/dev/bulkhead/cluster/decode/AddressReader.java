package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.IpAddress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Addresses and ranges of them as Kubernetes' objects write them. */
final class AddressReader {

    /** What stands in the place of an address in a Service without one. */
    private static final String HEADLESS = "None";

    private AddressReader() {}

    static Cidr range(String text, String field) {
        try {
            refuseZone(text);
            return Cidr.parse(text);
        } catch (IllegalArgumentException e) {
            throw unreadable(text, field, "address range", e);
        }
    }

    static IpAddress address(String text, String field) {
        try {
            refuseZone(text);
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw unreadable(text, field, "address", e);
        }
    }

    /** Those of a pod; none where it has no address yet. */
    static ImmutableSortedSet<IpAddress> addresses(Pod pod) {
        PodStatus status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
        Stream<String> several = Objects.requireNonNullElse(status.getPodIPs(), List.<PodIP>of()).stream()
                .map(PodIP::getIp);
        return Stream.concat(several, Stream.ofNullable(status.getPodIP()))
                .filter(address -> address != null && !address.isEmpty())
                .map(address -> address(address, "status.podIPs"))
                .collect(ImmutableSortedSet.toImmutableSortedSet(IpAddress::compareTo));
    }

    /**
     * Those at which a Service is reached, also from outside the cluster; none where it has none of its own. Without its {@code
     * externalIPs}: a team may write any address there, also one that is not its own.
     */
    static ImmutableSortedSet<IpAddress> addresses(Service service) {
        ServiceSpec spec = Objects.requireNonNullElseGet(service.getSpec(), ServiceSpec::new);
        Stream<IpAddress> inside = Stream.concat(
                        list(spec.getClusterIPs()).stream(), Stream.ofNullable(spec.getClusterIP()))
                .filter(address -> !address.isEmpty() && !address.equals(HEADLESS))
                .map(address -> address(address, "spec.clusterIPs"));
        Stream<IpAddress> balanced = Optional.ofNullable(service.getStatus())
                .map(ServiceStatus::getLoadBalancer)
                .map(balancer -> list(balancer.getIngress()))
                .orElse(List.of())
                .stream()
                .map(LoadBalancerIngress::getIp)
                .filter(address -> address != null && !address.isEmpty())
                .map(address -> address(address, "status.loadBalancer.ingress"));
        return Stream.concat(inside, balanced).collect(ImmutableSortedSet.toImmutableSortedSet(IpAddress::compareTo));
    }

    private static <T> List<T> list(List<T> items) {
        return Objects.requireNonNullElse(items, List.of());
    }

    private static void refuseZone(String text) {
        if (text.indexOf('%') >= 0) {
            throw new IllegalArgumentException(
                    "a zone means something on one machine alone: leave it out, and the percent sign before it");
        }
    }

    private static UnreadableObjectException unreadable(
            String text, String field, String what, IllegalArgumentException cause) {
        UnreadableObjectException unreadable =
                new UnreadableObjectException(field, "'" + text + "' is no " + what + ": " + cause.getMessage());
        unreadable.initCause(cause);
        return unreadable;
    }
}
