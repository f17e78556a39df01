package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import dev.bulkhead.cluster.inventory.Revision;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Consistent reads that namespaces which ask within the same second share: where a whole segment is released, each of its
 * members asks for the same.
 */
final class SharedReads implements ConsistentReads {

    private static final Duration SHARED_FOR = Duration.ofSeconds(1);

    private final ConsistentReads reads;
    private final Cache<String, Map<String, Revision>> revisions;
    private final Cache<String, Map<String, Map<String, Revision>>> byNamespace;

    SharedReads(ConsistentReads reads, Ticker ticker) {
        this.reads = reads;
        this.revisions = cache(ticker);
        this.byNamespace = cache(ticker);
    }

    private static <T> Cache<String, T> cache(Ticker ticker) {
        return CacheBuilder.newBuilder()
                .ticker(ticker)
                .expireAfterWrite(SHARED_FOR)
                .build();
    }

    @Override
    public Optional<Definition> definition(String name) {
        // Never an older answer: objects go after their definition has begun to.
        return reads.definition(name);
    }

    @Override
    public Map<String, Revision> revisions(String kind) {
        return shared(revisions, kind, () -> reads.revisions(kind));
    }

    @Override
    public Map<String, Revision> revisions(String kind, String namespace) {
        return reads.revisions(kind, namespace);
    }

    @Override
    public Map<String, Map<String, Revision>> revisionsByNamespace(String kind) {
        return shared(byNamespace, kind, () -> reads.revisionsByNamespace(kind));
    }

    /** Whoever asks while another reads waits for that answer; a failure is not kept. */
    private static <T> T shared(Cache<String, T> cache, String key, Supplier<T> reading) {
        try {
            return cache.get(key, reading::get);
        } catch (UncheckedExecutionException e) {
            if (e.getCause() instanceof KubernetesClientException refused) {
                throw refused;
            }
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
