package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Locale;

/** What to write for pods that are named by what owns them: only some owners have a selector that can be relied on. */
final class OwnerAdvice {

    /** By the words that people write. */
    static final ImmutableMap<String, String> OWNERS = ImmutableMap.of(
            "deployment", "Deployment",
            "statefulset", "StatefulSet",
            "daemonset", "DaemonSet");

    /** Others that people know to make pods. */
    private static final ImmutableSet<String> OTHERS = ImmutableSet.of(
            "job", "cronjob", "pod", "pods", "replicaset", "replicationcontroller", "rollout", "deploymentconfig");

    private static final String OWNER_KIND = "owner.kind";

    private OwnerAdvice() {}

    static boolean isOther(String word) {
        return OTHERS.contains(word.toLowerCase(Locale.ROOT));
    }

    /** What follows the kinds that an owner may have; nothing of another field. */
    static String instead(String field, String kind) {
        return field.endsWith(OWNER_KIND) ? "; " + otherwise(kind) : "";
    }

    static String otherwise(String kind) {
        return "pods of a " + Excerpt.of(kind)
                + " cannot be named by their owner; name them by serviceAccount, or by podSelector";
    }
}
