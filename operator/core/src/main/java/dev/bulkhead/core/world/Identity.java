package dev.bulkhead.core.world;

/** The label by which the API server vouches for a pod's service account. */
public final class Identity {

    /** Stamped from {@code spec.serviceAccountName} by an admission policy; nobody can set it to anything else. */
    public static final String LABEL = "bulkhead.dev/service-account";

    private Identity() {}

    /** What a reference to a service account selects. */
    public static LabelSelector selector(String serviceAccount) {
        return LabelSelector.label(LABEL, serviceAccount);
    }

    /**
     * Whether the stamp of every live pod tells the truth about this service account: pods that were there before the
     * admission policies may lack it, or carry one that somebody made up.
     */
    public static boolean isStamped(Namespace namespace, String serviceAccount) {
        return namespace.pods().stream()
                .allMatch(pod -> pod.serviceAccount().equals(serviceAccount)
                        == serviceAccount.equals(pod.labels().get(LABEL)));
    }
}
