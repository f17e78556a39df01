package dev.bulkhead.cluster.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Requirement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyYamlTest {

    @Test
    void policyIsWrittenInOneForm() {
        LabelSelector pods = LabelSelector.label("app", "pay")
                .and("tier", Requirement.in(List.of("b", "a")))
                .and("canary", Requirement.doesNotExist())
                .and("track", Requirement.exists())
                .and("track", Requirement.notIn(List.of("old")));
        NetworkPolicy policy = new NetworkPolicy(
                new NetworkPolicy.Key("shop", "one"),
                ImmutableSortedMap.of("b", "true", "a", "1", "c", "on", "d", "No", "e", ""),
                ImmutableSortedMap.of(),
                LabelSelector.everything(),
                ImmutableSet.of(Direction.EGRESS, Direction.INGRESS),
                ImmutableList.of(),
                ImmutableList.of(new PolicyRule(
                        Optional.of(ImmutableList.of(new PolicyPeer.Pods(
                                Optional.of(LabelSelector.label("kubernetes.io/metadata.name", "pay")), pods))),
                        Ports.of(PortSet.range(Protocol.TCP, 80, 90).union(PortSet.all(Protocol.UDP)))
                                .union(Ports.named(Protocol.TCP, "https")))));

        assertEquals("""
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata:
                  labels:
                    a: "1"
                    b: "true"
                    c: "on"
                    d: "No"
                    e: ""
                  name: one
                  namespace: shop
                spec:
                  egress:
                  - ports:
                    - endPort: 90
                      port: 80
                      protocol: TCP
                    - port: https
                      protocol: TCP
                    - protocol: UDP
                    to:
                    - namespaceSelector:
                        matchLabels:
                          kubernetes.io/metadata.name: pay
                      podSelector:
                        matchExpressions:
                        - key: canary
                          operator: DoesNotExist
                        - key: tier
                          operator: In
                          values:
                          - a
                          - b
                        - key: track
                          operator: Exists
                        - key: track
                          operator: NotIn
                          values:
                          - old
                        matchLabels:
                          app: pay
                  podSelector: {}
                  policyTypes:
                  - Ingress
                  - Egress
                """, new PolicyYaml(new PolicyRenderer()).write(List.of(policy)));
    }
}
