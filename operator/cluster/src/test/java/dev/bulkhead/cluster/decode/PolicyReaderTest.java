package dev.bulkhead.cluster.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {

    @Test
    void absentPolicyTypesMeanIngress() {
        assertEquals(Set.of(Direction.INGRESS), read("podSelector: {}").directions());
        assertEquals(Set.of(Direction.INGRESS), read("policyTypes: []").directions());
    }

    @Test
    void absentPolicyTypesMeanEgressTooWhereThereAreEgressRules() {
        assertEquals(
                Set.of(Direction.INGRESS, Direction.EGRESS),
                read("egress: [{}]").directions());
    }

    @Test
    void anEmptyListOfEgressRulesIsNone() {
        assertEquals(Set.of(Direction.INGRESS), read("egress: []").directions());
    }

    @Test
    void rulesInADirectionThatIsNotListedHaveNoEffect() {
        NetworkPolicy policy = read("policyTypes: [Egress]\n  ingress: [{}]");

        assertEquals(ImmutableList.of(), policy.rules(Direction.INGRESS));
    }

    @Test
    void anAbsentSubjectIsEveryPod() {
        assertEquals(LabelSelector.everything(), read("policyTypes: [Ingress]").subject());
    }

    @Test
    void absentRulesAllowNothingAndAnEmptyRuleAllowsEverything() {
        assertEquals(ImmutableList.of(), read("policyTypes: [Ingress]").ingress());
        assertEquals(ImmutableList.of(), read("ingress: []").ingress());
        assertEquals(
                ImmutableList.of(PolicyRule.everything()), read("ingress: [{}]").ingress());
        assertEquals(
                ImmutableList.of(PolicyRule.everything()),
                read("ingress: [{from: [], ports: []}]").ingress());
    }

    @Test
    void selectorsInOneItemAreOnePeerAndInTwoItemsTwo() {
        assertEquals(
                Optional.of(ImmutableList.of(new PolicyPeer.Pods(
                        Optional.of(LabelSelector.label("team", "pay")), LabelSelector.label("app", "db")))),
                read("ingress: [{from: [{namespaceSelector: {matchLabels: {team: pay}}, podSelector: {matchLabels: {app: db}}}]}]")
                        .ingress()
                        .get(0)
                        .peers());
        assertEquals(
                Optional.of(ImmutableList.of(
                        new PolicyPeer.Pods(
                                Optional.of(LabelSelector.label("team", "pay")), LabelSelector.everything()),
                        new PolicyPeer.Pods(Optional.empty(), LabelSelector.label("app", "db")))),
                read("ingress: [{from: [{namespaceSelector: {matchLabels: {team: pay}}}, {podSelector: {matchLabels: {app: db}}}]}]")
                        .ingress()
                        .get(0)
                        .peers());
    }

    @Test
    void anEmptyPortEntryIsAllOfTcpAlone() {
        assertEquals(Ports.of(PortSet.all(Protocol.TCP)), ports("{}"));
    }

    @Test
    void aPortEntryOfAProtocolAloneIsAllOfIt() {
        assertEquals(Ports.of(PortSet.all(Protocol.SCTP)), ports("{protocol: SCTP}"));
    }

    @Test
    void portsAreNumbersNamesAndRangesThatIncludeTheirEnd() {
        assertEquals(
                Ports.port(Protocol.TCP, 80)
                        .union(Ports.named(Protocol.UDP, "dns"))
                        .union(Ports.of(PortSet.range(Protocol.TCP, 90, 92)))
                        .union(Ports.port(Protocol.TCP, 99)),
                ports("{port: 80}, {port: dns, protocol: UDP}, {port: 90, endPort: 92}, {port: 99, endPort: 99}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{port: 0}",
                "{port: 65536}",
                "{port: 90, endPort: 80}",
                "{port: http, endPort: 90}",
                "{endPort: 90}",
                "{port: \"80\"}",
                "{port: Http}",
                "{protocol: tcp}"
            })
    void aPortThatTheApiServerRefusesIsNeverTakenForAnother(String entry) {
        UnreadableObjectException refusal = assertThrows(UnreadableObjectException.class, () -> ports(entry));

        assertEquals("spec.ingress[0].ports[0]", refusal.problem().field().replaceFirst("][.][a-zA-Z]+$", "]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    policyTypes: [Both]                                                          | spec.policyTypes[0]
                    ingress: [{from: [{}]}]                                                      | spec.ingress[0].from[0]
                    ingress: [{from: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}]          | spec.ingress[0].from[0]
                    egress: [{to: [{ipBlock: {cidr: 10.0.0.0}}]}]                                | spec.egress[0].to[0].ipBlock.cidr
                    egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/9]}}]}]        | spec.egress[0].to[0].ipBlock.except[0]
                    egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}]        | spec.egress[0].to[0].ipBlock.except[0]
                    podSelector: {matchExpressions: [{key: a, operator: In}]}                    | spec.podSelector.matchExpressions[0].values
                    podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}   | spec.podSelector.matchExpressions[0].values
                    podSelector: {matchExpressions: [{key: a, operator: Near, values: [b]}]}     | spec.podSelector.matchExpressions[0].operator
                    """)
    void whatCannotBeToldIsRefusedAsAWhole(String spec, String field) {
        UnreadableObjectException refusal = assertThrows(UnreadableObjectException.class, () -> read(spec));

        assertEquals(field, refusal.problem().field());
    }

    @Test
    void everythingThatIsWrongIsTold() {
        UnreadableObjectException refusal = assertThrows(UnreadableObjectException.class, () -> read("""
                        podSelector: {matchLabels: {"a b": c, d: e f}}
                          policyTypes: [Ingress, Egress, Ingres]
                          ingress:
                          - from: [{podSelector: {matchExpressions: [{key: a, operator: In, values: ["-"]}]}, ipBlock: {}}]
                            ports: [{port: 0, protocol: ""}, {port: 5, endPort: 4}, {port: a--b, endPort: 7}]
                          egress:
                          - to: [{ipBlock: {cidr: 10.0.0.0/8, except: ["::/0", "fe80::%lo/64"]}}]
                        """));

        assertEquals(
                List.of(
                        "spec.podSelector.matchLabels",
                        "spec.podSelector.matchLabels.d",
                        "spec.policyTypes",
                        "spec.policyTypes[2]",
                        "spec.ingress[0].from[0].podSelector.matchExpressions[0].values[0]",
                        "spec.ingress[0].from[0]",
                        "spec.ingress[0].from[0].ipBlock.cidr",
                        "spec.ingress[0].ports[0].protocol",
                        "spec.ingress[0].ports[0].port",
                        "spec.ingress[0].ports[1].endPort",
                        "spec.ingress[0].ports[2].endPort",
                        "spec.ingress[0].ports[2].port",
                        "spec.egress[0].to[0].ipBlock.except[0]",
                        "spec.egress[0].to[0].ipBlock.except[1]"),
                refusal.problems().stream().map(ObjectProblem::field).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.0.5/24", "192.168.000.000/24", "192.168.0.0/024"})
    void looseRangesAreReadAsOlderApiServersDid(String range) {
        assertEquals(
                read("egress: [{to: [{ipBlock: {cidr: 192.168.0.0/24}}]}]").egress(),
                read("egress: [{to: [{ipBlock: {cidr: " + range + "}}]}]").egress());
    }

    @Test
    void policyTypesStandInAnyOrder() {
        assertEquals(
                Set.of(Direction.INGRESS, Direction.EGRESS),
                read("policyTypes: [Egress, Ingress]").directions());
    }

    private static Ports ports(String entries) {
        return read("ingress: [{ports: [" + entries + "]}]").ingress().get(0).ports();
    }

    private static NetworkPolicy read(String spec) {
        return new PolicyReader()
                .read(Serialization.unmarshal(
                        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: one, namespace: shop}\nspec:\n  "
                                + spec,
                        io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy.class));
    }
}
