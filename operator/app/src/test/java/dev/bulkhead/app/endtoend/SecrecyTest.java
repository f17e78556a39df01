package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.function.Executable;

/**
 * What a team learns of another one that has not agreed: nothing. In each case the same is declared in a namespace
 * {@code shop} towards a namespace {@code pay}, of which only the case differs; whatever shop's team can see, and each time
 * it is written, is compared.
 */
@OnControlPlane(
        value = ControlPlaneKind.REAL,
        tenants = {"team-absent", "team-empty", "team-silent", "team-refuses", "team-other", "team-unstamped"})
@TestInstance(Lifecycle.PER_CLASS)
class SecrecyTest {

    private static final Map<String, Object> CART = Map.of("serviceAccount", "cart");

    private final Cluster cluster;
    private final KubernetesClient client;
    private final List<KubernetesClient> teams = new ArrayList<>();
    private final Map<Counterpart, TeamView> views = new EnumMap<>(Counterpart.class);

    SecrecyTest(ControlPlane controlPlane) {
        cluster = new Cluster(controlPlane);
        client = controlPlane.client();
    }

    @BeforeAll
    void inhabit(ControlPlane controlPlane) {
        cluster.installDefinitions();
        cluster.namespace(Counterpart.UNSTAMPED.pay());
        provide(Counterpart.UNSTAMPED);
        InstalledIdentityPolicies.install(controlPlane);
        cluster.namespace("others");
        cluster.segment("shop", List.of("shop-*"), true, true, "Namespace");
        cluster.segment("pay", List.of("pay-*", "others"), true, true, "Namespace");
        for (Counterpart one : Counterpart.values()) {
            cluster.namespace(one.shop());
            cluster.workload(one.shop(), "cart");
            new TeamRights(client).grant(one.named("team"), one.shop());
            if (one != Counterpart.ABSENT && one != Counterpart.UNSTAMPED) {
                cluster.namespace(one.pay());
            }
            if (one.hasWorkload() && one != Counterpart.UNSTAMPED) {
                provide(one);
            }
        }
        cluster.workload(Counterpart.EMPTY.pay(), "ledger");
        serves(Counterpart.REFUSES, "payments", "others", "buyer");
        serves(Counterpart.OTHER, "payments", Counterpart.OTHER.shop(), "till");
        cluster.startOperator();
        for (Counterpart one : Counterpart.values()) {
            KubernetesClient team = controlPlane.client(one.named("team"));
            teams.add(team);
            Await.until("the team may look", Cluster.PATIENCE, () -> mayLook(team, one.shop()));
            views.put(
                    one,
                    new TeamView(
                            team,
                            one.shop(),
                            text -> text.replace(one.shop(), "shop").replace(one.pay(), "pay")));
        }
    }

    @AfterAll
    void leave() {
        views.values().forEach(TeamView::close);
        teams.forEach(KubernetesClient::close);
        cluster.close();
    }

    @Test
    void f61_whatATeamSeesIsTheSameWhateverThereIsAndHappensAtAnEndThatHasNotAgreed() {
        for (Counterpart one : Counterpart.values()) {
            questions(one).forEach((name, spec) -> cluster.intent(one.shop(), name, spec));
        }
        for (Counterpart one : Counterpart.values()) {
            questions(one).keySet().forEach(intent -> cluster.awaitRuleState(one.shop(), intent, "AwaitingPeer"));
            agreeWithOneself(one);
        }
        Observation.converged(client, "declared", Cluster.PATIENCE);
        String absent = lines(views.get(Counterpart.ABSENT));
        List<Executable> alike = new ArrayList<>();
        views.forEach((one, view) -> alike.add(() -> assertEquals(absent, lines(view), one.name())));
        assertAll(alike);

        Map<Counterpart, Integer> marks = new EnumMap<>(Counterpart.class);
        views.forEach((one, view) -> marks.put(one, view.writes()));
        for (Counterpart one : Counterpart.values()) {
            live(one);
        }
        for (Counterpart one : Counterpart.values()) {
            agree(one);
        }

        views.forEach((one, view) -> Await.until(
                "the team has seen what it agreed to",
                Cluster.PATIENCE,
                () -> view.writesAfter(marks.get(one)).size() >= 2));
        List<Executable> silent = new ArrayList<>();
        views.forEach((one, view) -> silent.add(() -> assertEquals(
                List.of("Event Normal RuleOpen zz-barrier", "AccessIntent zz-barrier"),
                view.writesAfter(marks.get(one)).stream()
                        .map(SecrecyTest::withoutContent)
                        .toList(),
                () -> one + ": " + String.join("\n", view.writesAfter(marks.get(one))))));
        assertAll(silent);
    }

    private static String withoutContent(String write) {
        return write.replaceFirst("^\\w+ (AccessIntent \\S+|Event \\S+ \\S+ [^: ]+).*", "$1");
    }

    private static String lines(TeamView view) {
        return String.join(
                "\n", view.now().entrySet().stream().map(Object::toString).toList());
    }

