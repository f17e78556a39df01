package dev.bulkhead.app.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {

    @ParameterizedTest
    @CsvSource({
        "v1, Pod",
        "v1, Service",
        "v1, ReplicationController",
        "apps/v1, Deployment",
        "apps/v1, StatefulSet",
        "apps/v1, DaemonSet",
        "apps/v1, ReplicaSet",
        "batch/v1, Job",
        "batch/v1, CronJob",
        "networking.k8s.io/v1, Ingress",
        "networking.k8s.io/v1, NetworkPolicy",
        "extensions/v1beta1, NetworkPolicy",
        "discovery.k8s.io/v1, EndpointSlice"
    })
    void kindsInNamespacesAreRead(String apiVersion, String kind) {
        Reading reading = Reading.of("{apiVersion: " + apiVersion + ", kind: " + kind + ", metadata: {name: a}}");

        assertEquals(List.of(kind + " default/a"), reading.objects());
        assertEquals(List.of(), reading.findings());
    }

    @ParameterizedTest
    @CsvSource({
        "v1, Namespace",
        "v1, Node",
        "admissionregistration.k8s.io/v1, ValidatingAdmissionPolicy",
        "admissionregistration.k8s.io/v1, MutatingAdmissionPolicyBinding"
    })
    void kindsOfTheClusterAreReadWithoutNamespace(String apiVersion, String kind) {
        Reading reading =
                Reading.of("{apiVersion: " + apiVersion + ", kind: " + kind + ", metadata: {name: a, namespace: b}}");

        assertEquals(List.of(kind + " a"), reading.objects());
    }

    @Test
    void whatSaysNothingAboutConnectionsIsCountedByKind() {
        Reading reading = Reading.of("""
                apiVersion: v1
                kind: ConfigMap
                ---
                apiVersion: v1
                kind: ConfigMap
                ---
                apiVersion: example.com/v1
                kind: NetworkPolicy
                ---
                replicas: 3
                ---
                just a text
                ---
                [1, 2]
                ---
                # nothing
                ---
                """);

        assertEquals(List.of(), reading.findings());
        assertEquals(Map.of("ConfigMap", 2, "NetworkPolicy.example.com", 1, "(no object)", 3), reading.passedOver());
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {"name": "a"}}, {"metadata": {"name": "b"}}]}
                """, """
                {"items": [{"metadata": {"name": "a"}}, {"metadata": {"name": "b"}}], "kind": "PodList", "apiVersion": "v1"}
                """, """
                items:
                - metadata: {name: a}
                - {metadata: {name: b}, kind: Pod}
                apiVersion: v1
                kind: PodList
                """, """
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: v1, kind: Pod, metadata: {name: a}}
                - {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Pod, metadata: {name: b}}]}
                """, """
                apiVersion: v1
                kind: List
                metadata: &all
                - {apiVersion: v1, kind: Pod, metadata: {name: a}}
                - {apiVersion: v1, kind: Pod, metadata: {name: b}}
                items: *all
                """, """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "b"}}
                """})
    void listsAreTheirItems(String list) {
        Reading reading = Reading.of(list);

        assertEquals(List.of("Pod default/a", "Pod default/b"), reading.objects());
        assertEquals(List.of(), reading.findings());
        assertEquals(Map.of(), reading.passedOver());
    }

    @Test
    void itemsOfPoliciesKnowWhatTheyAreFromTheirList() {
        Reading reading = Reading.of("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicyList
                items:
                - metadata: {name: a, namespace: b}
                  spec: {podSelector: {}}
                """);

        assertEquals(List.of("NetworkPolicy b/a"), reading.objects());
        assertEquals(5, reading.manifests().get(0).placeOf("spec.podSelector").line());
    }

    @Test
    void anItemThatDoesNotSayWhatItIsIsFoundWhereTheListDoesNotEither() {
        Reading reading = Reading.of("""
                apiVersion: v1
                kind: List
                items:
                - metadata: {name: a}
                - 7
                - {apiVersion: v1, kind: Pod, metadata: {name: b}}
                """);

        assertEquals(List.of("Pod default/b"), reading.objects());
        assertEquals(
                List.of(
                        "a.yaml:4: kind: it is missing; write it",
                        "a.yaml:5: this is 7; write an object after its '- '"),
                reading.findings());
    }

    @Test
    void itemsOfWhatIsNoListAreNotRead() {
        Reading reading = Reading.of("""
                apiVersion: example.org/v1
                items:
                - {apiVersion: v1, kind: Pod, metadata: {name: 7}}
                kind: Basket
                """);

        assertEquals(List.of(), reading.objects());
        assertEquals(List.of(), reading.findings());
        assertEquals(Map.of("Basket.example.org", 1), reading.passedOver());
    }

    /** Nobody but the API server knows what these kinds take. */
    @Test
    void whatIsStrangeInKindsByOthersIsNoMistake() {
        Reading reading = Reading.of("""
                apiVersion: one.example/v1
                kind: App
                metadata: {name: [a]}
                spec: {template: {spec: {containers: [{image: a}]}}}
                ---
                apiVersion: one.example/v1
                kind: App
                metadata: {name: a}
                spec: {template: {metadata: {labels: {"not a key": a}}, spec: {containers: [a, b]}}}
                ---
                apiVersion: one.example/v1
                kind: "x] -> y"
                metadata: {name: a}
                spec: {template: {spec: {containers: [{image: a}]}}}
                ---
                apiVersion: one.example/v1
                kind: App
                metadata: {name: b}
                spec: [{template: {spec: {containers: [{image: a}]}}}]
                """);

        assertEquals(List.of(), reading.findings());
        assertEquals(List.of("App.one.example default/a", "App.one.example default/b"), reading.objects());
        assertEquals(Map.of("App.one.example", 1, "x] -> y.one.example", 1), reading.passedOver());
    }

    /** Two kinds by others may have one name. */
    @Test
    void kindsOfOneNameAreToldApartByTheirGroups() {
        String app = """
                apiVersion: %s/v1
                kind: App
                metadata: {name: a}
                spec: {template: {spec: {containers: [{image: a}]}}}
                """;

        Reading reading = Reading.of(app.formatted("one.example") + "---\n" + app.formatted("two.example"));

        assertEquals(List.of(), reading.findings());
        assertEquals(List.of("App default/a", "App.two.example default/a"), reading.objects());
    }

    @Test
    void emptyListsHaveNothingInThem() {
        Reading reading = Reading.of("{kind: List, apiVersion: v1, items: []}\n---\n{kind: PodList, items: null}");

        assertEquals(List.of(), reading.findings());
        assertEquals(Map.of(), reading.passedOver());
    }

    @Test
    void ofTwoObjectsOfOneNameTheFirstCounts() {
        Reading reading = Reading.of("""
                {apiVersion: v1, kind: Pod, metadata: {name: a, labels: {first: ""}}}
                ---
                {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: default}}
                """);

        assertEquals(List.of("Pod default/a"), reading.objects());
        assertEquals(
                List.of("a.yaml:3: Pod default/a is there twice, first at a.yaml:1; keep one of the two"),
                reading.findings());
        assertEquals(List.of("the second Pod default/a"), reading.leftOut());
    }

    @Test
    void objectsWhoseNamesAreYetToBeGeneratedAreAllDifferent() {
        String pod = "{apiVersion: v1, kind: Pod, metadata: {generateName: a-}}\n---\n";

        assertEquals(
                List.of("Pod default/a-", "Pod default/a-1", "Pod default/a-2"),
                Reading.of(pod + pod + pod).objects());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            apiVersion: v1, kind: NetworkPolicy                    | there is no NetworkPolicy in 'v1'; write networking.k8s.io/v1
            apiVersion: networking.k8s.oi/v1, kind: NetworkPolicy  | there is no NetworkPolicy in 'networking.k8s.oi/v1'; write networking.k8s.io/v1
            apiVersion: app/v1, kind: Deployment                   | there is no Deployment in 'app/v1'; write apps/v1
            kind: Pod                                              | apiVersion: it is missing; write v1
            apiVersion: 1, kind: Pod                               | apiVersion: this is 1; write a text
            apiVersion: v1, kind: [Pod]                            | kind: this is a list; write a text
            apiVersion: v1, kind: Pod                              | metadata.name: it is missing; write it
            """)
    void whatIsNearlyAKindIsFound(String object, String message) {
        Reading reading = Reading.of("\n{" + object + "}");

        assertEquals(List.of("a.yaml:2: " + message), reading.findings());
        assertEquals(List.of(), reading.objects());
    }

    @Test
    void everyWrongTypeIsFoundAndTheObjectLeftOut() {
        Reading reading = Reading.of("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: a
                  namespace: b
                  labels: {app: 1, tier: yes, team: true}
                spec:
                  hostNetwork: "true"
                  containers:
                  - ports:
                    - containerPort: 80.5
                    - containerPort: 99999999999
                    - http
                status: running
                ---
                {apiVersion: v1, kind: Pod, metadata: {name: c}, spec: {hostNetwork: True, containers: null}}
                """);

        assertEquals(
                List.of(
                        "a.yaml:6: metadata.labels.app: this is 1; write a text, in quotes",
                        "a.yaml:6: metadata.labels.team: this is true; write a text, in quotes",
                        "a.yaml:8: spec.hostNetwork: this is the text 'true'; write true or false, without quotes",
                        "a.yaml:11: spec.containers[0].ports[0].containerPort: this is 80.5; write a whole number,"
                                + " without quotes",
                        "a.yaml:12: spec.containers[0].ports[1].containerPort: 99999999999 is too large; write one of"
                                + " fewer digits",
                        "a.yaml:13: spec.containers[0].ports[2]: this is the text 'http'; write fields after its '- '",
                        "a.yaml:14: status: this is the text 'running'; write fields below it"),
                reading.findings());
        assertEquals(List.of("Pod b/a"), reading.leftOut().stream().distinct().toList());
        assertEquals(List.of("Pod default/c"), reading.objects());
        assertEquals(true, ((Pod) reading.manifests().get(0).object()).getSpec().getHostNetwork());
    }

    @Test
    void fieldsThatAPolicyDoesNotHaveAreFound() {
        Reading reading = Reading.of("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: a_b, namespace: b}
                sepc: {}
                spec:
                  podSelector: {matchLabel: {a: b}}
                  Ingress: []
                  ingress:
                  - form: []
                    ports: [{prot: 80}]
                  - from: [{namespaceSelector: {}, name: x}, {ipBlock: {cidr: 10.0.0.0/8, exept: []}}]
                  egress:
                  -
                """);

        assertEquals(List.of(4, 6, 7, 9, 10, 11, 11, 13), reading.lines());
        assertEquals(
                "a.yaml:9: spec.ingress[0].form: there is no such field; did you mean 'from'?",
                reading.findings().get(3));
        assertEquals(
                "a.yaml:13: spec.egress[0]: this is nothing; write fields after its '- '",
                reading.findings().get(7));
    }

    @Test
    void whatAnApiServerTakesIsTaken() {
        Reading reading = Reading.of("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: a_b, namespace: null, ownerReferences: [{name: x}], labels: {a: null}}
                spec:
                  podSelector: null
                  policyTypes: [Egress, Ingress]
                  ingress: null
                  egress: [{to: [], ports: null}]
                """);

        assertEquals(List.of(), reading.findings());
        NetworkPolicy policy = (NetworkPolicy) reading.manifests().get(0).object();
        assertEquals(1, policy.getSpec().getEgress().size());
    }

    @Test
    void olderIngressesNameTheirServicesInTheirWay() {
        Reading reading = Reading.of("""
                apiVersion: networking.k8s.io/v1beta1
                kind: Ingress
                metadata: {name: a}
                spec: {rules: [{http: {paths: [{backend: {serviceName: web, servicePort: 80}}]}}]}
                """);

        Ingress ingress = (Ingress) reading.manifests().get(0).object();
        assertEquals(
                "web",
                ingress.getSpec()
                        .getRules()
                        .get(0)
                        .getHttp()
                        .getPaths()
                        .get(0)
                        .getBackend()
                        .getService()
                        .getName());
    }

    @Test
    void theLineOfAFieldIsKnown() {
        Manifest manifest = Reading.of("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata:
                          name: a
                        spec:
                          selector:
                            matchExpressions:
                            - key: a
                              operator: Exists
                        """).manifests().get(0);

        assertEquals(new Place("a.yaml", 9), manifest.placeOf("spec.selector.matchExpressions[0].operator"));
        assertEquals(new Place("a.yaml", 8), manifest.placeOf("spec.selector.matchExpressions[0].values"));
        assertEquals(new Place("a.yaml", 5), manifest.placeOf("spec.template.metadata"));
        assertEquals(new Place("a.yaml", 1), manifest.place());
    }
}
