package dev.bulkhead.app.console;

import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.UsualPlaces;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Pod;
import java.util.function.Predicate;

/** Which pods serve the cluster's names. */
final class ClusterDns {

    private ClusterDns() {}

    /** Where the platform says they are, else where they usually are. */
    static Predicate<Pod> of(Declarations declarations) {
        WellKnownPlaces.Place said = declarations.wellKnown().places().get(WellKnown.KUBE_DNS);
        if (said == null) {
            return pod -> pod.namespace().equals(UsualPlaces.DNS.namespace())
                    && UsualPlaces.DNS.pods().matches(pod.traits().labels());
        }
        return said.<Predicate<Pod>>fold(
                pods -> {
                    Predicate<Pod> named = named(pods.workload());
                    return pod -> pod.namespace().equals(pods.namespace()) && named.test(pod);
                },
                networks -> pod -> false);
    }

    private static Predicate<Pod> named(WorkloadSelector reference) {
        return reference.fold(new WorkloadSelector.Cases<>() {
            @Override
            public Predicate<Pod> serviceAccount(WorkloadSelector.ServiceAccount account) {
                return pod -> pod.traits().serviceAccount().equals(account.name());
            }

            @Override
            public Predicate<Pod> owner(WorkloadSelector.Owner owner) {
                return pod -> pod.workload().kind().equals(owner.key().kind())
                        && pod.workload().name().equals(owner.key().name());
            }

            @Override
            public Predicate<Pod> labels(WorkloadSelector.Labels labels) {
                return pod -> labels.selector().matches(pod.traits().labels());
            }

            @Override
            public Predicate<Pod> all(WorkloadSelector.All all) {
                return pod -> true;
            }
        });
    }
}
