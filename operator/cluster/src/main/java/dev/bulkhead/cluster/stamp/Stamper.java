package dev.bulkhead.cluster.stamp;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.RateLimiter;
import dev.bulkhead.core.world.Identity;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the stamp to pods that were there before the admission policies. It writes only what is true, and only where the
 * API server would have written it by itself; needs to list and patch pods, and nothing else.
 */
public final class Stamper {

    private static final int PAGE = 500;
    private static final int LONGEST_LABEL = 63;
    private static final int WITNESSES = 20;
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    /** No service account has this name, so that only the API server can make something true of it. */
    private static final String ASKING = "Stamp.Me";

    private final KubernetesClient client;
    private final KubernetesSerialization json;
    private final RateLimiter rate;

    /** @param perSecond how many pods are written in a second, at most */
    public Stamper(KubernetesClient client, double perSecond) {
        this.client = client;
        this.json = client.getKubernetesSerialization();
        this.rate = RateLimiter.create(perSecond);
    }

    /** Looks at every pod of the cluster, by pages, and writes nothing. */
    public StampSurvey survey() {
        int pods = 0;
        ImmutableList.Builder<Unstamped> unstamped = ImmutableList.builder();
        ImmutableList.Builder<String> withoutIdentity = ImmutableList.builder();
        String next = null;
        do {
            PodList page = client.pods()
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder()
                            .withLimit((long) PAGE)
                            .withContinue(next)
                            .build());
            for (Pod pod : page.getItems()) {
                if (pod.getStatus() == null || !ENDED.contains(pod.getStatus().getPhase())) {
                    pods++;
                    unstamped(pod).ifPresent(unstamped::add);
                    if (account(pod).length() > LONGEST_LABEL) {
                        withoutIdentity.add(pod.getMetadata().getNamespace() + "/"
                                + pod.getMetadata().getName());
                    }
                }
            }
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return new StampSurvey(pods, unstamped.build(), withoutIdentity.build());
    }

    private static Optional<Unstamped> unstamped(Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        String account = account(pod);
        Optional<String> stamp =
                account.isEmpty() || account.length() > LONGEST_LABEL ? Optional.empty() : Optional.of(account);
        Map<String, String> labels = Objects.requireNonNullElse(metadata.getLabels(), Map.of());
        return stamp.equals(Optional.ofNullable(labels.get(Identity.LABEL)))
                ? Optional.empty()
                : Optional.of(new Unstamped(metadata.getNamespace(), metadata.getName(), metadata.getUid(), stamp));
    }

    private static String account(Pod pod) {
        return Objects.requireNonNullElse(pod.getSpec().getServiceAccountName(), "");
    }

    /**
     * Asks the API server, without writing, to make something true of a label that is not; of one pod, or of a few more where
     * that one is gone or refused, which may be for reasons of its own.
     *
     * @param pods that are to be stamped; where there are none nothing needs to be proved
     * @throws NotStampingException if it does not
     */
    public void demandStamping(List<Unstamped> pods) {
        List<String> refusals = new ArrayList<>();
        for (Unstamped pod : pods) {
            if (refusals.size() == WITNESSES) {
                break;
            }
            try {
                demandTruth(pod, patch(pod, ASKING, true));
                return;
            } catch (KubernetesClientException e) {
                if (!isGone(e)) {
                    refusals.add(pod + " is refused: " + reason(e));
                }
            }
        }
        if (!refusals.isEmpty()) {
            throw new NotStampingException(refusals.get(0));
        }
    }

    private static void demandTruth(Unstamped pod, Pod answer) {
        Map<String, String> labels =
                Objects.requireNonNullElse(answer.getMetadata().getLabels(), Map.of());
        if (!Optional.ofNullable(labels.get(Identity.LABEL)).equals(pod.stamp())) {
            throw new NotStampingException("it took a label for true that is not");
        }
    }

    /** Writes the label of one pod, once its turn has come. */
    public StampOutcome stamp(Unstamped pod) {
        rate.acquire();
        try {
            patch(pod, pod.stamp().orElse(null), false);
            return new StampOutcome.Stamped();
        } catch (KubernetesClientException e) {
            return isGone(e) ? new StampOutcome.Gone() : new StampOutcome.Refused(reason(e));
        }
    }

    /** With the uid, which makes the API server refuse another pod of the same name. */
    private Pod patch(Unstamped pod, String label, boolean dryRun) {
        Map<String, Object> metadata =
                Map.of("uid", pod.uid(), "labels", Collections.singletonMap(Identity.LABEL, label));
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withDryRun(dryRun ? List.of("All") : List.of())
                .build();
        // Named by an object rather than by its name: the client would read the pod first.
        Pod named = new PodBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .endMetadata()
                .build();
        return client.resource(named).patch(context, json.asJson(Map.of("metadata", metadata)));
    }

    private static boolean isGone(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }

    private static String reason(KubernetesClientException e) {
        return e.getStatus() == null || e.getStatus().getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getStatus().getMessage();
    }
}
