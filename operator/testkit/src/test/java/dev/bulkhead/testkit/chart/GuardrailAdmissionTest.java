package dev.bulkhead.testkit.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.chart.Requests.Answer;
import dev.bulkhead.testkit.crd.CommittedDefinitions;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What guardrails refuse at the door, on a real API server. */
@OnControlPlane(value = ControlPlaneKind.REAL, tenants = Shop.TENANT)
class GuardrailAdmissionTest {

    private static final String INTENTS = "/apis/bulkhead.dev/v1alpha1/namespaces/shop/accessintents";
    private static final String GUARDRAILS = "/apis/bulkhead.dev/v1alpha1/guardrails";

    private static Shop shop;

    @BeforeAll
    static void install(ControlPlane controlPlane) {
        CommittedDefinitions.install(controlPlane.client());
        shop = new Shop(controlPlane);
        Chart.ofRepository().render(Chart.STAMPING_SERVER, Map.of()).stream()
                .filter(object -> object.getMetadata().getName().equals("bulkhead-guardrails"))
                .forEach(object ->
                        controlPlane.client().resource(object).forceConflicts().serverSideApply());
    }

    @AfterAll
    static void stop() {
        if (shop != null) {
            shop.close();
        }
    }

    @AfterEach
    void liftTheLimit() {
        shop.as("administrator").delete(GUARDRAILS + "/limit");
        Shop.eventually(
                "the limit is lifted",
                () -> create(
                                "workload: {all: true}, outbound: [{to: {network: {cidr: 192.0.2.1/32}}, ports: [{port: 1}]}]")
                        .accepted());
    }

    private static Answer create(String spec) {
        return shop.tenant().create(INTENTS + "?dryRun=All", object("AccessIntent", "one", spec));
    }

    private static String object(String kind, String name, String spec) {
        String yaml = "apiVersion: bulkhead.dev/v1alpha1\nkind: %s\nmetadata: {name: %s}\nspec: {%s}"
                .formatted(kind, name, spec);
        return Serialization.asJson(Serialization.unmarshal(yaml, Map.class));
    }

    /** In force once what everybody is denied for a moment is refused. */
    private static void limit(String spec) {
        String probe = "{to: {networks: [192.0.2.1/32]}}";
        String all = spec.startsWith("demand")
                ? "deny: [" + probe + "], " + spec
                : spec.replace("deny: [", "deny: [" + probe + ", ");
        Answer answer = shop.as("administrator")
                .create(GUARDRAILS, object("Guardrail", "limit", "description: Ask the platform team., " + all));
        assertTrue(answer.accepted(), answer::message);
        Shop.eventually(
                "the limit holds",
                () -> create(
                                        "workload: {all: true}, outbound: [{to: {network: {cidr: 192.0.2.1/32}}, ports: [{port: 1}]}]")
                                .code()
                        == 403);
    }

