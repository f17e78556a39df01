package dev.bulkhead.bench;

import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.ControlPlaneOptions;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A real control plane with ten enforced namespaces, {@code team-0} to {@code team-9}, and what a bench puts there. */
final class BenchCluster implements AutoCloseable {

    static final int NAMESPACES = 10;

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int WRITERS = 16;
    private static final List<String> DEFINITIONS = List.of(
            "/crds/bulkhead.dev_accessintents.yaml",
            "/crds/bulkhead.dev_guardrails.yaml",
            "/crds/bulkhead.dev_segments.yaml",
            "/crds/bulkhead.dev_wellknownpeers.yaml");

    private final ControlPlane controlPlane = ControlPlaneKind.REAL.start(ControlPlaneOptions.DEFAULT.withNodes(10));
    private final KubernetesClient client = controlPlane.client();
    private final ApiServerMetrics metrics = new ApiServerMetrics(client);

    BenchCluster() {
        DEFINITIONS.stream()
                .flatMap(definition -> load(definition).stream())
                .forEach(definition -> client.resource(definition).serverSideApply());
        Await.until("the kinds are served", LIMIT, this::kindsAreServed);
        InstalledIdentityPolicies.install(controlPlane);
        for (int n = 0; n < NAMESPACES; n++) {
            apply(BenchManifests.namespace(namespace(n)));
        }
        Await.until(
                "namespaces have their service accounts",
                LIMIT,
                () -> Stream.iterate(0, n -> n + 1)
                        .limit(NAMESPACES)
                        .allMatch(n -> client.serviceAccounts()
                                        .inNamespace(namespace(n))
                                        .withName("default")
                                        .get()
                                != null));
        apply(BenchManifests.SEGMENT);
    }

    static String namespace(int number) {
        return "team-" + number % NAMESPACES;
    }

    KubernetesClient client() {
        return client;
    }

    ApiServerMetrics metrics() {
        return metrics;
    }

    Path kubeconfig() {
        return controlPlane.kubeconfig();
    }

    Config configuration() {
        return controlPlane.configuration();
    }

    /** The administrator's. */
    String token() {
        return controlPlane.configuration().getOauthToken();
    }

    /** Those of so many people who may see everything: a few pages of one are told of changes, not a hundred. */
    List<String> tokens(int people) {
        apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: people}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: people}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
                subjects:
                - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: 'system:serviceaccounts:people'}
                """);
        return IntStream.range(0, people)
                .mapToObj(number -> "viewer-" + number)
                .map(this::token)
                .toList();
    }

    private String token(String person) {
        apply("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: " + person + ", namespace: people}\n");
        return client.serviceAccounts()
                .inNamespace("people")
                .withName(person)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
    }

    void apply(String yaml) {
        parse(yaml).forEach(object -> client.resource(object).serverSideApply());
    }

    /** The intent number so and so, which asks one workload of the next namespace, as does no other intent. */
    HasMetadata intent(int number) {
        return parse(BenchManifests.intent(number)).get(0);
    }

    void create(HasMetadata object) {
        client.resource(object).create();
    }

    List<HasMetadata> intents(int first, int count) {
        return Stream.iterate(first, number -> number + 1)
                .limit(count)
                .map(this::intent)
                .toList();
    }

    /** Creates the objects as quickly as several clients can. */
    void createAll(List<HasMetadata> objects) {
        new Crew(WRITERS).each(objects, this::create);
    }

    /** Creates running pods of 100 workloads, past the scheduler, and waits until they run. */
    void createPods(int first, int count) {
        List<Integer> numbers =
                Stream.iterate(first, number -> number + 1).limit(count).toList();
        new Crew(WRITERS)
                .each(numbers, number -> parse(BenchManifests.pod(number)).forEach(this::create));
        awaitRunning(first + count);
    }

    void awaitRunning(int pods) {
        Await.until(pods + " pods run", LIMIT, () -> running() >= pods);
    }

    long running() {
        return client.pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> pod.getStatus() != null
                        && "Running".equals(pod.getStatus().getPhase()))
                .count();
    }

    void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        Await.until("time passes", duration.plusSeconds(5), () -> System.nanoTime() >= end);
    }

    @Override
    public void close() {
        controlPlane.close();
    }

    private boolean kindsAreServed() {
        return client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                        .filter(definition -> definition.getStatus() != null
                                && definition.getStatus().getConditions() != null
                                && definition.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Established")
                                                        && condition.getStatus().equals("True")))
                        .count()
                == DEFINITIONS.size();
    }

    List<HasMetadata> parse(String yaml) {
        return client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    private List<HasMetadata> load(String resource) {
        try (InputStream yaml = BenchCluster.class.getResourceAsStream(resource)) {
            return client.load(yaml).items();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
