package dev.bulkhead.demo;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.demo.ShopParty.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** Five workloads in three namespaces. */
final class Shop {

    static final Workload STOREFRONT = new Workload("web", "storefront");
    static final Workload CHECKOUT = new Workload("shop", "checkout");
    static final Workload CATALOGUE = new Workload("shop", "catalogue");
    static final Workload PAYMENTS = new Workload("pay", "payments");
    static final Workload LEDGER = new Workload("pay", "ledger");

    static final ImmutableList<Workload> WORKLOADS =
            ImmutableList.of(STOREFRONT, CHECKOUT, CATALOGUE, PAYMENTS, LEDGER);

    private final KubernetesClient client;

    Shop(KubernetesClient client) {
        this.client = client;
    }

    void open() {
        new StoryManifests(client).apply(StoryManifests.WORKLOADS);
    }

    void scale(Workload workload, int replicas) {
        client.apps()
                .deployments()
                .inNamespace(workload.namespace())
                .withName(workload.serviceAccount())
                .scale(replicas);
    }

    /** The pods of a workload that run and are not about to go. */
    List<Pod> running(Workload workload) {
        return client.pods().inNamespace(workload.namespace()).list().getItems().stream()
                .filter(pod -> workload.has(pod) && isRunning(pod))
                .toList();
    }

    private static boolean isRunning(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && "Running".equals(pod.getStatus().getPhase());
    }
}
