package dev.bulkhead.cluster.simulation;

import static dev.bulkhead.cluster.simulation.Scenario.apply;
import static dev.bulkhead.cluster.simulation.Scenario.delete;

import dev.bulkhead.cluster.simulation.Scenario.Step;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is explored. */
final class Scenarios {

    private static final String PODS = Stream.of(
                    pod("shop", "cart"),
                    pod("shop", "checkout"),
                    pod("pay", "payments"),
                    pod("pay", "ledger"),
                    pod("web", "front"))
            .collect(Collectors.joining());

    private static final String WORLD = namespace("shop") + namespace("pay") + namespace("web") + PODS;

    private static final String BOTH =
            segment("shop", "Namespace", true, true, "shop") + segment("pay", "Namespace", true, true, "pay");

    private static final String ASKS = intent("shop", "checkout", "checkout", "", to("pay", "payments", 8080));
    private static final String SERVES = intent("pay", "payments", "payments", from("shop", "checkout", 8080), "");
    private static final String CONNECTED = WORLD + BOTH + ASKS + SERVES;

    /** What the policy of {@link #SERVES} is called. */
    private static final String PAYMENTS = "bulkhead-ingress-payments-21bf95";

    private static final String BASELINE = "bulkhead-baseline";
    private static final String INTENTS = "accessintents.bulkhead.dev";

    private Scenarios() {}

