package dev.bulkhead.demo;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.world.Identity;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A pod that passes itself off as checkout. */
final class AttackerChapter implements Chapter {

    private static final String NAMESPACE = Shop.CHECKOUT.namespace();
    private static final String NAME = "attacker";
    /** No labels of checkout: with them the pod would be adopted, and soon be one too many. */
    private static final String OF_REPLICA_SET = "pod-template-hash";

    private final Narrator narrator;
    private final Claims claims;
    private final KubernetesClient client;
    private final Shop shop;
    private final Onlooker onlooker;
    private final ShopParty attacker = new ShopParty.Single(NAMESPACE, NAME);

    AttackerChapter(Narrator narrator, Claims claims, KubernetesClient client, Shop shop, Onlooker onlooker) {
        this.narrator = narrator;
        this.claims = claims;
        this.client = client;
        this.shop = shop;
        this.onlooker = onlooker.watchingAlso(attacker);
    }

    @Override
    public String title() {
        return "Attack: a pod with copied labels gets nothing";
    }

    @Override
    public void tell() {
        Pod model = shop.running(Shop.CHECKOUT).get(0);
        Map<String, String> copied = new TreeMap<>(model.getMetadata().getLabels());
        copied.remove(OF_REPLICA_SET);
        narrator.says("In shop itself, an attacker starts a pod with the labels of a checkout pod:");
        narrator.shows(copied.entrySet().stream()
                .map(label -> label.getKey() + ": " + label.getValue())
                .toList());
        client.resource(pod(copied)).create();
        claims.that("the API server has stamped it with what it is, service account default", this::isStampedAsItIs);
        String forged =
                "{\"metadata\":{\"labels\":{\"%s\":\"%s\"}}}".formatted(Identity.LABEL, Shop.CHECKOUT.serviceAccount());
        tried(() -> resource().patch(PatchContext.of(PatchType.JSON_MERGE), forged));
        claims.that("relabelling it afterwards changes nothing", this::isStampedAsItIs);
        tried(() -> resource().subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), forged));
        claims.that("nor does relabelling it through its status", this::isStampedAsItIs);
        claims.that("it reaches nobody, in the shop or outside, and nobody reaches it", this::isShutIn);
        narrator.matrix(onlooker.look());
    }

    private ClaimFinding isStampedAsItIs() {
        String stamp = resource().get().getMetadata().getLabels().get(Identity.LABEL);
        return ClaimFinding.when("default".equals(stamp), Identity.LABEL + "=" + stamp);
    }

    private ClaimFinding isShutIn() {
        Connectivity seen = onlooker.look();
        List<ShopParty> others = ImmutableList.<ShopParty>builder()
                .addAll(Shop.WORKLOADS)
                .add(new ShopParty.Internet())
                .build();
        List<String> reached = others.stream()
                .filter(other -> !seen.isClosed(attacker, other) || !seen.isClosed(other, attacker))
                .map(Object::toString)
                .toList();
        return ClaimFinding.when(reached.isEmpty(), String.join(", ", reached));
    }

    private PodResource resource() {
        return client.pods().inNamespace(NAMESPACE).withName(NAME);
    }

    private static void tried(Runnable attempt) {
        try {
            attempt.run();
        } catch (KubernetesClientException e) {
            // Refused is as good as without effect; any other failure leaves the claim that follows to be checked.
            return;
        }
    }

    private static Pod pod(Map<String, String> labels) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(NAME)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/toolbox:1.0")
                .endContainer()
                .endSpec()
                .build();
    }
}
