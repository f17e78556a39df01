package dev.bulkhead.cluster.inventory;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.UUID;

/**
 * Which object and which version of it. There is one for each pod of the cluster, so the usual forms of both are kept as
 * numbers: as texts they take four times as much.
 */
sealed interface Version {

    String uid();

    String resourceVersion();

    /** The same object, in a version that no object has. */
    default Version unknown() {
        return new Texts(uid(), "");
    }

    static Version of(ObjectMeta metadata) {
        Texts texts = new Texts(metadata.getUid(), metadata.getResourceVersion());
        return texts.uid() == null || texts.resourceVersion() == null ? texts : texts.asNumbers();
    }

    /** Both are opaque: nothing says that they are numbers, they only always have been. */
    record Texts(String uid, String resourceVersion) implements Version {

        private Version asNumbers() {
            try {
                UUID number = UUID.fromString(uid);
                Numbers numbers = new Numbers(
                        number.getMostSignificantBits(),
                        number.getLeastSignificantBits(),
                        Long.parseLong(resourceVersion));
                return numbers.uid().equals(uid) && numbers.resourceVersion().equals(resourceVersion) ? numbers : this;
            } catch (IllegalArgumentException e) {
                return this;
            }
        }
    }

    /** A UUID, and a decimal number. */
    record Numbers(long high, long low, long version) implements Version {

        @Override
        public String uid() {
            return new UUID(high, low).toString();
        }

        @Override
        public String resourceVersion() {
            return Long.toString(version);
        }
    }
}
