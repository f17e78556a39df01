package dev.bulkhead.cluster.leaderelection;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** The Lease of an API server that can be late or away. */
final class TestLease implements LeaseApi {

    Optional<LeaseRecord> stored = Optional.empty();
    int requests;
    boolean away;
    boolean answersAreLost;
    boolean closed;
    /** Called with each request before it is carried out. */
    Runnable arriving = () -> {};

    private int version;

    @Override
    public Optional<LeaseRecord> read() {
        arrive();
        return stored;
    }

    @Override
    public LeaseRecord create(LeaseRecord record) {
        arrive();
        if (stored.isPresent()) {
            throw new KubernetesClientException("exists", 409, null);
        }
        return store(record);
    }

    @Override
    public LeaseRecord replace(LeaseRecord record) {
        arrive();
        if (stored.isEmpty()) {
            throw new KubernetesClientException("not found", 404, null);
        }
        if (!stored.get().version().equals(record.version())) {
            throw new KubernetesClientException("conflict", 409, null);
        }
        return store(record);
    }

    private void arrive() {
        requests++;
        arriving.run();
        if (away) {
            throw new KubernetesClientException("no answer");
        }
    }

    /** As whoever may write it does. */
    LeaseRecord store(LeaseRecord record) {
        version++;
        stored = Optional.of(new LeaseRecord(
                record.holder(),
                record.duration(),
                record.acquired(),
                record.renewed(),
                record.transitions(),
                Integer.toString(version)));
        if (answersAreLost) {
            throw new KubernetesClientException("the answer is lost");
        }
        return stored.get();
    }

    @Override
    public void close() {
        closed = true;
    }
}
