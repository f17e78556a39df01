package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.apply.PolicyApi;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The policies of a {@link TestCluster} as its API server has them: what is written is there, and shown, at once. */
final class TestPolicies implements PolicyApi {

    /** Those that were carried out, such as {@code create bulkhead-baseline}. */
    final List<String> writes = new ArrayList<>();
    /** Told of each write before it is carried out; refuses it by throwing. */
    Consumer<String> arriving = write -> {};

    private final TestCluster cluster;

    TestPolicies(TestCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public LivePolicy create(NetworkPolicy policy) {
        arrives("create " + policy.key().name());
        return stored(policy);
    }

    @Override
    public LivePolicy replace(NetworkPolicy wanted, LivePolicy live) {
        arrives("replace " + wanted.key().name());
        return stored(wanted);
    }

    @Override
    public void delete(LivePolicy live) {
        arrives("delete " + live.policy().key().name());
        cluster.gone(live.policy().key());
    }

    @Override
    public Optional<LivePolicy> read(NetworkPolicy.Key key) {
        return Optional.ofNullable(cluster.snapshot().policies(key.namespace()).get(key.name()));
    }

    private void arrives(String write) {
        arriving.accept(write);
        writes.add(write);
    }

    private LivePolicy stored(NetworkPolicy policy) {
        cluster.live(policy);
        return read(policy.key()).orElseThrow();
    }
}
