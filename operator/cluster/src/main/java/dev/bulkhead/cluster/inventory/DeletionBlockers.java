package dev.bulkhead.cluster.inventory;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/**
 * What on an object of ours decides when it is deleted. We set none of it, so whatever is there somebody else put there:
 * finalizers keep a policy in force after its deletion, and an owner takes it with it.
 *
 * @param terminating whether it is deleted already, and stays in force until its finalizers are gone
 */
public record DeletionBlockers(boolean finalizers, boolean owners, boolean terminating) {

    public static final DeletionBlockers NONE = new DeletionBlockers(false, false, false);

    static DeletionBlockers of(ObjectMeta metadata) {
        return new DeletionBlockers(
                isSome(metadata.getFinalizers()),
                isSome(metadata.getOwnerReferences()),
                metadata.getDeletionTimestamp() != null);
    }

    private static boolean isSome(List<?> list) {
        return list != null && !list.isEmpty();
    }
}
