package dev.bulkhead.testkit;

import java.util.List;

/**
 * What a control plane is to be started with.
 *
 * @param tenants the users besides the administrator
 * @param workloads whether Deployments get pods and pods run; without it a real control plane is an API server alone,
 *     which starts sooner and is smaller, and does not fill in the service account of pods
 * @param nodes how many nodes there are for pods to run on
 */
public record ControlPlaneOptions(List<Tenant> tenants, boolean workloads, int nodes) {

    /** No tenants, workloads that run, two nodes. */
    public static final ControlPlaneOptions DEFAULT = new ControlPlaneOptions(List.of(), true, 2);

    public ControlPlaneOptions {
        tenants = List.copyOf(tenants);
        if (nodes < 0) {
            throw new IllegalArgumentException("nodes: " + nodes);
        }
    }

    public ControlPlaneOptions withTenants(Tenant... someTenants) {
        return new ControlPlaneOptions(List.of(someTenants), workloads, nodes);
    }

    public ControlPlaneOptions withoutWorkloads() {
        return new ControlPlaneOptions(tenants, false, 0);
    }

    public ControlPlaneOptions withNodes(int count) {
        return new ControlPlaneOptions(tenants, workloads, count);
    }
}
