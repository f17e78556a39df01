package dev.bulkhead.bench;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two, of which one leads. */
final class Replicas implements AutoCloseable {

    /** Where their lease is. */
    static final String NAMESPACE = "bulkhead-system";

    private final BenchCluster cluster;
    private final Path kubeconfig;
    private final Map<String, OperatorProcess> processes = new TreeMap<>();

    Replicas(BenchCluster cluster, Path kubeconfig) {
        this.cluster = cluster;
        this.kubeconfig = kubeconfig;
        revive();
    }

    /** Starts anew what has ended, as the kubelet does. */
    void revive() {
        for (String name : List.of("replica-a", "replica-b")) {
            OperatorProcess process = processes.get(name);
            if (process == null || !process.isAlive()) {
                processes.put(name, OperatorProcess.replica(kubeconfig, name));
            }
        }
    }

    OperatorProcess leader() {
        Lease lease = cluster.client()
                .leases()
                .inNamespace(NAMESPACE)
                .withName("bulkhead")
                .get();
        String holder = lease.getSpec().getHolderIdentity();
        return processes.entrySet().stream()
                .filter(replica -> holder.startsWith(replica.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        processes.values().forEach(OperatorProcess::close);
    }
}