    @ParameterizedTest(name = "{0} | {1} | {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # limit                                             | rules                                                                                          | refused for
            deny: [{to: {namespaces: [pay]}}]                   | outbound: [{to: {workload: {namespace: pay, all: true}}, ports: [{port: 1}]}]                    | forbids spec.outbound[0]
            deny: [{to: {namespaces: [pay]}}]                   | outbound: [{to: {service: {namespace: pay, name: api}}}]                                        | forbids spec.outbound[0]
            deny: [{to: {namespaces: [pay]}}]                   | outbound: [{to: {workload: {namespace: payments, all: true}}, ports: [{port: 1}]}]               | -
            deny: [{to: {namespaces: ["pay*"]}}]                | outbound: [{to: {workload: {namespace: payments, all: true}}, ports: [{port: 1}]}]               | forbids spec.outbound[0]
            deny: [{to: {namespaces: ["pay*"]}}]                | outbound: [{to: {workload: {namespace: repay, all: true}}, ports: [{port: 1}]}]                  | -
            deny: [{from: {namespaces: [shop]}, to: {namespaces: [pay]}}] | outbound: [{to: {workload: {all: true}}, ports: [{port: 1}]}, {to: {workload: {namespace: pay, all: true}}, ports: [{port: 1}]}] | forbids spec.outbound[1]
            deny: [{from: {namespaces: [web]}, to: {namespaces: [pay]}}]  | outbound: [{to: {workload: {namespace: pay, all: true}}, ports: [{port: 1}]}]          | -
            deny: [{from: {namespaces: [web]}, to: {namespaces: [shop]}}] | inbound: [{from: {namespace: {name: web}}, ports: [{port: 1}]}]                        | forbids spec.inbound[0]
            deny: [{from: {namespaces: [web]}, to: {namespaces: [shop]}}] | inbound: [{from: {workload: {namespace: web, serviceAccount: x}}, ports: [{port: 1}]}] | forbids spec.inbound[0]
            deny: [{from: {segments: [edge]}, to: {namespaces: [shop]}}]  | inbound: [{from: {segment: {name: edge}}, ports: [{port: 1}]}]                         | forbids spec.inbound[0]
            deny: [{to: {networks: [203.0.113.0/24]}}]          | outbound: [{to: {network: {cidr: 203.0.113.9/32}}, ports: [{port: 1}]}]                         | forbids spec.outbound[0]
            deny: [{to: {networks: [203.0.113.0/24]}}]          | outbound: [{to: {network: {cidr: 203.0.0.0/16}}, ports: [{port: 1}]}]                           | forbids spec.outbound[0]
            deny: [{to: {networks: [203.0.113.0/24]}}]          | outbound: [{to: {network: {cidr: 203.0.114.0/24}}, ports: [{port: 1}]}]                         | -
            deny: [{to: {networks: ["2001:db8::/32"]}}]         | outbound: [{to: {network: {cidr: 203.0.114.0/24}}, ports: [{port: 1}]}]                         | -
            deny: [{to: {wellKnown: [Internet]}}]               | outbound: [{to: {wellKnown: Internet}, ports: [{port: 443}]}]                                   | forbids spec.outbound[0]
            deny: [{to: {wellKnown: [Internet]}}]               | outbound: [{to: {network: {cidr: 8.8.8.8/32}}, ports: [{port: 443}]}]                           | forbids spec.outbound[0]
            deny: [{to: {wellKnown: [Internet]}}]               | outbound: [{to: {network: {cidr: 10.1.0.0/16}}, ports: [{port: 443}]}]                          | -
            deny: [{from: {wellKnown: [Internet]}}]             | inbound: [{from: {network: {cidr: 0.0.0.0/0}}, ports: [{port: 443}]}]                           | forbids spec.inbound[0]
            deny: [{to: {wellKnown: [KubeAPIServer]}, acknowledge: [KubeAPIServer]}] | outbound: [{to: {wellKnown: KubeAPIServer}}]                               | forbids spec.outbound[0]
            deny: [{ports: [{port: 22}]}]                       | outbound: [{to: {workload: {all: true}}, ports: [{port: 20, endPort: 25}]}]                     | forbids spec.outbound[0]
            deny: [{ports: [{port: 20, endPort: 25}]}]          | inbound: [{from: {workload: {all: true}}, ports: [{port: 22}]}]                                 | forbids spec.inbound[0]
            deny: [{ports: [{port: 22}]}]                       | outbound: [{to: {workload: {all: true}}, ports: [{port: ssh}]}]                                 | forbids spec.outbound[0]
            deny: [{ports: [{port: 22}]}]                       | outbound: [{to: {workload: {all: true}}, ports: [{port: 22, protocol: UDP}]}]                   | -
            deny: [{ports: [{port: 22}]}]                       | outbound: [{to: {workload: {all: true}}, ports: [{port: 23}]}]                                  | -
            demand: [{to: {wellKnown: [Internet]}, reason: true}] | outbound: [{to: {wellKnown: Internet}, ports: [{port: 443}]}]                                 | demands a reason for spec.outbound[0]
            demand: [{to: {wellKnown: [Internet]}, reason: true}] | outbound: [{to: {wellKnown: Internet}, ports: [{port: 443}], reason: "  "}]                   | demands a reason for spec.outbound[0]
            demand: [{to: {wellKnown: [Internet]}, reason: true}] | outbound: [{to: {wellKnown: Internet}, ports: [{port: 443}], reason: "\\u200b\\u00a0-"}]          | demands a reason for spec.outbound[0]
            demand: [{to: {wellKnown: [Internet]}, reason: true}] | outbound: [{to: {wellKnown: Internet}, ports: [{port: 443}], reason: обновления}]             | -
            demand: [{to: {wellKnown: [Internet]}, reason: true}] | outbound: [{to: {wellKnown: Internet}, ports: [{port: 443}], reason: updates}]                | -
            demand: [{identity: Verified}]                      | outbound: [{to: {workload: {podSelector: {matchLabels: {a: b}}}}, ports: [{port: 1}]}]           | demands verified identity
            demand: [{identity: Verified}]                      | outbound: [{to: {service: {name: api}}}]                                                        | demands verified identity
            demand: [{identity: Verified}]                      | outbound: [{to: {workload: {serviceAccount: x}}, ports: [{port: 1}]}]                            | -
            demand: [{maxAddresses: 256}]                       | outbound: [{to: {network: {cidr: 203.0.112.0/23}}, ports: [{port: 1}]}]                         | demands fewer addresses for spec.outbound[0]
            demand: [{maxAddresses: 256}]                       | outbound: [{to: {network: {cidr: "2001:db8::/32"}}, ports: [{port: 1}]}]                        | demands fewer addresses for spec.outbound[0]
            demand: [{maxAddresses: 256}]                       | outbound: [{to: {network: {cidr: 203.0.113.0/24}}, ports: [{port: 1}]}]                         | -
            """)
    void anIntentIsRefusedWithTheNameOfTheGuardrailAndWhatItIsFor(String limit, String rules, String refusal) {
        limit(limit);

        Answer answer = create("workload: {all: true}, " + rules);

        if (refusal == null) {
            assertTrue(answer.accepted(), answer::message);
        } else {
            assertEquals(403, answer.code(), answer::message);
            assertTrue(answer.message().contains("guardrail limit " + refusal), answer.message());
            assertTrue(answer.message().endsWith(": Ask the platform team."), answer.message());
        }
    }

    @Test
    void whatBelongsToASegmentIsWhatTheOperatorWroteWhetherItIsThereOrNot() {
        limit("deny: [{to: {segments: [payment]}}, {from: {segments: [payment]}, to: {namespaces: [shop]}}]");
        assertTrue(create(to("pay")).accepted());

        shop.as("administrator").write("merge", GUARDRAILS + "/limit/status", """
                {"status": {"segments": [{"name": "payment", "namespaces": ["pay", "pay-*"], "except": ["pay-per-*"]},
                                         {"name": "payment", "namespaces": ["pay-per-hour"]},
                                         {"name": "other", "namespaces": ["web"]}]}}""");

        Shop.eventually("pay is denied", () -> create(to("pay")).code() == 403);
        assertEquals(403, create(to("pay-nowhere")).code());
        assertEquals(403, create(to("pay-per-hour")).code());
        assertEquals(
                403,
                create("workload: {all: true}, inbound: [{from: {namespace: {name: pay-eu}}, ports: [{port: 1}]}]")
                        .code());
        for (String free : List.of("pay-per-view", "repay-eu", "paying", "web")) {
            Answer answer = create(to(free));
            assertTrue(answer.accepted(), answer::message);
        }
    }

    private static String to(String namespace) {
        return "workload: {all: true}, outbound: [{to: {workload: {namespace: %s, all: true}}, ports: [{port: 1}]}]"
                .formatted(namespace);
    }

    @Test
    void anIntentThatWasThereBeforeCanBeLabelledAndDeletedButNotDeclaredAnew() {
        String toPay =
                "workload: {all: true}, outbound: [{to: {workload: {namespace: pay, all: true}}, ports: [{port: 1}]}]";
        assertTrue(shop.tenant()
                .create(INTENTS, object("AccessIntent", "old", toPay))
                .accepted());
        limit("deny: [{to: {namespaces: [pay]}}]");

        assertTrue(shop.tenant()
                .write("merge", INTENTS + "/old", Shop.labels("team", "shop"))
                .accepted());
        Answer changed = shop.tenant().write("merge", INTENTS + "/old", """
                {"spec": {"description": "still the same rule"}}""");
        assertEquals(403, changed.code(), changed::message);
        assertTrue(shop.tenant().delete(INTENTS + "/old").accepted());
    }

    @Test
    void nobodyGetsAroundItByWhoTheyAre() {
        limit("deny: [{to: {namespaces: [pay]}}]");
        String toPay =
                "workload: {all: true}, outbound: [{to: {workload: {namespace: pay, all: true}}, ports: [{port: 1}]}]";

        assertEquals(
                403,
                shop.as("administrator")
                        .create(INTENTS, object("AccessIntent", "one", toPay))
                        .code());
    }
}
