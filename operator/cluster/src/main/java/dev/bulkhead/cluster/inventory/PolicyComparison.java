package dev.bulkhead.cluster.inventory;

import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the policies of ours that are known with a list that no cache answers, so that whatever the watch did not show
 * is noticed all the same. It also notices that versions went back, as they do when etcd is restored from a backup: a list
 * is never older than what was known before it was asked for, nor is any object in it; other traffic may have raised the
 * versions beyond those that were known by the time of the list.
 */
final class PolicyComparison {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyComparison.class);
    private static final Duration SHORTEST_REST = Duration.ofMinutes(2);
    /** Keeps the list from costing more where there are many. */
    private static final Duration REST_PER_POLICY = Duration.ofMillis(30);

    /**
     * Reads policies past all caches. Each method tells {@code each} of every policy, page by page, answers with the version of
     * the list as a whole, and throws {@link KubernetesClientException} if it cannot be read to its end.
     */
    interface FreshList {

        /** Ours, in all namespaces. */
        String ours(Consumer<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> each);

        /** Everybody's, in one namespace. */
        String of(String namespace, Consumer<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> each);
    }

    private final FreshList list;
    private final Intake intake;
    private final Runnable reopen;

    /** @param reopen reads everything anew, whatever version it has */
    PolicyComparison(FreshList list, Intake intake, Runnable reopen) {
        this.list = list;
        this.intake = intake;
        this.reopen = reopen;
    }

    /**
     * To be called once in every such rest, and by nobody else.
     *
     * @return when to compare next
     */
    Duration compare() {
        try {
            int compared = compareOurs();
            intake.settleEchoes();
            return REST_PER_POLICY.multipliedBy(compared).plus(SHORTEST_REST);
        } catch (KubernetesClientException e) {
            LOG.atDebug().addKeyValue(LogKey.ERROR, Errors.brief(e)).log("Policies not compared");
            return SHORTEST_REST;
        }
    }

    private int compareOurs() {
        Fresh fresh = new Fresh();
        fresh.read(list::ours);
        if (fresh.isCurrent()) {
            intake.policiesListed(fresh.version, ListScope.OURS, fresh::contains);
        } else {
            readEverythingAnew();
        }
        return fresh.uids.size();
    }

    /**
     * Compares everybody's policies in one namespace. Whatever the watch did not show so far is known afterwards.
     *
     * @throws KubernetesClientException if they cannot be read
     */
    void compare(String namespace) {
        Fresh fresh = new Fresh();
        fresh.read(each -> list.of(namespace, each));
        if (!fresh.isCurrent()) {
            readEverythingAnew();
            fresh = new Fresh();
            fresh.read(each -> list.of(namespace, each));
        }
        intake.policiesListed(namespace, fresh.version, fresh::contains);
    }

    private void readEverythingAnew() {
        LOG.atWarn().log("Versions went back, everything is read anew");
        intake.versionsWentBack();
        reopen.run();
    }

    /** One list, taken in as it is read. */
    private final class Fresh {

        private final KnownPolicies before = intake.knownPolicies();
        private final Map<NetworkPolicy.Key, String> uids = new HashMap<>();
        private String version = "";
        private boolean showsOlder;

        private void read(
                Function<Consumer<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy>, String> reading) {
            version = reading.apply(object -> {
                ObjectMeta metadata = object.getMetadata();
                NetworkPolicy.Key key = new NetworkPolicy.Key(metadata.getNamespace(), metadata.getName());
                uids.put(key, metadata.getUid());
                showsOlder |= before.isNewerThan(key, metadata.getUid(), metadata.getResourceVersion());
                intake.seen(object);
            });
        }

        private boolean isCurrent() {
            return !showsOlder && !before.isNewerThan(version);
        }

        private boolean contains(NetworkPolicy.Key key, String uid) {
            return uid.equals(uids.get(key));
        }
    }
}