    static String namespace(String name) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %1$s, labels: {kubernetes.io/metadata.name: %1$s}}
                ---
                """.formatted(name);
    }

    static String pod(String namespace, String app) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %2$s-1, namespace: %1$s, labels: {app: %2$s}}
                spec: {containers: [{name: main, image: main}]}
                status: {phase: Running}
                ---
                """.formatted(namespace, app);
    }

    static String segment(String name, String trust, boolean ingress, boolean egress, String namespaces) {
        return """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Segment
                metadata: {name: %s}
                spec:
                  namespaces: [%s]
                  trustBoundary: %s
                  enforce: {ingress: %s, egress: %s}
                  baseline: {dns: false}
                ---
                """.formatted(name, namespaces, trust, ingress, egress);
    }

    static String intent(String namespace, String name, String app, String inbound, String outbound) {
        return """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: %s, namespace: %s}
                spec:
                  workload: {podSelector: {matchLabels: {app: %s}}}
                  inbound: [%s]
                  outbound: [%s]
                ---
                """.formatted(name, namespace, app, inbound, outbound);
    }

    static String from(String namespace, String app, int port) {
        return "{from: {workload: {namespace: %s, podSelector: {matchLabels: {app: %s}}}}, ports: [{port: %d}]}"
                .formatted(namespace, app, port);
    }

    static String to(String namespace, String app, int port) {
        return "{to: {workload: {namespace: %s, podSelector: {matchLabels: {app: %s}}}}, ports: [{port: %d}]}"
                .formatted(namespace, app, port);
    }

    private static String guardrail(String name, String from, String to) {
        return """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Guardrail
                metadata: {name: %s}
                spec: {description: no, deny: [{from: {namespaces: [%s]}, to: {namespaces: [%s]}}]}
                ---
                """.formatted(name, from, to);
    }

    /** What concerns one namespace at a time, or two that name each other. */
    static List<Scenario> named() {
        return List.of(
                Scenario.of(
                        "enrol",
                        WORLD + ASKS + SERVES,
                        apply("enrol pay", segment("pay", "Namespace", true, true, "pay")),
                        apply("enrol shop", segment("shop", "Namespace", true, true, "shop"))),
                Scenario.of(
                        "release",
                        CONNECTED,
                        delete("release pay", "Segment", "", "pay"),
                        delete("release shop", "Segment", "", "shop")),
                Scenario.of(
                        "observe and enforce again",
                        CONNECTED,
                        apply("observe pay", segment("pay", "Namespace", false, false, "pay")),
                        apply("enforce ingress", segment("pay", "Namespace", true, false, "pay")),
                        apply("enforce both", segment("pay", "Namespace", true, true, "pay"))),
                Scenario.of("connect", WORLD + BOTH, apply("shop asks", ASKS), apply("pay serves", SERVES)),
                Scenario.of(
                        "withdraw",
                        CONNECTED,
                        delete("pay withdraws", "AccessIntent", "pay", "payments"),
                        delete("shop withdraws", "AccessIntent", "shop", "checkout")),
                Scenario.of(
                        "widen and narrow",
                        CONNECTED,
                        apply(
                                "pay serves on two ports",
                                intent(
                                        "pay",
                                        "payments",
                                        "payments",
                                        from("shop", "checkout", 8080) + ", " + from("shop", "checkout", 9090),
                                        "")),
                        apply(
                                "shop asks on two ports",
                                intent(
                                        "shop",
                                        "checkout",
                                        "checkout",
                                        "",
                                        to("pay", "payments", 8080) + ", " + to("pay", "payments", 9090))),
                        apply(
                                "shop asks on the other port alone",
                                intent("shop", "checkout", "checkout", "", to("pay", "payments", 9090))),
                        apply("pay serves on one port", SERVES)),
                Scenario.of(
                        "rename and split",
                        CONNECTED,
                        apply(
                                "the same by another intent",
                                intent("pay", "other", "payments", from("shop", "checkout", 8080), "")),
                        delete("the first goes", "AccessIntent", "pay", "payments"),
                        apply("all pods in the place of one workload", """
                                apiVersion: bulkhead.dev/v1alpha1
                                kind: AccessIntent
                                metadata: {name: other, namespace: pay}
                                spec:
                                  workload: {podSelector: {matchExpressions: [{key: app, operator: In, values: [payments, ledger]}]}}
                                  inbound: [%s]
                                """.formatted(from("shop", "checkout", 8080)))),
                Scenario.of(
                        "both ends turn elsewhere",
                        CONNECTED + intent("pay", "ledger", "ledger", from("shop", "cart", 8080), ""),
                        new Step("checkout asks the ledger, which serves checkout instead of cart", server -> {
                            edit(server, intent("shop", "checkout", "checkout", "", to("pay", "ledger", 8080)));
                            edit(server, intent("pay", "ledger", "ledger", from("shop", "cart", 8080), ""));
                        }),
                        new Step("cart asks while the ledger serves checkout", server -> {
                            edit(server, intent("shop", "cart", "cart", "", to("pay", "ledger", 8080)));
                            edit(server, intent("pay", "ledger", "ledger", from("shop", "checkout", 8080), ""));
                        })),
                Scenario.of(
                        "guardrail",
                        CONNECTED,
                        apply("deny", guardrail("no", "shop", "pay")),
                        delete("lift", "Guardrail", "", "no")),
                Scenario.of(
                        "namespace deleted and remade",
                        CONNECTED,
                        delete("pay ends", "Namespace", "", "pay"),
                        new Step("pay has ended", server -> server.finishNamespace("pay")),
                        apply("pay is made again", namespace("pay") + pod("pay", "payments") + pod("pay", "ledger")),
                        apply("pay serves again", SERVES)),
                Scenario.of(
                        "hand edits",
                        CONNECTED,
                        new Step("somebody empties a policy", server -> handEdit(server, "pay", true)),
                        new Step("somebody deletes a policy", server -> handDelete(server, "pay", "bulkhead-ingress")),
                        new Step(
                                "somebody deletes the baseline",
                                server -> handDelete(server, "pay", "bulkhead-baseline")),
                        new Step("somebody widens a policy", server -> handEdit(server, "pay", false))),
                Scenario.of(
                        "hand edits of statuses",
                        CONNECTED + guardrail("no", "web", "pay"),
                        new Step(
                                "somebody empties a status",
                                server -> say(
                                        server,
                                        "AccessIntent",
                                        "pay",
                                        "payments",
                                        Map.of("rules", List.of(), "policies", List.of(), "summary", "0/0"))),
                        new Step(
                                "somebody writes a status as it was",
                                server -> say(
                                        server,
                                        "Segment",
                                        "",
                                        "pay",
                                        Map.of("namespaces", List.of(), "namespaceCount", 0))),
                        new Step("pay serves on another port, and somebody writes two statuses", server -> {
                            say(server, "AccessIntent", "shop", "checkout", Map.of("conditions", List.of()));
                            edit(server, intent("pay", "payments", "payments", from("shop", "checkout", 9090), ""));
                            say(server, "Guardrail", "", "no", Map.of("observedGeneration", 0));
                        })),
                Scenario.of(
                        "definition of intents deleted and made again",
                        CONNECTED,
                        new Step("the definition goes with all intents, and comes back without them", server -> {
                            server.undefine(INTENTS);
                            server.list("AccessIntent")
                                    .forEach(intent -> server.delete(
                                            "AccessIntent",
                                            SimulatedApiServer.Key.of(intent),
                                            Optional.empty(),
                                            Optional.empty()));
                            server.define(INTENTS);
                        }),
                        apply("pay serves again", SERVES),
                        apply("shop asks again", ASKS)),
                Scenario.of(
                        "kubectl delete netpol --all",
                        CONNECTED,
                        new Step(
                                "somebody deletes all policies of pay",
                                server -> server.list("NetworkPolicy", "pay")
                                        .forEach(policy -> server.delete(
                                                "NetworkPolicy",
                                                SimulatedApiServer.Key.of(policy),
                                                Optional.empty(),
                                                Optional.empty())))),
                Scenario.of(
                        "look-alikes",
                        CONNECTED,
                        apply("two look like baselines", lookAlike("x") + lookAlike("y")),
                        apply("and a third", lookAlike("z"))),
                Scenario.of(
                        "names that are taken",
                        WORLD + BOTH + ASKS + foreign("pay", PAYMENTS, "{}"),
                        apply("pay serves", SERVES),
                        delete("the name is free", "NetworkPolicy", "pay", PAYMENTS),
                        new Step("somebody takes the policy over", server -> disown(server)),
                        delete("pay withdraws", "AccessIntent", "pay", "payments")),
                Scenario.of(
                        "names that are taken in the moment of the write",
                        CONNECTED,
                        new Step("pay widens, and somebody takes the policy over", server -> {
                            edit(server, intent("pay", "payments", "payments", from("shop", "checkout", 9090), ""));
                            disown(server);
                        }),
                        delete("the name is free", "NetworkPolicy", "pay", PAYMENTS),
                        new Step("pay withdraws, and somebody takes the policy over", server -> {
                            server.delete(
                                    "AccessIntent",
                                    new SimulatedApiServer.Key("pay", "payments"),
                                    Optional.empty(),
                                    Optional.empty());
                            disown(server);
                        }),
                        delete("the name is free again", "NetworkPolicy", "pay", PAYMENTS),
                        new Step("pay serves, and somebody takes the name", server -> {
                            edit(server, SERVES);
                            edit(server, foreign("pay", PAYMENTS, "{}"));
                        })),
                Scenario.of(
                        "finalizers",
                        CONNECTED,
                        new Step(
                                "somebody puts a finalizer on a policy",
                                server -> managed(server, "pay", PAYMENTS)
                                        .ifPresent(policy -> server.replace(
                                                policy,
                                                new NetworkPolicyBuilder(policy)
                                                        .editMetadata()
                                                        .withFinalizers("example.com/keep")
                                                        .endMetadata()
                                                        .build(),
                                                "kubectl"))),
                        delete("pay withdraws", "AccessIntent", "pay", "payments")),
                Scenario.of(
                        "policies of others",
                        CONNECTED,
                        apply("somebody opens pay", foreign("pay", "open", "{}")),
                        delete("and closes it", "NetworkPolicy", "pay", "open")),
                Scenario.of(
                        "released beside a policy of others that isolates a pod",
                        CONNECTED + isolating("pay", "ledger"),
                        delete("release pay", "Segment", "", "pay"),
                        apply("enforce pay again", segment("pay", "Namespace", true, true, "pay")),
                        delete("the pod is isolated no more", "NetworkPolicy", "pay", "isolated")),
                Scenario.of(
                        "an intent that a finalizer holds",
                        WORLD + BOTH + ASKS + held(SERVES),
                        delete("pay withdraws", "AccessIntent", "pay", "payments"),
                        apply("pay serves by another intent", SERVES.replace("name: payments,", "name: others,")),
                        new Step("the finalizer goes, and the intent with it", server -> edit(server, SERVES))));
    }

    /** etcd is restored from a backup: everything, with its versions, is what it was some time ago. */
    static List<Scenario> restored() {
        Step backup = new Step("somebody takes a backup", SimulatedApiServer::backUp);
        Step restore = new Step("the backup is restored", SimulatedApiServer::restore);
        String wider = intent(
                "pay",
                "payments",
                "payments",
                from("shop", "checkout", 8080) + ", " + from("shop", "checkout", 9090),
                "");
        return List.of(
                Scenario.of(
                        "restored: what was withdrawn is back",
                        CONNECTED,
                        backup,
                        delete("pay withdraws", "AccessIntent", "pay", "payments"),
                        delete("shop is released", "Segment", "", "shop"),
                        restore,
                        delete("pay withdraws again", "AccessIntent", "pay", "payments")),
                Scenario.of(
                        "restored: what was asked for is gone",
                        WORLD + BOTH,
                        backup,
                        apply("shop asks", ASKS),
                        apply("pay serves", SERVES),
                        restore,
                        apply("pay serves again", SERVES),
                        apply("shop asks again", ASKS)),
                Scenario.of(
                        "restored: what was widened is narrow",
                        CONNECTED,
                        backup,
                        apply("pay serves on two ports", wider),
                        apply(
                                "shop asks on the other port",
                                intent("shop", "checkout", "checkout", "", to("pay", "payments", 9090))),
                        restore,
                        apply("pay serves on two ports again", wider)),
                Scenario.of(
                        "restored: policies that were still to be withdrawn",
                        CONNECTED,
                        new Step("pay withdraws, and somebody takes a backup at once", server -> {
                            server.delete(
                                    "AccessIntent",
                                    new SimulatedApiServer.Key("pay", "payments"),
                                    Optional.empty(),
                                    Optional.empty());
                            server.backUp();
                        }),
                        apply("pay serves others", intent("pay", "ledger", "ledger", from("shop", "cart", 8080), "")),
                        restore,
                        apply("pay serves again", SERVES)),
                Scenario.of(
                        "restored: policies that were still to be written",
                        WORLD + ASKS + SERVES + segment("shop", "Namespace", true, true, "shop"),
                        new Step("pay is enrolled, and somebody takes a backup at once", server -> {
                            edit(server, segment("pay", "Namespace", true, true, "pay"));
                            server.backUp();
                        }),
                        apply("pay is observed", segment("pay", "Namespace", false, false, "pay")),
                        restore,
                        delete("pay is released", "Segment", "", "pay")));
    }

    /** What concerns several namespaces at once. */
    static List<Scenario> acrossNamespaces() {
        String town = segment("town", "Namespace", true, true, "shop");
        return List.of(
                Scenario.of(
                        "namespace moves between segments",
                        WORLD
                                + town
                                + segment("pay", "Namespace", true, true, "pay")
                                + segment("web", "Namespace", true, true, "web")
                                + intent(
                                        "pay",
                                        "payments",
                                        "payments",
                                        "{from: {segment: {name: town}}, ports: [{port: 8080}]}",
                                        "")
                                + intent("web", "front", "front", "", to("pay", "payments", 8080))
                                + ASKS,
                        new Step("web joins town", server -> {
                            edit(server, segment("web", "Namespace", true, true, "nobody"));
                            edit(server, segment("town", "Namespace", true, true, "shop, web"));
                        }),
                        new Step("web leaves town", server -> {
                            edit(server, town);
                            edit(server, segment("web", "Namespace", true, true, "web"));
                        }),
                        delete("web is released", "Segment", "", "web"),
                        apply("web joins town from outside", segment("town", "Namespace", true, true, "shop, web")),
                        apply("web leaves town to outside", town)),
                Scenario.of(
                        "namespace that asks for nothing joins and leaves a segment that others serve",
                        WORLD
                                + town
                                + segment("pay", "Namespace", true, true, "pay")
                                + intent(
                                        "pay",
                                        "payments",
                                        "payments",
                                        "{from: {segment: {name: town}}, ports: [{port: 8080}]}",
                                        ""),
                        apply("web joins town", segment("town", "Namespace", true, true, "shop, web")),
                        apply("web leaves town", town)),
                Scenario.of(
                        "two segments claim a namespace that nobody had",
                        WORLD + segment("shop", "Namespace", true, true, "shop") + ASKS + SERVES,
                        new Step("both claim pay", server -> {
                            edit(server, segment("a", "Namespace", true, false, "pay"));
                            edit(server, segment("b", "Namespace", false, true, "pay"));
                        }),
                        delete("somebody deletes the baseline", "NetworkPolicy", "pay", BASELINE),
                        new Step("somebody opens the baseline", server -> open(server)),
                        apply("one of them is enforced no more", segment("b", "Namespace", false, false, "pay")),
                        delete("the claim is settled", "Segment", "", "b")),
                Scenario.of(
                        "two segments claim a namespace that one of them had",
                        CONNECTED,
                        apply("another one claims pay", segment("other", "Namespace", true, true, "pay")),
                        apply(
                                "pay serves on another port",
                                intent("pay", "payments", "payments", from("shop", "checkout", 9090), "")),
                        delete("somebody deletes the baseline", "NetworkPolicy", "pay", BASELINE),
                        apply("the claim is settled", segment("other", "Namespace", true, true, "nobody"))),
                Scenario.of(
                        "segment switches direction",
                        WORLD + segment("town", "Namespace", true, false, "shop, pay"),
                        apply("from ingress to egress", segment("town", "Namespace", false, true, "shop, pay")),
                        apply("and back", segment("town", "Namespace", true, false, "shop, pay"))),
                Scenario.of(
                        "one end asks while the other withdraws",
                        WORLD + BOTH + SERVES,
                        new Step("pay withdraws, and shop asks", server -> {
                            edit(server, intent("pay", "payments", "payments", from("web", "front", 8080), ""));
                            edit(server, ASKS);
                        }),
                        new Step("shop withdraws, and pay serves", server -> {
                            edit(server, intent("shop", "checkout", "checkout", "", to("web", "front", 8080)));
                            edit(server, SERVES);
                        })),
                Scenario.of(
                        "trust in the segment",
                        WORLD + segment("town", "Segment", true, true, "shop, pay") + ASKS,
                        apply(
                                "trust no further than the namespace",
                                segment("town", "Namespace", true, true, "shop, pay")),
                        apply("trust the segment again", segment("town", "Segment", true, true, "shop, pay")),
                        apply("pay leaves", segment("town", "Segment", true, true, "shop"))));
    }

    /** Two namespaces, three workloads, two intents, and people who do not wait. */
    static List<Scenario> smallWorlds() {
        String small = namespace("shop")
                + namespace("pay")
                + pod("shop", "checkout")
                + pod("shop", "cart")
                + pod("pay", "payments");
        return List.of(
                Scenario.of("small: connect", small + BOTH, apply("shop asks", ASKS), apply("pay serves", SERVES)),
                Scenario.of(
                        "small: withdraw",
                        small + BOTH + ASKS + SERVES,
                        delete("pay withdraws", "AccessIntent", "pay", "payments"),
                        delete("shop withdraws", "AccessIntent", "shop", "checkout")),
                Scenario.of(
                        "small: enrol",
                        small + ASKS + SERVES,
                        apply("enrol pay", segment("pay", "Namespace", true, true, "pay")),
                        apply("enrol shop", segment("shop", "Namespace", true, true, "shop"))),
                Scenario.of(
                        "small: one end asks while the other withdraws",
                        small + BOTH + SERVES,
                        apply("shop asks", ASKS),
                        delete("pay withdraws", "AccessIntent", "pay", "payments")));
    }

    static void edit(SimulatedApiServer server, String yaml) {
        server.apply(SimulatedApiServer.read(yaml.replace("---\n", "")), "kubectl");
    }

    /** The baseline of pay lets everything in. */
    private static void open(SimulatedApiServer server) {
        managed(server, "pay", BASELINE)
                .ifPresent(policy -> server.replace(
                        policy,
                        new NetworkPolicyBuilder(policy)
                                .editSpec()
                                .addNewIngress()
                                .endIngress()
                                .endSpec()
                                .build(),
                        "kubectl"));
    }

    private static void say(
            SimulatedApiServer server, String kind, String namespace, String name, Map<String, Object> members) {
        SimulatedApiServer.Key key = new SimulatedApiServer.Key(namespace, name);
        server.get(kind, key)
                .ifPresent(object ->
                        server.patchStatus(kind, key, object.getMetadata().getUid(), members, "kubectl"));
    }

    private static void handEdit(SimulatedApiServer server, String namespace, boolean emptied) {
        managed(server, namespace, "bulkhead-ingress").ifPresent(policy -> {
            NetworkPolicyBuilder edited = new NetworkPolicyBuilder(policy);
            if (emptied) {
                edited.editSpec().withIngress(List.of()).endSpec();
            } else {
                edited.editSpec().addNewIngress().endIngress().endSpec();
            }
            server.replace(policy, edited.build(), "kubectl");
        });
    }

    /** Takes our marks off a policy. */
    private static void disown(SimulatedApiServer server) {
        managed(server, "pay", PAYMENTS)
                .ifPresent(policy -> server.replace(
                        policy,
                        new NetworkPolicyBuilder(policy)
                                .editMetadata()
                                .withLabels(null)
                                .endMetadata()
                                .build(),
                        "kubectl"));
    }

    private static void handDelete(SimulatedApiServer server, String namespace, String prefix) {
        managed(server, namespace, prefix)
                .ifPresent(policy -> server.delete(
                        "NetworkPolicy", SimulatedApiServer.Key.of(policy), Optional.empty(), Optional.empty()));
    }

    private static Optional<NetworkPolicy> managed(SimulatedApiServer server, String namespace, String prefix) {
        return server.list("NetworkPolicy", namespace).stream()
                .filter(policy -> policy.getMetadata().getName().startsWith(prefix))
                .map(NetworkPolicy.class::cast)
                .findFirst();
    }

    private static String lookAlike(String name) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata:
                  name: %s
                  namespace: pay
                  labels: {app.kubernetes.io/managed-by: bulkhead, bulkhead.dev/role: baseline}
                spec: {podSelector: {}, policyTypes: [Ingress]}
                ---
                """.formatted(name);
    }

    /** Pods of an app are isolated in both directions. */
    private static String isolating(String namespace, String app) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: isolated, namespace: %s}
                spec: {podSelector: {matchLabels: {app: %s}}, policyTypes: [Ingress, Egress]}
                ---
                """.formatted(namespace, app);
    }

    private static String held(String intent) {
        return intent.replaceFirst("metadata: \\{", "metadata: {finalizers: [example.com/keep], ");
    }

    private static String foreign(String namespace, String name, String rule) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: %s, namespace: %s}
                spec: {podSelector: {}, policyTypes: [Ingress], ingress: [%s]}
                ---
                """.formatted(name, namespace, rule);
    }
}
