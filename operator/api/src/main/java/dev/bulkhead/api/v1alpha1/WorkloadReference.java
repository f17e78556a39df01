package dev.bulkhead.api.v1alpha1;

/** A way of naming pods: exactly one of these is given, the others are null. */
public sealed interface WorkloadReference permits WorkloadSubject, WorkloadPeer, WellKnownWorkload {

    String serviceAccount();

    WorkloadOwner owner();

    PodSelector podSelector();

    /** True or null. */
    Boolean all();
}
