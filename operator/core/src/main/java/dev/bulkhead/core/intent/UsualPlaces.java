package dev.bulkhead.core.intent;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.world.LabelSelector;
import java.util.Collection;
import java.util.Map;

/**
 * Where those who make them install what every cluster has. Always a namespace by its name: what labels in just any
 * namespace say, any team could say.
 */
public final class UsualPlaces {

    private static final String NAME = "app.kubernetes.io/name";

    /** Pods with these labels in this namespace. */
    public record Place(String namespace, LabelSelector pods) {}

    public static final Place DNS = new Place("kube-system", LabelSelector.label("k8s-app", "kube-dns"));

    /** By the controller that IngressClasses name. */
    public static final ImmutableMap<String, Place> INGRESS_CONTROLLERS = ImmutableMap.of(
            "k8s.io/ingress-nginx",
            new Place(
                    "ingress-nginx",
                    LabelSelector.labels(Map.of(NAME, "ingress-nginx", "app.kubernetes.io/component", "controller"))),
            "traefik.io/ingress-controller",
            new Place("traefik", LabelSelector.label(NAME, "traefik")),
            "openshift.io/ingress-to-route",
            new Place(
                    "openshift-ingress",
                    LabelSelector.label(
                            "ingresscontroller.operator.openshift.io/deployment-ingresscontroller", "default")));

    /** The first whose namespace is there counts. */
    public static final ImmutableList<Place> MONITORING = ImmutableList.of(
            new Place("openshift-monitoring", LabelSelector.label(NAME, "prometheus")),
            new Place("monitoring", LabelSelector.label(NAME, "prometheus")));

    private UsualPlaces() {}

    static ImmutableSet<String> namespaces(WellKnown name) {
        return switch (name) {
            case KUBE_DNS -> ImmutableSet.of(DNS.namespace());
            case INGRESS_CONTROLLER -> namespaces(INGRESS_CONTROLLERS.values());
            case MONITORING -> namespaces(MONITORING);
            case KUBE_API_SERVER, INTERNET, NODES -> ImmutableSet.of();
        };
    }

    private static ImmutableSet<String> namespaces(Collection<Place> places) {
        return places.stream().map(Place::namespace).collect(ImmutableSet.toImmutableSet());
    }
}
