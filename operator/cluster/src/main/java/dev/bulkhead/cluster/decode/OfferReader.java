package dev.bulkhead.cluster.decode;

import dev.bulkhead.core.policy.Marker;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/** Whether somebody offers a policy of theirs to Bulkhead. */
public final class OfferReader {

    private OfferReader() {}

    /** One that another controller keeps, or that is about to go, is nobody's to offer. */
    public static boolean isOffered(ObjectMeta metadata) {
        return metadata.getAnnotations() != null
                && "true".equals(metadata.getAnnotations().get(Marker.ADOPT))
                && isNone(metadata.getOwnerReferences())
                && isNone(metadata.getFinalizers())
                && metadata.getDeletionTimestamp() == null;
    }

    private static boolean isNone(List<?> list) {
        return list == null || list.isEmpty();
    }
}
