package dev.bulkhead.testkit.chart;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.chart.Requests.Answer;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That no pod is there before its namespace is closed, on a real API server. */
@OnControlPlane(value = ControlPlaneKind.REAL, tenants = Shop.TENANT)
class RequiredBaselineTest {

    private static final String POLICY = "bulkhead-require-baseline";
    private static final String POLICIES = "/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies";
    private static final String BASELINE = POLICIES + "/bulkhead-baseline";

    private static Shop shop;

    /** The chart's policies that concern new pods or NetworkPolicies, for the namespaces of team shop. */
    @BeforeAll
    static void require(ControlPlane controlPlane) {
        shop = new Shop(controlPlane);
        Chart.ofRepository()
                .render(Chart.STAMPING_SERVER, Map.of("requireBaseline.namespaceSelector.matchLabels.team", "shop"))
                .stream()
                .filter(object -> object.getMetadata().getName().equals(POLICY))
                .forEach(object ->
                        controlPlane.client().resource(object).forceConflicts().serverSideApply());
        label("shop");
        Shop.eventually("pods are refused", () -> dryRun("shop").message().contains("no params found"));
    }

    @AfterAll
    static void stop() {
        if (shop != null) {
            shop.close();
        }
    }

    private static void label(String namespace) {
        shop.as("administrator").write("merge", "/api/v1/namespaces/" + namespace, Shop.labels("team", "shop"));
    }

    private static Answer dryRun(String namespace) {
        return shop.as("administrator")
                .create("/api/v1/namespaces/" + namespace + "/pods?dryRun=All", Shop.pod("probe"));
    }

    private static String baseline(String managedBy) {
        return """
                {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
                 "metadata": {"name": "bulkhead-baseline", "labels": {"app.kubernetes.io/managed-by": "%s"}},
                 "spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}}""".formatted(managedBy);
    }

    @Test
    void podsComeOnceTheBaselineIsThereAndNoMoreOnceItIsGone() {
        Answer refused = shop.tenant().create(Shop.PODS, Shop.pod("early"));
        assertFalse(refused.accepted());
        assertTrue(refused.message().contains(POLICY), refused.message());

        shop.as("operator").write("apply", BASELINE, baseline("bulkhead"));
        Shop.eventually("pods are admitted", () -> dryRun("shop").accepted());
        assertTrue(shop.tenant().create(Shop.PODS, Shop.pod("in-time")).accepted());

        shop.as("operator").write("apply", BASELINE, baseline("somebody-else"));
        Shop.eventually(
                "a policy of somebody else's does not count",
                () -> dryRun("shop").code() == 403);
        Answer other = dryRun("shop");
        assertTrue(other.message().contains("is not Bulkhead's"), other.message());

        shop.as("operator").delete(BASELINE);
        Shop.eventually("pods are refused again", () -> dryRun("shop").message().contains("no params found"));
        assertTrue(
                shop.tenant()
                        .write("merge", Shop.PODS + "/in-time", Shop.labels("a", "b"))
                        .accepted(),
                "what is there may be changed");
    }

    @Test
    void otherNamespacesAndThoseOfTheClusterItselfAreNotConcerned() {
        shop.createNamespace("elsewhere");
        Shop.eventually("there is a default account", () -> dryRun("elsewhere").accepted());
        label(Chart.NAMESPACE);
        label("kube-system");
        // Once the API server heeds the label that came last, it heeds those before.
        shop.createNamespace("last");
        label("last");
        Shop.eventually("pods are refused", () -> dryRun("last").message().contains("no params found"));
        assertTrue(dryRun(Chart.NAMESPACE).accepted(), "the operator's own");
        assertTrue(dryRun("kube-system").accepted());
    }
}
