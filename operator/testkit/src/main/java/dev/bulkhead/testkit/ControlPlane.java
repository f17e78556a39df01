package dev.bulkhead.testkit;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** A running Kubernetes control plane of our own. Closing it stops everything that it started. */
public interface ControlPlane extends AutoCloseable {

    /** What a control plane does beyond storing objects; what it lacks, tests must not rest on. */
    enum Capability {
        /** Deployments get pods, pods get scheduled and run, the contents of deleted namespaces go. */
        WORKLOADS,
        /** MutatingAdmissionPolicies and ValidatingAdmissionPolicies of any content are evaluated. */
        ADMISSION_POLICIES,
        /** Objects are held against their schemas, CEL rules included. */
        VALIDATION,
        /** Tenants may do what RBAC grants them, and nothing else. */
        AUTHORIZATION,
        /** Owned objects go when their owners go. */
        GARBAGE_COLLECTION
    }

    Set<Capability> capabilities();

    /** The administrator's client: one, shared by all callers, closed with this control plane. */
    KubernetesClient client();

    /** How the administrator connects: a new value at each call, to be changed as one likes before making a client of it. */
    Config configuration();

    /**
     * How a tenant connects: a new value at each call.
     *
     * @throws IllegalArgumentException if no tenant of that name was asked for when this control plane was started
     */
    Config configuration(String tenant);

    /** A new client for a tenant; the caller closes it. */
    default KubernetesClient client(String tenant) {
        return new KubernetesClientBuilder().withConfig(configuration(tenant)).build();
    }

    /** A file for kubectl, with the administrator's credentials; it goes when this control plane is closed. */
    Path kubeconfig();

    /** A file for kubectl, with a tenant's credentials. */
    Path kubeconfig(String tenant);

    /** One line for people: what this is and where it came from. */
    String description();

    /**
     * Asks for the servers' logs to outlive {@link #close()}.
     *
     * @return the folder in which they are; empty if there are no servers that would write any
     */
    Optional<Path> keepLogs();

    @Override
    void close();
}
