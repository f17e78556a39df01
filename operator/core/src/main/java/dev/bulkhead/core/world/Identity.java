package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** The label by which the API server vouches for a pod's service account. */
public final class Identity {

    /** Stamped from {@code spec.serviceAccountName} by an admission policy; nobody can set it to anything else. */
    public static final String LABEL = "bulkhead.dev/service-account";

    /** Of a label's value; a longer name is stamped on no pod. */
    private static final int LONGEST = 63;

    private Identity() {}

    /** What a reference to a service account selects. */
    public static LabelSelector selector(String serviceAccount) {
        return LabelSelector.label(LABEL, serviceAccount);
    }

    /**
     * The service accounts of which the stamp of some live pod does not tell the truth: pods that were there before the
     * admission policies may lack it, or carry one that somebody made up.
     */
    public static ImmutableSet<String> doubted(Namespace namespace) {
        ImmutableSet.Builder<String> doubted = ImmutableSet.builder();
        for (PodClass pod : namespace.pods()) {
            String stamp = pod.labels().getOrDefault(LABEL, "");
            if (!pod.serviceAccount().equals(stamp)) {
                doubted.add(pod.serviceAccount(), stamp);
            }
        }
        return doubted.build();
    }

    /** Whether a pod of this class should carry a stamp and carries none, or another one. */
    public static boolean isUnstamped(PodClass pod) {
        return isPossible(pod.serviceAccount())
                && !pod.serviceAccount().equals(pod.labels().get(LABEL));
    }

    private static boolean isPossible(String serviceAccount) {
        return !serviceAccount.isEmpty() && serviceAccount.length() <= LONGEST;
    }

    /** As the API server will have it once a pod of this class is applied. */
    public static PodClass stamped(PodClass pod) {
        SortedMap<String, String> labels = new TreeMap<>(pod.labels());
        labels.remove(LABEL);
        if (isPossible(pod.serviceAccount())) {
            labels.put(LABEL, pod.serviceAccount());
        }
        return new PodClass(ImmutableSortedMap.copyOf(labels), pod.serviceAccount(), pod.ports(), pod.hostNetwork());
    }
}
