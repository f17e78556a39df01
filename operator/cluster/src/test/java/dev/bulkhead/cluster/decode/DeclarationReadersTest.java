package dev.bulkhead.cluster.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationReadersTest {

    @Test
    void peerWithoutNamespaceIsInTheIntentsOwn() {
        DeclaredIntent read = intent("""
                workload: {serviceAccount: checkout}
                outbound:
                - {to: {workload: {serviceAccount: catalogue}}, ports: [{port: 8080}]}
                - {to: {service: {name: search}}}
                - {to: {workload: {namespace: pay, all: true}}, ports: [{port: https}]}
                - {to: {wellKnown: KubeDNS}}
                """);

        assertEquals(
                ImmutableList.of(
                        new Rule(
                                Direction.EGRESS,
                                0,
                                new Peer.OfWorkload("shop", new WorkloadSelector.ServiceAccount("catalogue")),
                                Ports.port(Protocol.TCP, 8080),
                                ""),
                        new Rule(Direction.EGRESS, 1, new Peer.OfService("shop", "search"), Ports.none(), ""),
                        new Rule(
                                Direction.EGRESS,
                                2,
                                new Peer.OfWorkload("pay", new WorkloadSelector.All()),
                                Ports.named(Protocol.TCP, "https"),
                                ""),
                        new Rule(Direction.EGRESS, 3, new Peer.OfWellKnown(WellKnown.KUBE_DNS), Ports.none(), "")),
                read.rules());
    }

    @Test
    void everythingThatIsWrongIsTold() {
        InvalidDeclarationException refusal = assertThrows(InvalidDeclarationException.class, () -> intent("""
                workload: {}
                outbound: [{to: {}}, {to: {wellKnown: Internet}}]
                inbound: [{from: {namespace: {name: "*"}}, ports: [{port: 1}]}]
                """));

        assertEquals(
                List.of(
                        "spec.workload",
                        "spec.outbound[0].to",
                        "spec.outbound[1].ports",
                        "spec.inbound[0].from.namespace.name"),
                refusal.problems().stream().map(ObjectProblem::field).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {serviceAccount: a, all: true}                                             | spec.workload
                    {all: false}                                                               | spec.workload.all
                    {serviceAccount: "a*"}                                                     | spec.workload.serviceAccount
                    {owner: {name: a}}                                                         | spec.workload.owner.kind
                    {owner: {kind: Deployment}}                                                | spec.workload.owner.name
                    {podSelector: {}}                                                          | spec.workload.podSelector
                    {podSelector: {matchLabels: {"a b": c}}}                                   | spec.workload.podSelector.matchLabels
                    {podSelector: {matchLabels: {a: "b c"}}}                                   | spec.workload.podSelector.matchLabels.a
                    {podSelector: {matchExpressions: [{key: a, operator: In}]}}                | spec.workload.podSelector.matchExpressions[0].values
                    {podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}} | spec.workload.podSelector.matchExpressions[0].values
                    {podSelector: {matchExpressions: [{key: a}]}}                              | spec.workload.podSelector.matchExpressions[0].operator
                    """)
    void aWorkloadThatMeansNothingIsRefusedAtItsField(String workload, String field) {
        assertRefused("workload: " + workload + "\noutbound: [{to: {wellKnown: KubeDNS}}]", field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {to: {service: {name: a}, wellKnown: KubeDNS}}                             | spec.outbound[0].to
                    {ports: [{port: 1}]}                                                       | spec.outbound[0].to
                    {to: {workload: {serviceAccount: a}}}                                      | spec.outbound[0].ports
                    {to: {wellKnown: KubeAPIServer}, ports: [{port: 443}]}                     | spec.outbound[0].ports
                    {to: {service: {name: a}}, ports: [{port: 1, endPort: 2}]}                 | spec.outbound[0].ports[0].endPort
                    {to: {workload: {all: true}}, ports: [{port: 0}]}                          | spec.outbound[0].ports[0].port
                    {to: {workload: {all: true}}, ports: [{port: "80"}]}                       | spec.outbound[0].ports[0].port
                    {to: {workload: {all: true}}, ports: [{port: a-name-that-is-too-long}]}    | spec.outbound[0].ports[0].port
                    {to: {workload: {all: true}}, ports: [{port: web, endPort: 2}]}            | spec.outbound[0].ports[0].endPort
                    {to: {workload: {all: true}}, ports: [{port: 3, endPort: 2}]}              | spec.outbound[0].ports[0].endPort
                    {to: {network: {cidr: 10.0.0.1}}, ports: [{port: 1}]}                      | spec.outbound[0].to.network.cidr
                    {to: {network: {cidr: 10.0.0.1/8}}, ports: [{port: 1}]}                    | spec.outbound[0].to.network.cidr
                    {to: {network: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}, ports: [{port: 1}]} | spec.outbound[0].to.network.except[0]
                    """)
    void aRuleThatMeansNothingIsRefusedAtItsField(String rule, String field) {
        assertRefused("workload: {all: true}\noutbound: [" + rule + "]", field);
    }

    @Test
    void anIntentWithoutRulesIsRefused() {
        assertRefused("workload: {all: true}", "spec");
    }

    @Test
    void segmentObservesUnlessADirectionIsEnforced() {
        DeclaredSegment read = segment("namespaces: [shop]\nenforce: {ingress: false, egress: false}");

        assertEquals(ImmutableSet.of(), read.enforced());
        assertEquals(DeclaredSegment.TrustBoundary.NAMESPACE, read.trustBoundary());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    []                | []     | spec.namespaces
                    ["*"]             | []     | spec.namespaces[0]
                    [a, kube-system]  | []     | spec.namespaces[1]
                    [A]               | []     | spec.namespaces[0]
                    [a]               | ["**"] | spec.except[0]
                    """)
    void aSegmentThatMeansNothingIsRefusedAtItsField(String namespaces, String except, String field) {
        String spec =
                "namespaces: %s%nexcept: %s%nenforce: {ingress: true, egress: true}".formatted(namespaces, except);
        InvalidDeclarationException refusal = assertThrows(InvalidDeclarationException.class, () -> segment(spec));

        assertEquals(
                List.of(field),
                refusal.problems().stream().map(ObjectProblem::field).toList());
    }

    private static void assertRefused(String spec, String field) {
        InvalidDeclarationException refusal = assertThrows(InvalidDeclarationException.class, () -> intent(spec));

        assertEquals(
                List.of(field),
                refusal.problems().stream().map(ObjectProblem::field).toList());
    }

    private static DeclaredIntent intent(String spec) {
        return new IntentReader()
                .read(Serialization.unmarshal(
                        "apiVersion: bulkhead.dev/v1alpha1\nkind: AccessIntent\nmetadata: {name: one, namespace: shop}\nspec:\n"
                                + spec.indent(2),
                        dev.bulkhead.api.v1alpha1.AccessIntent.class));
    }

    private static DeclaredSegment segment(String spec) {
        return new SegmentReader()
                .read(Serialization.unmarshal(
                        "apiVersion: bulkhead.dev/v1alpha1\nkind: Segment\nmetadata: {name: one}\nspec:\n"
                                + spec.indent(2),
                        dev.bulkhead.api.v1alpha1.Segment.class));
    }
}
