package dev.bulkhead.app.rights;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.chart.ChartAccount;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Everything that the operator does, done with the rights that the chart gives it and no others. That a right is missing
 * may show nowhere but in what the API server refuses, so that is looked at after each test.
 */
@OnControlPlane(ControlPlaneKind.REAL)
class OperatorUnderItsOwnRightsTest {

    private static final String API = "bulkhead.dev/v1alpha1";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final PatchContext MERGE =
            new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();
    private static final Pattern REFUSAL =
            Pattern.compile("forbidden|(?:code|status|received)\\W{0,3}40[13]", Pattern.CASE_INSENSITIVE);
    private static final Pattern REFUSALS =
            Pattern.compile("^authorization_attempts_total\\{(result=\"(?!allowed).*)} (\\S+)$", Pattern.MULTILINE);

    private static KubernetesClient client;
    private static OperatorProcess operator;
    private static Map<String, String> refusedBefore;

    @BeforeAll
    static void start(ControlPlane controlPlane) throws IOException {
        client = controlPlane.client();
        refusedBefore = refused();
        new Helm(Path.of(System.getProperty("bulkhead.root"), "charts", "bulkhead"))
                .install()
                .withName("bulkhead")
                .withNamespace(ChartAccount.NAMESPACE)
                .createNamespace()
                .withKubeConfig(controlPlane.kubeconfig())
                // So that somebody can edit a policy of ours.
                .set("reservedPolicies.enabled", "false")
                .call();
        operator = OperatorProcess.start(controlPlane, "bulkhead-0");
        await("the operator writes", () -> operator.writes());
    }

    @AfterAll
    static void stop() throws IOException {
        if (operator != null) {
            operator.close();
        }
    }

    @AfterEach
    void nothingWasRefused() {
        assertEquals(
                List.of(),
                operator.log()
                        .lines()
                        .filter(line -> REFUSAL.matcher(line).find())
                        .toList());
        assertEquals(refusedBefore, refused());
    }

    @Test
    void intentsBecomePoliciesAreEditedAndWithdrawn() {
        declareShopAndPay("one");
        awaitState("one-shop", "checkout", "Open");
        awaitState("one-pay", "payments", "Open");
        await("the segment's status is written", () -> "Enrolled".equals(readyReason("one")));
        assertEquals(Set.of(8443), ports("one-shop", "bulkhead-egress-checkout"));

        intent("one-shop", "checkout").patch(MERGE, """
                {"spec": {"outbound": [{"to": {"workload": {"namespace": "one-pay", "serviceAccount": "payments"}},
                                        "ports": [{"port": 9443}]}]}}""");
        await(
                "the policy follows the edit",
                () -> ports("one-shop", "bulkhead-egress-checkout").equals(Set.of(9443)));
        awaitState("one-shop", "checkout", "AwaitingPeer");

        intent("one-shop", "checkout").delete();
        await(
                "the policy is gone",
                () -> policy("one-shop", "bulkhead-egress-checkout").isEmpty());
    }

    @Test
    void whatSomebodyEditsByHandIsPutRight() {
        declareShopAndPay("two");
        awaitState("two-shop", "checkout", "Open");
        NetworkPolicy closed = policy("two-shop", "bulkhead-baseline").orElseThrow();

        client.resource(closed)
                .edit(policy -> policy.edit()
                        .editSpec()
                        .addToEgress(new NetworkPolicyEgressRule())
                        .endSpec()
                        .build());

        await(
                "the baseline is closed again",
                () -> policy("two-shop", "bulkhead-baseline")
                        .orElseThrow()
                        .getSpec()
                        .equals(closed.getSpec()));
        await(
                "people are told",
                () -> events("two-shop", "DriftRepaired")
                        .anyMatch(event -> event.getRegarding().getName().equals("bulkhead-baseline")));
    }

