package dev.bulkhead.demo;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.app.console.ConsoleServer;
import dev.bulkhead.app.console.SignIn;
import dev.bulkhead.cluster.Operator;
import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Sets the stage on a control plane, and has the story told. */
final class Demo {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ControlPlane controlPlane;
    private final Config operatorsAccess;
    private final Narrator narrator;
    private final Claims claims;

    /** @param operatorsAccess how the operator connects */
    Demo(ControlPlane controlPlane, Config operatorsAccess, Narrator narrator) {
        this.controlPlane = controlPlane;
        this.operatorsAccess = operatorsAccess;
        this.narrator = narrator;
        this.claims = new Claims(narrator, LIMIT);
    }

    /**
     * @param epilogue what comes when the story was told to its end, while everything still runs
     * @return whether it was
     */
    boolean run(Consumer<Invitation> epilogue) {
        KubernetesClient client = controlPlane.client();
        Shop shop = new Shop(client);
        Onlooker onlooker = new Onlooker(
                client,
                ImmutableList.<ShopParty>builder()
                        .addAll(Shop.WORKLOADS)
                        .add(new ShopParty.Internet())
                        .build());
        install(client);
        try (KubernetesClient operators = new KubernetesClientBuilder()
                        .withConfig(operatorsAccess)
                        .build();
                Operator operator = new Operator(operators, OperatorSettings.alone(), this::giveUp);
                ConsoleServer console = new ConsoleServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Optional.empty(),
                        // The token is of use on this control plane alone, which goes with the demo.
                        SignIn.BY_FORM_OR_LINK,
                        operator,
                        operators);
                PolicyJournal journal = new PolicyJournal(client);
                Tide tide = new Tide(client, shop)) {
            operator.start();
            prologue(shop, onlooker, operator);
            Invitation invitation = invite(client, console);
            tide.start();
            boolean told = new Story(narrator, chapters(client, shop, onlooker, journal)).tell();
            if (told) {
                narrator.chapter("All of it is true");
                narrator.says(("%d claims were checked against the API server, while %d pods went and others came in"
                                + " their place. Policies were written %d times, once by hand.")
                        .formatted(claims.held(), tide.gone(), journal.size()));
                epilogue.accept(invitation);
            }
            return told;
        }
    }

    private void prologue(Shop shop, Onlooker onlooker, Operator operator) {
        narrator.chapter("A shop without bulkheads");
        narrator.says("Cluster: " + controlPlane.description() + ". A shop in three namespaces, web (storefront), shop"
                + " (checkout, catalogue) and pay (payments, ledger), whose pods come and go all the time. Who reaches"
                + " whom, judged from nothing but the pods and the policies in the API server:");
        shop.open();
        claims.that(
                "the operator is up, and so are all workloads",
                () -> ClaimFinding.when(operator.isLeading()
                        && Shop.WORKLOADS.stream()
                                .allMatch(workload -> shop.running(workload).size() > 1)));
        claims.that(
                "everybody reaches everybody, on any port",
                () -> ClaimFinding.when(onlooker.look().isAllOpen()));
        narrator.matrix(onlooker.look());
    }

    private Invitation invite(KubernetesClient client, ConsoleServer console) {
        Invitation invitation = new Invitation("http://127.0.0.1:" + console.port() + "/", new Visitor(client).token());
        narrator.says("The console shows all of this as it happens, in a browser. This link signs in:");
        narrator.shows(List.of(invitation.link()));
        claims.that("the console is served", () -> ClaimFinding.when(answers(invitation.address())));
        return invitation;
    }

    private static boolean answers(String address) {
        try {
            HttpResponse<Void> page = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding());
            return page.statusCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<Chapter> chapters(KubernetesClient client, Shop shop, Onlooker onlooker, PolicyJournal journal) {
        StoryDeclarations declarations = new StoryDeclarations(client);
        return List.of(
                new ObserveChapter(narrator, claims, declarations, onlooker, journal),
                new EnforceChapter(narrator, claims, declarations, onlooker, journal),
                new HandshakeChapter(narrator, claims, declarations, onlooker, journal),
                new ScaleChapter(narrator, claims, shop, onlooker, journal),
                new WithdrawChapter(narrator, claims, declarations, onlooker, journal),
                new RepairChapter(narrator, claims, client, onlooker, journal),
                new AttackerChapter(narrator, claims, client, shop, onlooker));
    }

    private void install(KubernetesClient client) {
        StoryManifests manifests = new StoryManifests(client);
        List<CustomResourceDefinition> definitions = StoryManifests.DEFINITIONS.stream()
                .flatMap(definition -> manifests.apply(definition).stream())
                .map(CustomResourceDefinition.class::cast)
                .toList();
        definitions.forEach(definition -> client.resource(definition)
                .waitUntilCondition(Demo::isEstablished, LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        InstalledIdentityPolicies.install(controlPlane);
    }

    private static boolean isEstablished(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private void giveUp(String reason, Throwable cause) {
        narrator.claim(false, "the operator runs", reason + (cause == null ? "" : ": " + cause.getMessage()));
    }
}
