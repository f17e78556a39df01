package dev.bulkhead.cluster.inventory;

import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the policies of ours that are known with a list that no cache answers, so that whatever the watch did not show
 * is noticed all the same. It also notices that versions went back, as they do when etcd is restored from a backup: a list
 * is never older than what was known before it was asked for.
 */
final class PolicyComparison {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyComparison.class);
    private static final Duration SHORTEST_REST = Duration.ofMinutes(2);
    /** Keeps the list from costing more where there are many. */
    private static final Duration REST_PER_POLICY = Duration.ofMillis(30);

    /** Reads our policies past all caches. */
    interface FreshList {

        /**
         * @param each told of every policy, page by page
         * @return the version of the list as a whole
         * @throws KubernetesClientException if it cannot be read to its end
         */
        String read(Consumer<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> each);
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

    /** @return when to compare next */
    Duration compare() {
        try {
            return REST_PER_POLICY.multipliedBy(compared()).plus(SHORTEST_REST);
        } catch (KubernetesClientException e) {
            LOG.atDebug().addKeyValue(LogKey.ERROR, Errors.brief(e)).log("Policies not compared");
            return SHORTEST_REST;
        }
    }

    private int compared() {
        String known = intake.listingPolicies();
        Map<NetworkPolicy.Key, String> uids = new HashMap<>();
        String version = list.read(object -> {
            uids.put(
                    new NetworkPolicy.Key(
                            object.getMetadata().getNamespace(),
                            object.getMetadata().getName()),
                    object.getMetadata().getUid());
            intake.seen(object);
        });
        if (LivePolicy.isNotAfter(known, version)) {
            intake.policiesListed(version, LivePolicy::isManaged, (key, uid) -> uid.equals(uids.get(key)));
        } else {
            LOG.atWarn().log("Versions went back, everything is read anew");
            intake.policyVersionsWentBack();
            reopen.run();
        }
        return uids.size();
    }
}