    @Test
    void anEventAtTheIntentTellsThatARuleIsOpenAndThatItIsLost() {
        declareShopAndPay("three");
        awaitState("three-shop", "checkout", "Open");
        await("it is told", () -> events("three-shop", "RuleOpen").findAny().isPresent());

        Event open = events("three-shop", "RuleOpen").findFirst().orElseThrow();
        assertEquals("AccessIntent", open.getRegarding().getKind());
        assertEquals("checkout", open.getRegarding().getName());
        assertEquals(
                intent("three-shop", "checkout").get().getMetadata().getUid(),
                open.getRegarding().getUid());
        assertEquals("Normal", open.getType());
        assertTrue(open.getMetadata().getName().startsWith("checkout-"), open.toString());
        assertTrue(open.getNote().contains("three-pay"), open.getNote());

        intent("three-pay", "payments").delete();
        await(
                "the loss is told",
                () -> events("three-shop", "RuleLost")
                        .anyMatch(event -> event.getRegarding().getName().equals("checkout")));
    }

    @Test
    void whatTheOperatorWritesItselfIsNoDrift() {
        declareShopAndPay("four");
        awaitState("four-shop", "checkout", "Open");
        client.genericKubernetesResources(API, "Segment").withName("four").delete();
        await(
                "all is released",
                () -> policies("four-shop").isEmpty() && policies("four-pay").isEmpty());
        declareSegment("four", "four-*");
        await(
                "all is enforced again",
                () -> policy("four-shop", "bulkhead-baseline")
                        .filter(baseline -> baseline.getSpec().getEgress().isEmpty())
                        .isPresent());
        awaitState("four-shop", "checkout", "Open");

        // What is said is said in order, so after this nothing about what came before is on its way.
        intent("four-pay", "payments").delete();
        await("the loss is told", () -> events("four-shop", "RuleLost").count() >= 1);
        assertEquals(List.of(), events("four-shop", "DriftRepaired").toList());
        assertEquals(List.of(), events("four-pay", "DriftRepaired").toList());
    }

    @Test
    void aReleaseOfManyPoliciesIsReadTwice() {
        namespace("five-shop");
        declareSegment("five", "five-*");
        for (int number = 0; number < 8; number++) {
            apply("""
                    apiVersion: bulkhead.dev/v1alpha1
                    kind: AccessIntent
                    metadata: {name: client-%1$d, namespace: five-shop}
                    spec:
                      workload: {podSelector: {matchLabels: {app: client-%1$d}}}
                      outbound:
                      - to: {network: {cidr: 203.0.113.0/24}}
                        ports: [{port: 443}]
                    """.formatted(number));
        }
        await("all is written", () -> policies("five-shop").size() == 10);

        client.genericKubernetesResources(API, "Segment").withName("five").delete();

        await("all is released", () -> policies("five-shop").isEmpty());
    }

    @Test
    void theAddressesOfTheApiServerAreKnown() {
        Set<String> addresses = client
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace("default")
                .withLabel("kubernetes.io/service-name", "kubernetes")
                .list()
                .getItems()
                .stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .map(Endpoint::getAddresses)
                .flatMap(List::stream)
                .map(address -> address + "/32")
                .collect(toSet());
        assertTrue(!addresses.isEmpty(), "the API server publishes where it is");
        namespace("six-shop");
        declareSegment("six", "six-*");
        workload("six-shop", "robot");
        apply("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: robot, namespace: six-shop}
                spec:
                  workload: {serviceAccount: robot}
                  outbound:
                  - to: {wellKnown: KubeAPIServer}
                """);

        awaitState("six-shop", "robot", "Open");

        assertEquals(
                addresses,
                policy("six-shop", "bulkhead-egress-robot").orElseThrow().getSpec().getEgress().stream()
                        .flatMap(rule -> rule.getTo().stream())
                        .map(peer -> peer.getIpBlock().getCidr())
                        .collect(toSet()));
    }

    @Test
    void theLeaseIsItsOwn() {
        assertEquals(
                operator.identity(),
                client.leases()
                        .inNamespace(ChartAccount.NAMESPACE)
                        .withName("bulkhead")
                        .get()
                        .getSpec()
                        .getHolderIdentity());
    }

    /** Two enforced namespaces, in each a workload, known by its service account, and both halves of a connection. */
    private static void declareShopAndPay(String name) {
        String shop = name + "-shop";
        String pay = name + "-pay";
        namespace(shop);
        namespace(pay);
        workload(shop, "checkout");
        workload(pay, "payments");
        declareSegment(name, name + "-*");
        apply("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: checkout, namespace: %s}
                spec:
                  workload: {serviceAccount: checkout}
                  outbound:
                  - to: {workload: {namespace: %s, serviceAccount: payments}}
                    ports: [{port: 8443}]
                """.formatted(shop, pay));
        apply("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: payments, namespace: %s}
                spec:
                  workload: {serviceAccount: payments}
                  inbound:
                  - from: {workload: {namespace: %s, serviceAccount: checkout}}
                    ports: [{port: 8443}]
                """.formatted(pay, shop));
    }

    private static void declareSegment(String name, String namespaces) {
        apply("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Segment
                metadata: {name: %s}
                spec:
                  namespaces: ["%s"]
                  enforce: {ingress: true, egress: true}
                """.formatted(name, namespaces));
    }

