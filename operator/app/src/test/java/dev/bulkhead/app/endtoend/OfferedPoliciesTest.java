package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Policies by others that are offered to Bulkhead, judged in every state on the way. */
@OnControlPlane(value = ControlPlaneKind.REAL, tenants = "shop-team")
@TestInstance(Lifecycle.PER_CLASS)
class OfferedPoliciesTest {

    private static final String EGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: %s
              namespace: shop
              labels: {team: shop}
              annotations: {bulkhead.dev/adopt: "true", example.com/ticket: "7"}
            spec:
              podSelector: {matchLabels: {app: cart}}
              policyTypes: [Egress]
              egress: [{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 8080}]}]
            """;
    private static final String INGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: db-from-cart
              namespace: shop
              annotations: {bulkhead.dev/adopt: "true"}
            spec:
              podSelector: {matchLabels: {app: db}}
              ingress: [{from: [{podSelector: {matchLabels: {app: cart}}}], ports: [{port: 8080}]}]
            """;

    private final Cluster cluster;
    private final KubernetesClient client;

    OfferedPoliciesTest(ControlPlane controlPlane) {
        cluster = new Cluster(controlPlane);
        client = controlPlane.client();
    }

    @BeforeAll
    void inhabit(ControlPlane controlPlane) {
        InstalledIdentityPolicies.install(controlPlane);
        cluster.installDefinitions();
        cluster.namespace("shop");
        cluster.namespace("free");
        cluster.workload("shop", "cart");
        cluster.workload("shop", "db");
        cluster.segment("shop", List.of("shop"), true, true, "Namespace");
        cluster.startOperator();
    }

    @AfterAll
    void leave() {
        cluster.close();
    }

    @AfterEach
    void clear() {
        cluster.deleteIntent("shop", "cart");
        client.network().v1().networkPolicies().inNamespace("shop").list().getItems().stream()
                .filter(policy -> policy.getMetadata().getAnnotations().containsKey("bulkhead.dev/adopt"))
                .forEach(policy -> client.resource(policy).delete());
        Observation.converged(client, "cleared", Cluster.PATIENCE);
    }

    @Test
    void oneWithTheNameThatIsNeededBecomesBulkheadsAsItIs() {
        declare();
        Observation.converged(client, "declared", Cluster.PATIENCE);
        String name = ours().getMetadata().getName();
        cluster.deleteIntent("shop", "cart");
        Observation.converged(client, "withdrawn", Cluster.PATIENCE);
        String uid =
                client.resource(EGRESS.formatted(name)).create().getMetadata().getUid();

        Transition.judge(client, "adopted", this::declare);

        NetworkPolicy adopted = ours();
        assertEquals(uid, adopted.getMetadata().getUid());
        assertEquals("shop", adopted.getMetadata().getLabels().get("team"));
        assertEquals("7", adopted.getMetadata().getAnnotations().get("example.com/ticket"));
        assertEquals(null, adopted.getMetadata().getAnnotations().get("bulkhead.dev/adopt"));
        awaitEvent("Adopted", name, "keeps it from now on");
        cluster.awaitRuleState("shop", "cart", "Open");
    }

    @Test
    void thoseWithOtherNamesGoOnceBulkheadsOwnStandAndNothingIsClosedMeanwhile() {
        create(EGRESS.formatted("cart-to-db"));
        create(INGRESS);
        Observation before = Observation.converged(client, "offered", Cluster.PATIENCE);
        assertTrue(before.allows("shop", "cart", "db", 8080), "the hand-written policies allow it");

        int states = Transition.judge(client, "superseded", () -> {
            declare();
            awaitGone("cart-to-db");
            awaitGone("db-from-cart");
        });

        assertTrue(states >= 5, states + " states: two come, two go");
        assertTrue(Observation.of(client).allows("shop", "cart", "db", 8080));
        awaitEvent("Adopted", ours().getMetadata().getName(), "taken the place of cart-to-db");
    }

    @Test
    void oneThatSaysSomethingElseStaysAndIsToldOnceUntilItSaysTheSame() {
        declare();
        create(EGRESS.formatted("more").replace("{port: 8080}", "{port: 8080}, {port: 9090}"));

        awaitEvent("NotAdopted", "more", "it allows Egress TCP 9090");
        String version = find("shop", "more").orElseThrow().getMetadata().getResourceVersion();
        client.apps().deployments().inNamespace("shop").withName("cart").scale(2);
        Observation.converged(client, "unchanged", Cluster.PATIENCE);
        assertEquals(version, find("shop", "more").orElseThrow().getMetadata().getResourceVersion());
        assertEquals(1, events("shop", "NotAdopted", "more").size());

        client.resource(EGRESS.formatted("more")).forceConflicts().serverSideApply();
        awaitGone("more");
    }

    @Test
    void oneThatSomebodyElseKeepsStays() {
        String owner = client.serviceAccounts()
                .inNamespace("shop")
                .withName("cart")
                .get()
                .getMetadata()
                .getUid();
        declare();
        create(EGRESS.formatted("kept")
                .replace(
                        "  labels: {team: shop}",
                        "  ownerReferences: [{apiVersion: v1, kind: ServiceAccount, name: cart, uid: " + owner + "}]"));

        awaitEvent("NotAdopted", "kept", "an owner or a finalizer");
        assertTrue(find("shop", "kept").isPresent());
    }

    @Test
    void oneThatComesBackIsNotDeletedAgain() {
        declare();
        create(EGRESS.formatted("kept-in-git"));
        awaitGone("kept-in-git");
        create(EGRESS.formatted("kept-in-git"));

        awaitEvent("NotAdopted", "kept-in-git", "made anew");
        assertTrue(find("shop", "kept-in-git").isPresent());
    }

    @Test
    void whereNothingIsEnforcedAnOfferMeansNothing() {
        String offered = EGRESS.formatted("bulkhead-baseline")
                .replace("namespace: shop", "namespace: free")
                .replace("podSelector: {matchLabels: {app: cart}}", "podSelector: {}");
        String version = client.resource(offered).create().getMetadata().getResourceVersion();

        declare();
        create(EGRESS.formatted("elsewhere"));
        awaitGone("elsewhere");

        NetworkPolicy left = find("free", "bulkhead-baseline").orElseThrow();
        assertEquals(version, left.getMetadata().getResourceVersion());
        assertEquals(List.of(), events("free", "NotAdopted", "bulkhead-baseline"));
        client.resource(left).delete();
    }

    @Test
    void whileTwoSegmentsClaimTheNamespaceNothingIsTakenOver() {
        cluster.segment("rival", List.of("shop"), true, true, "Namespace");
        create(EGRESS.formatted("in-dispute"));
        declare();
        cluster.awaitRuleState("shop", "cart", "Unresolved");
        assertTrue(find("shop", "in-dispute").isPresent());

        cluster.deleteSegment("rival");
        awaitGone("in-dispute");
    }

    @Test
    void aTeamOffersItsOwnWhereManagedPoliciesAreReserved(ControlPlane controlPlane) throws IOException {
        Path reserve =
                Path.of(System.getProperty("bulkhead.root"), "charts/bulkhead/files/policies/reserve-policies.yaml");
        client.load(Files.newInputStream(reserve))
                .items()
                .forEach(object -> client.resource(object).serverSideApply());
        Await.until("they are reserved", Cluster.PATIENCE, this::isReserved);
        new TeamRights(client).grant("shop-team", "shop");
        declare();
        try (KubernetesClient team = controlPlane.client("shop-team")) {
            Await.until("the team may", Cluster.PATIENCE, () -> mayList(team));
            team.resource(EGRESS.formatted("by-the-team")).create();
            awaitGone("by-the-team");
        } finally {
            client.load(Files.newInputStream(reserve)).delete();
            Await.until("they are not reserved any longer", Cluster.PATIENCE, () -> !isReserved());
        }
    }

    private boolean isReserved() {
        try {
            client.resource(EGRESS.formatted("bulkhead-probe")).dryRun().create();
            return false;
        } catch (KubernetesClientException e) {
            return true;
        }
    }

    private static boolean mayList(KubernetesClient team) {
        try {
            team.network().v1().networkPolicies().inNamespace("shop").list();
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private void declare() {
        cluster.intent(
                "shop",
                "cart",
                Map.of(
                        "workload",
                        pods("cart"),
                        "outbound",
                        List.of(Map.of("to", Map.of("workload", pods("db")), "ports", List.of(Map.of("port", 8080))))));
    }

    private static Map<String, Object> pods(String app) {
        return Map.of("podSelector", Map.of("matchLabels", Map.of("app", app)));
    }

    private void create(String policy) {
        client.resource(policy).create();
    }

    private NetworkPolicy ours() {
        return client.network().v1().networkPolicies().inNamespace("shop").list().getItems().stream()
                .filter(policy -> policy.getMetadata().getName().startsWith("bulkhead-egress-"))
                .findFirst()
                .orElseThrow();
    }

    private Optional<NetworkPolicy> find(String namespace, String name) {
        return Optional.ofNullable(client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    private void awaitGone(String name) {
        Await.until(
                name + " is gone", Cluster.PATIENCE, () -> find("shop", name).isEmpty());
    }

    private void awaitEvent(String reason, String policy, String note) {
        Await.until(
                reason + " is told of " + policy,
                Cluster.PATIENCE,
                () -> events("shop", reason, policy).stream()
                        .anyMatch(event -> event.getNote().contains(note)));
    }

    private List<Event> events(String namespace, String reason, String policy) {
        return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getReason().equals(reason)
                        && event.getRegarding().getName().equals(policy))
                .toList();
    }
}
