package dev.bulkhead.cluster.leaderelection;

import java.util.Optional;

/**
 * The Lease in the API server. Each method but the last is one request and throws {@link
 * io.fabric8.kubernetes.client.KubernetesClientException} if it is refused or not answered in time.
 */
interface LeaseApi extends AutoCloseable {

    /** Absent if there is no such object. */
    Optional<LeaseRecord> read();

    /** @return as it is stored */
    LeaseRecord create(LeaseRecord record);

    /**
     * @param record refused with a conflict unless the object still has this version
     * @return as it is stored
     */
    LeaseRecord replace(LeaseRecord record);

    @Override
    void close();
}
