package dev.bulkhead.cluster.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.ClusterFacts.SocketAddress;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ObjectReadersTest {

    private static final String POD = """
            metadata: {name: one, namespace: shop, labels: {app: checkout}}
            spec:
              serviceAccountName: checkout
              containers:
              - ports: [{name: http, containerPort: 8080}, {containerPort: 53, protocol: UDP}]
              initContainers:
              - {restartPolicy: Always, ports: [{name: proxy, containerPort: 15001}]}
              - {ports: [{name: once, containerPort: 1}]}
            """;

    @Test
    void podHasThePortsOfItsContainersAndSidecars() {
        assertEquals(
                Optional.of(new PodClass(
                        ImmutableSortedMap.of("app", "checkout"),
                        "checkout",
                        ImmutableSortedSet.of(
                                new ContainerPort("http", Protocol.TCP, 8080),
                                new ContainerPort("", Protocol.UDP, 53),
                                new ContainerPort("proxy", Protocol.TCP, 15001)),
                        false)),
                new PodReader().read(pod(POD)));
    }

    @Test
    void equalPodsAreOneClass() {
        PodReader reader = new PodReader();

        assertSame(reader.read(pod(POD)).orElseThrow(), reader.read(pod(POD)).orElseThrow());
    }

    @Test
    void podRunsUnderTheDefaultServiceAccountUnlessSaid() {
        PodClass read = new PodReader()
                .read(pod("metadata: {name: one}\nspec: {hostNetwork: true}"))
                .orElseThrow();

        assertEquals("default", read.serviceAccount());
        assertTrue(read.hostNetwork());
    }

    @Test
    void theMirrorOfAStaticPodRunsUnderNone() {
        PodClass read = new PodReader()
                .read(pod("metadata: {name: one, annotations: {kubernetes.io/config.mirror: x}}\nspec: {}"))
                .orElseThrow();

        assertEquals("", read.serviceAccount());
    }

    @Test
    void finishedPodIsNone() {
        assertEquals(Optional.empty(), new PodReader().read(pod(POD + "status: {phase: Succeeded}")));
        assertEquals(Optional.empty(), new PodReader().read(pod(POD + "status: {phase: Failed}")));
        assertTrue(new PodReader().read(pod(POD + "status: {phase: Pending}")).isPresent());
    }

    @Test
    void workloadHasItsOwnSelectorAndTemplate() {
        StatefulSet set = Serialization.unmarshal("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: ledger, namespace: pay}
                spec:
                  selector: {matchLabels: {app: ledger}}
                  template:
                    metadata: {labels: {app: ledger, tier: db}}
                    spec: {serviceAccountName: ledger}
                """, StatefulSet.class);

        Workload read = new WorkloadReader(new PodReader()).read(set);

        assertEquals(new Workload.Key("StatefulSet", "ledger"), read.key());
        assertEquals(LabelSelector.label("app", "ledger"), read.selector());
        assertEquals("ledger", read.newborn().labels().get(Identity.LABEL));
    }

    @Test
    void workloadWithoutSelectorIsNeverTakenForOneThatSelectsEverything() {
        assertThrows(
                UnreadableObjectException.class,
                () -> new WorkloadReader(new PodReader())
                        .read(Serialization.unmarshal("metadata: {name: a}\nspec: {template: {}}", StatefulSet.class)));
    }

    @Test
    void aServiceHasItsOwnAddressesUnlessItIsHeadless() {
        assertEquals(
                List.of("10.96.0.7", "2001:db8::7"),
                service("clusterIP: 10.96.0.7, clusterIPs: [10.96.0.7, \"2001:db8::7\"]").addresses().stream()
                        .map(IpAddress::toString)
                        .toList());
        assertEquals(
                List.of("10.96.0.7"),
                service("clusterIP: 10.96.0.7").addresses().stream()
                        .map(IpAddress::toString)
                        .toList());
        assertEquals(Set.of(), service("clusterIP: None, clusterIPs: [None]").addresses());
        assertEquals(
                Set.of(),
                service("type: ExternalName, externalName: example.com").addresses());
    }

    @Test
    void aServiceHasTheAddressesOfItsLoadBalancersButNotThoseThatATeamGivesIt() {
        Service read = service("""
                type: LoadBalancer, clusterIP: 10.96.0.7, externalIPs: [203.0.113.9]}
                status: {loadBalancer: {ingress: [{ip: 198.51.100.7}, {hostname: lb.example}]}
                """);

        assertEquals(
                Set.of("10.96.0.7", "198.51.100.7"),
                read.addresses().stream().map(IpAddress::toString).collect(Collectors.toSet()));
    }

    @Test
    void theWorldHasTheAddressesOfPodsAndServicesButNotOfPodsOnTheHostsNetwork() {
        WorldBuilder builder = new WorldBuilder(new PodReader(), IdentityMode.NONE, List.of());
        builder.add(pod(
                "metadata: {name: a, namespace: pay}\nspec: {}\nstatus: {podIP: 10.0.0.9, podIPs: [{ip: 10.0.0.9}]}"));
        builder.add(pod("metadata: {name: b, namespace: pay}\nspec: {}\nstatus: {podIP: 10.0.0.7}"));
        builder.add(pod("metadata: {name: c, namespace: pay}\nspec: {hostNetwork: true}\nstatus: {podIP: 192.0.2.1}"));
        builder.add(pod("metadata: {name: d, namespace: pay}\nspec: {}\nstatus: {podIP: 10.0.0.8, phase: Succeeded}"));
        builder.add(Serialization.unmarshal(
                "metadata: {name: api, namespace: pay}\nspec: {clusterIP: 10.0.0.8}",
                io.fabric8.kubernetes.api.model.Service.class));

        assertEquals(
                "{pay=[10.0.0.7, 10.0.0.8, 10.0.0.9]}",
                builder.world().addresses().toString());
    }

    @Test
    void portsOfAServiceAreThoseOfItsPods() {
        Service read = service(
                "selector: {app: a}, ports: [{name: web, port: 80, targetPort: http}, {port: 443, targetPort: 8443}, {port: 53, protocol: UDP}]");

        assertTrue(read.selectsPods());
        assertEquals(
                List.of(
                        Ports.named(Protocol.TCP, "http"),
                        Ports.port(Protocol.TCP, 8443),
                        Ports.port(Protocol.UDP, 53)),
                read.ports().stream().map(Service.Port::target).toList());
    }

    @Test
    void serviceWithoutSelectorOrWithAnExternalNameSelectsNoPods() {
        assertFalse(service("ports: [{port: 80}]").selectsPods());
        assertFalse(service("type: ExternalName, externalName: a.example, selector: {app: a}")
                .selectsPods());
    }

    @Test
    void namespaceTerminatesByPhaseOrDeletionTimestamp() {
        assertFalse(namespace("metadata: {name: a}").terminating());
        assertTrue(
                namespace("metadata: {name: a}\nstatus: {phase: Terminating}").terminating());
        assertTrue(namespace("metadata: {name: a, deletionTimestamp: \"2026-01-01T00:00:00Z\"}")
                .terminating());
    }

    @Test
    void nameLabelOfANamespaceIsImpliedAndCannotBeForged() {
        assertEquals(
                "a",
                namespace("metadata: {name: a, labels: {kubernetes.io/metadata.name: b}}")
                        .labels()
                        .get("kubernetes.io/metadata.name"));
    }

    @Test
    void nodeTellsTheRangesOfItsPodsAndItsOwnAddresses() {
        Node node = Serialization.unmarshal("""
                apiVersion: v1
                kind: Node
                metadata: {name: one}
                spec: {podCIDR: 10.0.1.0/24, podCIDRs: [10.0.1.0/24, "fd00:1::/64"]}
                status:
                  addresses:
                  - {type: InternalIP, address: 192.0.2.4}
                  - {type: ExternalIP, address: 198.51.100.4}
                  - {type: Hostname, address: one}
                """, Node.class);

        ClusterFacts facts =
                new ClusterFactsBuilder().node(new NodeReader().read(node)).build(false);
        assertEquals(
                ImmutableSet.of(Cidr.parse("10.0.1.0/24"), Cidr.parse("192.0.2.4/32"), Cidr.parse("fd00:1::/64")),
                facts.networks());
        assertEquals(ImmutableSet.of(IpAddress.parse("192.0.2.4")), facts.nodes());
    }

    @Test
    void apiServerIsWhereTheEndpointSliceSaysThatItWritesItself() {
        ApiServerReader reader = new ApiServerReader();
        EndpointSlice slice = slice("default", "kubernetes", "");

        assertTrue(reader.isOfApiServer(slice));
        assertEquals(ImmutableSet.of(new SocketAddress(IpAddress.parse("192.0.2.10"), 6443)), reader.read(slice));
    }

    /** Whoever may edit the namespace default can give the Service a selector, of which a controller makes slices. */
    @Test
    void slicesThatControllersMakeOfTheServiceAreNotTheApiServers() {
        ApiServerReader reader = new ApiServerReader();
        String controller = ", endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io";

        assertFalse(reader.isOfApiServer(slice("default", "kubernetes-rlgqs", controller)));
        assertFalse(reader.isOfApiServer(slice("default", "kubernetes-rlgqs", "")));
        assertFalse(reader.isOfApiServer(slice("default", "kubernetes", controller)));
        assertFalse(reader.isOfApiServer(slice("shop", "kubernetes", "")));
    }

    @Test
    void anIntentThatIsBeingDeletedDeclaresNothing() {
        WorldBuilder builder = new WorldBuilder(new PodReader(), IdentityMode.NONE, ImmutableSet.of());
        for (String metadata :
                List.of("{name: one, namespace: pay}", "{name: two, namespace: pay, deletionTimestamp: x}")) {
            builder.add(Serialization.unmarshal(
                    "metadata: " + metadata + "\nspec: {workload: {all: true}, outbound: [{to: {wellKnown: KubeDNS}}]}",
                    dev.bulkhead.api.v1alpha1.AccessIntent.class));
        }
        assertEquals(
                ImmutableSet.of("one"),
                builder.declarations(ImmutableSet.of())
                        .intents()
                        .get("pay")
                        .intents()
                        .keySet());
    }

    @Test
    void ofAllSlicesInAClusterOnlyTheApiServersOwnCounts() {
        WorldBuilder cluster = new WorldBuilder(new PodReader(), IdentityMode.NONE, ImmutableSet.of());
        EndpointSlice made = slice(
                "default", "kubernetes-rlgqs", ", endpointslice.kubernetes.io/managed-by: endpointslice-controller");
        made.getEndpoints().get(0).setAddresses(ImmutableList.of("10.128.0.20"));
        cluster.add(made);
        assertEquals(ImmutableSet.of(), cluster.world().facts().apiServers());

        cluster.add(slice("default", "kubernetes", ""));
        assertEquals(
                ImmutableSet.of(new SocketAddress(IpAddress.parse("192.0.2.10"), 6443)),
                cluster.world().facts().apiServers());
    }

    @Test
    void identityIsInForceWithAllFourAdmissionObjectsAlone() {
        List<IdentityPolicies.Name> all = List.of(
                new IdentityPolicies.Name("MutatingAdmissionPolicy", "bulkhead-stamp-service-account"),
                new IdentityPolicies.Name("MutatingAdmissionPolicyBinding", "bulkhead-stamp-service-account"),
                new IdentityPolicies.Name("ValidatingAdmissionPolicy", "bulkhead-verify-service-account"),
                new IdentityPolicies.Name("ValidatingAdmissionPolicyBinding", "bulkhead-verify-service-account"));

        assertTrue(IdentityPolicies.areInForce(all));
        for (IdentityPolicies.Name missing : all) {
            assertFalse(IdentityPolicies.areInForce(
                    all.stream().filter(name -> !name.equals(missing)).toList()));
        }
    }

    /** @param labels more of them than name the Service */
    private static EndpointSlice slice(String namespace, String name, String labels) {
        return Serialization.unmarshal("""
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %s, namespace: %s, labels: {kubernetes.io/service-name: kubernetes%s}}
                addressType: IPv4
                endpoints: [{addresses: [192.0.2.10]}]
                ports: [{name: https, port: 6443, protocol: TCP}, {name: other, port: 1, protocol: UDP}]
                """.formatted(name, namespace, labels), EndpointSlice.class);
    }

    private static Pod pod(String yaml) {
        return Serialization.unmarshal("apiVersion: v1\nkind: Pod\n" + yaml, Pod.class);
    }

    private static Service service(String spec) {
        return new ServiceReader()
                .read(Serialization.unmarshal(
                        "apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: shop}\nspec: {" + spec + "}",
                        io.fabric8.kubernetes.api.model.Service.class));
    }

    private static dev.bulkhead.core.world.Namespace namespace(String yaml) {
        return new NamespaceReader()
                .read(Serialization.unmarshal("apiVersion: v1\nkind: Namespace\n" + yaml, Namespace.class));
    }
}
