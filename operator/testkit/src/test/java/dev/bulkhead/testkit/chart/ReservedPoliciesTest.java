package dev.bulkhead.testkit.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.chart.Requests.Answer;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may touch what the operator wrote, on a real API server. */
@OnControlPlane(value = ControlPlaneKind.REAL, tenants = Shop.TENANT)
class ReservedPoliciesTest {

    private static final String POLICY = "bulkhead-reserve-policies";
    private static final String POLICIES = "/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies";

    private static Shop shop;

    @BeforeAll
    static void reserve(ControlPlane controlPlane) {
        shop = new Shop(controlPlane);
        Chart.ofRepository().render(Chart.STAMPING_SERVER, Map.of()).stream()
                .filter(object -> object.getMetadata().getName().equals(POLICY))
                .forEach(object ->
                        controlPlane.client().resource(object).forceConflicts().serverSideApply());
        Shop.eventually(
                "managed policies are reserved",
                () -> shop.tenant()
                                .create(POLICIES + "?dryRun=All", managed("probe"))
                                .code()
                        == 403);
    }

    @AfterAll
    static void stop() {
        if (shop != null) {
            shop.close();
        }
    }

    @BeforeEach
    void theOperatorWroteAPolicyAndTheTenantAnother() {
        shop.as("operator").write("apply", POLICIES + "/bulkhead-baseline", managed("bulkhead-baseline"));
        shop.tenant().write("apply", POLICIES + "/own", own("own"));
    }

    private static String managed(String name) {
        return """
                {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
                 "metadata": {"name": "%s", "labels": {"app.kubernetes.io/managed-by": "bulkhead", "bulkhead.dev/role": "baseline"}},
                 "spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}}""".formatted(name);
    }

    private static String own(String name) {
        return """
                {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
                 "metadata": {"name": "%s", "labels": {"app.kubernetes.io/managed-by": "Helm"}},
                 "spec": {"podSelector": {"matchLabels": {"app": "x"}}}}""".formatted(name);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            # attempt                     | format | policy            | body
            opened                        | merge  | bulkhead-baseline | {"spec": {"egress": [{}]}}
            opened, JSON patch            | json   | bulkhead-baseline | [{"op": "add", "path": "/spec/ingress", "value": [{}]}]
            opened, applied by force      | apply  | bulkhead-baseline | {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "bulkhead-baseline"}, "spec": {"podSelector": {}, "ingress": [{}]}}
            its marks removed             | merge  | bulkhead-baseline | {"metadata": {"labels": {"app.kubernetes.io/managed-by": null}}}
            all labels removed            | json   | bulkhead-baseline | [{"op": "remove", "path": "/metadata/labels"}]
            given to an owner             | merge  | bulkhead-baseline | {"metadata": {"ownerReferences": [{"apiVersion": "v1", "kind": "ConfigMap", "name": "gone", "uid": "0"}]}}
            held by a finalizer           | merge  | bulkhead-baseline | {"metadata": {"finalizers": ["example.com/mine"]}}
            narrowed to nobody            | merge  | bulkhead-baseline | {"spec": {"podSelector": {"matchLabels": {"no": "pod"}}}}
            own policy marked as managed  | merge  | own               | {"metadata": {"labels": {"app.kubernetes.io/managed-by": "bulkhead", "bulkhead.dev/role": "allow"}}}
            """)
    void nobodyElseMayChangeIt(String attempt, String format, String policy, String body) {
        for (String user : new String[] {"tenant", "security team", "administrator"}) {
            String before = shop.tenant().get(POLICIES + "/" + policy).body().toString();

            Answer answer = shop.as(user).write(format, POLICIES + "/" + policy, body);

            assertRefused(user, answer);
            assertEquals(
                    before, shop.tenant().get(POLICIES + "/" + policy).body().toString());
        }
    }

    @Test
    void nobodyElseMayMakeOneThatLooksLikeIt() {
        assertRefused("tenant", shop.tenant().create(POLICIES, managed("mine")));
        assertRefused("administrator", shop.as("administrator").create(POLICIES, managed("mine")));
    }

    @Test
    void nobodyElseMayTakeANameThatItWillNeed() {
        assertRefused("tenant", shop.tenant().create(POLICIES, own("bulkhead-dns")));
        assertRefused(
                "tenant", shop.tenant().write("apply", POLICIES + "/bulkhead-egress-x", own("bulkhead-egress-x")));

        assertTrue(shop.as("operator")
                .create(POLICIES + "?dryRun=All", managed("bulkhead-dns"))
                .accepted());
        assertTrue(
                shop.tenant().create(POLICIES + "?dryRun=All", own("bulk-head")).accepted());
    }

    @Test
    void nobodyElseMayDeleteItNorAllAtOnce() {
        assertRefused("tenant", shop.tenant().delete(POLICIES + "/bulkhead-baseline"));
        assertRefused(
                "tenant", shop.tenant().delete(POLICIES + "?labelSelector=app.kubernetes.io/managed-by%3Dbulkhead"));

        assertTrue(shop.tenant().get(POLICIES + "/bulkhead-baseline").accepted());
    }

    @Test
    void policiesOfOthersAreTheirOwn() {
        assertTrue(shop.tenant()
                .write("merge", POLICIES + "/own", Shop.labels("bulkhead.dev/role", "allow"))
                .accepted());
        assertTrue(shop.tenant().delete(POLICIES + "/own").accepted());
        assertTrue(shop.tenant().create(POLICIES, own("own")).accepted());
    }

    @Test
    void theOperatorCreatesChangesAndDeletes() {
        Requests operator = shop.as("operator");

        assertTrue(operator.create(POLICIES, managed("allow")).accepted());
        assertTrue(operator.write("merge", POLICIES + "/allow", "{\"spec\": {\"ingress\": [{}]}}")
                .accepted());
        assertTrue(operator.delete(POLICIES + "/allow").accepted());
    }

    @Test
    void aNamespaceThatHasThemCanBeDeleted() {
        shop.createNamespace("short-lived");
        String policies = POLICIES.replace("/shop/", "/short-lived/");
        assertTrue(shop.as("operator")
                .create(policies, managed("bulkhead-baseline"))
                .accepted());

        shop.client().namespaces().withName("short-lived").delete();

        Shop.eventually(
                "it is gone",
                () -> shop.client().namespaces().withName("short-lived").get() == null);
    }

    private static void assertRefused(String user, Answer answer) {
        assertEquals(403, answer.code(), () -> user + ": " + answer.body());
        assertTrue(answer.message().contains(POLICY), answer.message());
        assertTrue(answer.message().contains("only Bulkhead's operator may"), answer.message());
        assertTrue(answer.message().contains("change the AccessIntents"), answer.message());
    }
}