    /** All that a team can ask for, of each kind of peer. */
    private static Map<String, Map<String, Object>> questions(Counterpart one) {
        Map<String, Object> owner = Map.of("owner", Map.of("kind", "Deployment", "name", "payments"));
        Map<String, Object> labels = Map.of("podSelector", Map.of("matchLabels", Map.of("app", "payments")));
        Map<String, Object> account = Map.of("serviceAccount", "payments");
        Map<String, Map<String, Object>> questions = new TreeMap<>();
        questions.put("to-account", rule("outbound", "to", workload(one.pay(), account), 8080));
        questions.put("to-named-port", rule("outbound", "to", workload(one.pay(), account), "http"));
        questions.put("to-owner", rule("outbound", "to", workload(one.pay(), owner), 8080));
        questions.put("to-labels", rule("outbound", "to", workload(one.pay(), labels), 8080));
        questions.put("to-all", rule("outbound", "to", workload(one.pay(), Map.of("all", true)), 8080));
        questions.put(
                "to-service",
                Map.of(
                        "workload",
                        CART,
                        "outbound",
                        List.of(Map.of("to", Map.of("service", Map.of("namespace", one.pay(), "name", "payments"))))));
        questions.put(
                "to-service-port",
                rule("outbound", "to", Map.of("service", Map.of("namespace", one.pay(), "name", "payments")), 80));
        questions.put("from-account", rule("inbound", "from", workload(one.pay(), account), 8080));
        questions.put("from-owner", rule("inbound", "from", workload(one.pay(), owner), 8080));
        questions.put("from-labels", rule("inbound", "from", workload(one.pay(), labels), 8080));
        questions.put("from-namespace", rule("inbound", "from", Map.of("namespace", Map.of("name", one.pay())), 8080));
        questions.put(
                "zz-barrier", rule("outbound", "to", workload(one.pay(), Map.of("serviceAccount", "barrier")), 9090));
        return questions;
    }

    private static Map<String, Object> rule(String direction, String end, Map<String, Object> peer, Object port) {
        return Map.of("workload", CART, direction, List.of(Map.of(end, peer, "ports", List.of(Map.of("port", port)))));
    }

    private static Map<String, Object> workload(String namespace, Map<String, Object> reference) {
        Map<String, Object> peer = new TreeMap<>(reference);
        peer.put("namespace", namespace);
        return Map.of("workload", peer);
    }

    /** One more intent, the last to be reported, so that by then whatever is to be said of the others has been said. */
    private void agreeWithOneself(Counterpart one) {
        cluster.intent(one.shop(), "zzz-own", rule("outbound", "to", workload(one.shop(), CART), 9090));
        cluster.awaitRuleState(one.shop(), "zzz-own", "Open");
    }

    /** What the other end agrees to in the end, so that everything before it has been dealt with when that shows. */
    private void agree(Counterpart one) {
        if (one == Counterpart.ABSENT) {
            cluster.namespace(one.pay());
        }
        cluster.intent(
                one.pay(),
                "barrier",
                Map.of(
                        "workload",
                        Map.of("serviceAccount", "barrier"),
                        "inbound",
                        List.of(Map.of("from", workload(one.shop(), CART), "ports", List.of(Map.of("port", 9090))))));
        cluster.awaitRuleState(one.shop(), "zz-barrier", "Open");
    }

    /** Whatever may happen in a namespace that does not agree. */
    private void live(Counterpart one) {
        String pay = one.pay();
        if (one == Counterpart.ABSENT) {
            cluster.namespace(pay);
            client.namespaces().withName(pay).delete();
            Await.until(
                    "the namespace is gone",
                    Cluster.PATIENCE,
                    () -> client.namespaces().withName(pay).get() == null);
            return;
        }
        client.namespaces().withName(pay).edit(namespace -> {
            namespace.getMetadata().getLabels().put("tier", "gold");
            return namespace;
        });
        if (one.hasWorkload()) {
            client.apps().deployments().inNamespace(pay).withName("payments").scale(3);
            cluster.awaitPods(pay, "payments");
            client.pods().inNamespace(pay).withLabel("app", "payments").delete();
            cluster.awaitPods(pay, "payments");
            client.services().inNamespace(pay).withName("payments").edit(service -> {
                service.getSpec().getPorts().get(0).setTargetPort(new IntOrString("admin"));
                return service;
            });
            client.services().inNamespace(pay).withName("payments").delete();
            client.apps().deployments().inNamespace(pay).withName("payments").delete();
        } else {
            provide(one);
            cluster.awaitPods(pay, "payments");
        }
        serves(one, "payments", "others", "shipper");
        serves(one, "payments", "others", "accountant");
        cluster.deleteIntent(pay, "payments-inbound-shipper");
        cluster.asks("outbound", pay, "payments", "others", "bank");
    }

    private void serves(Counterpart one, String workload, String namespace, String peer) {
        cluster.asks("inbound", one.pay(), workload, namespace, peer);
    }

    private void provide(Counterpart one) {
        cluster.workload(one.pay(), "payments");
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(one.pay())
                        .withName("payments")
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", "payments")
                        .addNewPort()
                        .withName("web")
                        .withPort(80)
                        .withTargetPort(new IntOrString("http"))
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    private static boolean mayLook(KubernetesClient team, String namespace) {
        try {
            team.genericKubernetesResources(Cluster.API, "AccessIntent")
                    .inNamespace(namespace)
                    .list();
            team.events().v1().events().inNamespace(namespace).list();
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }
}
