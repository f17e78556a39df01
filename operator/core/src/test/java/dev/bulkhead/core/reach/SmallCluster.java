package dev.bulkhead.core.reach;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.WorkloadName;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two namespaces of two pods each, a pod on the host's network, and a pod whose namespace nobody has described, under
 * policies in YAML. Ends are {@code namespace/pod} or an address.
 */
final class SmallCluster {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final Map<String, Endpoint.Pods> PODS = pods("""
            metadata: {name: web, namespace: x, labels: {app: web, tier: front}}
            spec: {containers: [{ports: [{name: http, containerPort: 8080}, {name: metrics, containerPort: 9100}]}]}
            status: {podIPs: [{ip: 10.244.0.1}]}
            """, """
            metadata: {name: db, namespace: x, labels: {app: db}}
            spec: {containers: [{ports: [{name: http, containerPort: 80}]}, {ports: [{name: sql, containerPort: 5432}]}]}
            status: {podIPs: [{ip: 10.244.0.2}]}
            """, """
            metadata: {name: web, namespace: y, labels: {app: web, tier: front, zone: ""}}
            spec: {containers: [{ports: [{name: http, containerPort: 8081}, {name: dns, containerPort: 53, protocol: UDP}]}]}
            status: {podIPs: [{ip: 10.244.0.3}, {ip: "fd00::3"}]}
            """, """
            metadata: {name: db, namespace: y, labels: {app: db}}
            spec: {containers: [{}]}
            status: {podIPs: [{ip: 10.244.0.4}]}
            """, """
            metadata: {name: agent, namespace: x, labels: {app: agent}}
            spec: {hostNetwork: true, containers: [{ports: [{name: http, containerPort: 8080}]}]}
            status: {podIPs: [{ip: 172.18.0.5}]}
            """, """
            metadata: {name: web, namespace: unknown, labels: {app: web}}
            spec: {containers: [{}]}
            status: {podIPs: [{ip: 10.244.0.5}]}
            """);

    private static final Map<String, Namespace> NAMESPACES = Stream.of(
                    "metadata: {name: x, labels: {team: red}}", "metadata: {name: y, labels: {team: blue}}")
            .map(text -> KubernetesObjects.namespace(read(text)))
            .collect(Collectors.toMap(Namespace::name, namespace -> namespace));

    private final Evaluator evaluator;

    private SmallCluster(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    static SmallCluster under(String... policies) {
        return under(PluginSemantics.upstream(), policies);
    }

    static SmallCluster under(PluginSemantics reading, String... policies) {
        return new SmallCluster(Evaluator.of(
                NAMESPACES, Stream.of(policies).map(SmallCluster::policy).toList(), reading));
    }

    static NetworkPolicy policy(String yaml) {
        return KubernetesObjects.policy(read(yaml));
    }

    static Endpoint end(String name) {
        return name.indexOf('/') < 0 ? new Endpoint.Outside(IpAddress.parse(name)) : PODS.get(name);
    }

    /** As in {@code TCP 80,443}, {@code All Connections} or {@code No Connections}. */
    String ports(String source, String destination) {
        return evaluator.allowed(end(source), end(destination)).toString();
    }

    Verdict verdict(String source, String destination, Protocol protocol, int port) {
        return evaluator.verdict(end(source), end(destination), protocol, port);
    }

    Evaluator evaluator() {
        return evaluator;
    }

    private static Map<String, Endpoint.Pods> pods(String... yaml) {
        Map<String, Endpoint.Pods> pods = new HashMap<>();
        for (String text : yaml) {
            Endpoint.Pods pod = KubernetesObjects.pod(read(text));
            pods.put(pod.namespace() + "/" + read(text).at("/metadata/name").asText(), pod);
        }
        return pods;
    }

    private static JsonNode read(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same pods, each a workload of its own but for those named: {@code x/web} is one of kind Pod. */
    static Topology topology() {
        return Topology.of(
                NAMESPACES,
                PODS.entrySet().stream()
                        .map(entry -> pod(entry.getKey(), entry.getValue()))
                        .toList(),
                Map.of());
    }

    static Pod pod(String name, Endpoint.Pods pods) {
        String own = name.substring(name.indexOf('/') + 1);
        return new Pod(pods.namespace(), own, workload(name), pods.pods(), pods.addresses());
    }

    static WorkloadName workload(String name) {
        int slash = name.indexOf('/');
        return new WorkloadName(name.substring(0, slash), WorkloadName.POD, name.substring(slash + 1));
    }
}
