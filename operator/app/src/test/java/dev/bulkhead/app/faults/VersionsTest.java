package dev.bulkhead.app.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.faults.FaultProxy;
import dev.bulkhead.testkit.faults.Match;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators and definitions of other versions leave behind. */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false)
class VersionsTest {

    private static final Match POLICY_WRITES = Match.writes().of("networkpolicies");
    private static final PatchContext AS_THE_OPERATOR = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("bulkhead")
            .withForce(true)
            .build();

    private static int number;

    @RegisterExtension
    final QuietLibraries libraries = new QuietLibraries();

    private final FaultyTown town;
    private final FaultProxy proxy;
    private final String shop = "versions-" + ++number;

    VersionsTest(ControlPlane controlPlane) {
        town = new FaultyTown(controlPlane);
        proxy = town.proxy();
    }

    @BeforeAll
    static void prepare(ControlPlane controlPlane) {
        FaultyTown.prepare(controlPlane);
    }

    @BeforeEach
    void start() {
        town.namespace(shop);
        town.webReaches(shop, "api", "db");
        town.startOperator();
        town.enrol(shop, shop);
        town.awaitConverged();
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void f43_policiesThatAnotherVersionWroteDifferentlyAreWrittenOnceEach() {
        Map<String, String> right = town.policies(shop);
        for (int exchanged = 0; exchanged < 2; exchanged++) {
            town.stopOperator();
            right.keySet().forEach(this::writeAsAnotherVersionWould);
            long before = writes();
            town.judged(
                    town::startOperator,
                    () -> town.await(
                            "they are as this one writes them",
                            () -> town.policies(shop).equals(right)));
            town.awaitConverged();
            long written = writes() - before;
            assertTrue(written <= right.size(), written + " writes for " + right.size() + " policies");
        }
    }

    /** The same rules, the other way round and under another annotation. */
    private void writeAsAnotherVersionWould(String name) {
        NetworkPolicy policy = town.find(shop, name).orElseThrow();
        policy.getMetadata().setManagedFields(null);
        policy.getMetadata().setResourceVersion(null);
        policy.getMetadata().getAnnotations().put("bulkhead.dev/of-another-version", "yes");
        Collections.reverse(policy.getSpec().getEgress());
        town.client().resource(policy).patch(AS_THE_OPERATOR);
    }

    @Test
    void f58_fieldsOfANewerDefinitionAreKeptAndChangeNothing() {
        town.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("accessintents.bulkhead.dev")
                .edit(definition -> {
                    definition
                            .getSpec()
                            .getVersions()
                            .get(0)
                            .getSchema()
                            .getOpenAPIV3Schema()
                            .getProperties()
                            .get("spec")
                            .getProperties()
                            .put(
                                    "hint",
                                    new JSONSchemaPropsBuilder()
                                            .withType("string")
                                            .build());
                    return definition;
                });
        town.await("the newer definition is served", this::takesTheHint);
        town.awaitWebReaches(shop, "db");
        assertEquals("newer", hint());
        town.stopOperator();
        long before = writes();
        town.startOperator();
        town.await("it works", () -> town.operator().unready().isEmpty());
        town.awaitConverged();
        assertEquals(before, writes());
        assertEquals("newer", hint());
        FaultyTown.installDefinition(town.client(), "accessintents");
        town.webReaches(shop, "api");
        town.awaitWebReaches(shop, "api");
    }

    private boolean takesTheHint() {
        town.apply(
                "AccessIntent",
                shop,
                "web",
                Map.of(
                        "hint",
                        "newer",
                        "workload",
                        Map.of("podSelector", Map.of("matchLabels", Map.of("app", "web"))),
                        "outbound",
                        List.of(Map.of(
                                "to",
                                Map.of(
                                        "workload",
                                        Map.of(
                                                "namespace",
                                                shop,
                                                "podSelector",
                                                Map.of("matchLabels", Map.of("app", "db")))),
                                "ports",
                                List.of(Map.of("port", 8080))))));
        return "newer".equals(hint());
    }

    private Object hint() {
        GenericKubernetesResource intent = town.client()
                .genericKubernetesResources(FaultyTown.API, "AccessIntent")
                .inNamespace(shop)
                .withName("web")
                .get();
        return intent.get("spec", "hint");
    }

    private long writes() {
        return proxy.calls(POLICY_WRITES).count();
    }
}
