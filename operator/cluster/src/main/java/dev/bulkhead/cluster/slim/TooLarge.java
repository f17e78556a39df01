package dev.bulkhead.cluster.slim;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** The mark of an object that was too large to be read. */
public final class TooLarge {

    /** An annotation that no object can have, as the API server refuses its name. */
    static final String MARK = "bulkhead.dev/too large";

    /** What is wrong with such an object. */
    public static final String PROBLEM = "it is too large to be read";

    private TooLarge() {}

    /** Whether only the metadata are known that tell which object it is. */
    public static boolean isMarked(HasMetadata object) {
        return object.getMetadata().getAnnotations() != null
                && object.getMetadata().getAnnotations().containsKey(MARK);
    }
}