    private static void namespace(String name) {
        apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s}
                """.formatted(name));
    }

    private static void workload(String namespace, String name) {
        apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: %s, namespace: %s}
                """.formatted(name, namespace));
        apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      serviceAccountName: %1$s
                      containers: [{name: main, image: "registry.example/app:1"}]
                """.formatted(name, namespace));
    }

    private static void apply(String yaml) {
        client.resource(yaml).forceConflicts().serverSideApply();
    }

    private static Resource<GenericKubernetesResource> intent(String namespace, String name) {
        return client.genericKubernetesResources(API, "AccessIntent")
                .inNamespace(namespace)
                .withName(name);
    }

    private static String readyReason(String segment) {
        List<Map<String, String>> conditions = client.genericKubernetesResources(API, "Segment")
                .withName(segment)
                .get()
                .get("status", "conditions");
        return Optional.ofNullable(conditions).stream()
                .flatMap(List::stream)
                .filter(condition -> condition.get("type").equals("Ready"))
                .map(condition -> condition.get("reason"))
                .findFirst()
                .orElse("");
    }

    private static List<NetworkPolicy> policies(String namespace) {
        return client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    /** @param name with or without the hash at its end */
    private static Optional<NetworkPolicy> policy(String namespace, String name) {
        return policies(namespace).stream()
                .filter(policy -> policy.getMetadata()
                        .getName()
                        .replaceAll("-[0-9a-f]{6,}$", "")
                        .equals(name))
                .findFirst();
    }

    private static Set<Integer> ports(String namespace, String policy) {
        return policy(namespace, policy).stream()
                .flatMap(found -> found.getSpec().getEgress().stream())
                .flatMap(rule -> rule.getPorts().stream())
                .map(NetworkPolicyPort::getPort)
                .map(IntOrString::getIntVal)
                .collect(toSet());
    }

    private static Stream<Event> events(String namespace, String reason) {
        return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getReason().equals(reason));
    }

    private static void awaitState(String namespace, String intent, String state) {
        await(namespace + "/" + intent + " is " + state, () -> {
            GenericKubernetesResource object = intent(namespace, intent).get();
            Number observed = object.get("status", "observedGeneration");
            List<Map<String, Object>> rules = object.get("status", "rules");
            return observed != null
                    && observed.longValue() == object.getMetadata().getGeneration()
                    && rules.stream().allMatch(rule -> rule.get("state").equals(state));
        });
    }

    /** What the API server has refused so far, to anybody, and how often. */
    private static Map<String, String> refused() {
        Map<String, String> refusals = new TreeMap<>();
        Matcher found = REFUSALS.matcher(client.raw("/metrics"));
        while (found.find()) {
            refusals.put(found.group(1), found.group(2));
        }
        return refusals;
    }

    private static void await(String what, BooleanSupplier condition) {
        try {
            Await.until(what, PATIENCE, condition);
        } catch (IllegalStateException e) {
            throw new AssertionError(e.getMessage() + "\n" + (operator == null ? "" : operator.log()), e);
        }
    }
}
