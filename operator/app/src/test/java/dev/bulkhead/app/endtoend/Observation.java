package dev.bulkhead.app.endtoend;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.Guardrail;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.api.v1alpha1.WellKnownPeers;
import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.cluster.decode.IdentityMode;
import dev.bulkhead.cluster.decode.PodReader;
import dev.bulkhead.cluster.decode.PolicyReader;
import dev.bulkhead.cluster.decode.WorldBuilder;
import dev.bulkhead.cluster.render.PolicyRenderer;
import dev.bulkhead.cluster.render.PolicyYaml;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.HeldPolicies;
import dev.bulkhead.core.compile.PoliciesByOthers;
import dev.bulkhead.core.compile.SegmentAssigner;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.World;
import dev.bulkhead.testkit.Await;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collector;

/**
 * What the API server holds at one moment, read past the operator and all of its caches, and what a fresh render makes of
 * it.
 *
 * @param policies everybody's
 * @param rendered what should be there of ours
 * @param states what the statuses should say: by intent ({@code namespace/name}) the state and message of each rule
 * @param ending the namespaces that are about to go, in which nothing may change
 */
public record Observation(
        World world,
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies,
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> rendered,
        ImmutableSortedMap<String, List<String>> states,
        ImmutableSet<String> ending) {

    private static final PolicyYaml YAML = new PolicyYaml(new PolicyRenderer());
    private static final String ADMISSION = "admissionregistration.k8s.io/v1";
    private static final List<String> ADMISSION_KINDS = List.of(
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");

    public static Observation of(KubernetesClient client) {
        return of(client, List.of());
    }

    /** @param networks of the cluster, as the operator has been told them */
    public static Observation of(KubernetesClient client, List<Cidr> networks) {
        WorldBuilder builder = new WorldBuilder(new PodReader(), IdentityMode.AUTO, networks);
        List<HasMetadata> objects = new ArrayList<>();
        objects.addAll(client.namespaces().list().getItems());
        objects.addAll(client.nodes().list().getItems());
        objects.addAll(client.resources(Segment.class).list().getItems());
        objects.addAll(client.resources(Guardrail.class).list().getItems());
        objects.addAll(client.resources(WellKnownPeers.class).list().getItems());
        objects.addAll(client.network().v1().ingressClasses().list().getItems());
        objects.addAll(
                client.resources(AccessIntent.class).inAnyNamespace().list().getItems());
        objects.addAll(client.pods().inAnyNamespace().list().getItems());
        objects.addAll(client.services().inAnyNamespace().list().getItems());
        objects.addAll(client.apps().deployments().inAnyNamespace().list().getItems());
        objects.addAll(client.apps().statefulSets().inAnyNamespace().list().getItems());
        objects.addAll(client.apps().daemonSets().inAnyNamespace().list().getItems());
        objects.addAll(client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace("default")
                .list()
                .getItems());
        ADMISSION_KINDS.forEach(kind -> objects.addAll(admission(client, kind)));
        objects.forEach(builder::add);
        Collection<String> excluded =
                Sets.union(Declarations.SYSTEM_NAMESPACES, ImmutableSet.of(OperatorSettings.DEFAULT_NAMESPACE));
        Declarations declarations = builder.declarations(excluded);
        World world = builder.world();
        Set<String> ending =
                Maps.filterValues(world.namespaces(), Namespace::terminating).keySet();
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies = policies(client);
        Collection<Compilation> compilations = new Compiler()
                .compile(
                        world,
                        PoliciesByOthers.among(policies.values()),
                        declarations,
                        new SegmentAssigner().enrol(world.namespaces().keySet(), declarations),
                        Sets.difference(world.namespaces().keySet(), ending))
                .values();
        return new Observation(
                world,
                policies,
                compilations.stream()
                        .flatMap(compilation -> (compilation.held().isPresent()
                                        ? HeldPolicies.of(
                                                compilation, managed(policies).values())
                                        : compilation.policies())
                                .values().stream())
                        .collect(byKey()),
                compilations.stream()
                        .flatMap(compilation -> compilation.intents().entrySet().stream())
                        .collect(ImmutableSortedMap.toImmutableSortedMap(
                                Comparator.naturalOrder(),
                                intent -> intent.getKey().namespace() + "/"
                                        + intent.getKey().name(),
                                intent -> intent.getValue().rules().stream()
                                        .map(rule -> rule.state() + ": " + rule.message())
                                        .toList())),
                ImmutableSet.copyOf(ending));
    }

    private static List<GenericKubernetesResource> admission(KubernetesClient client, String kind) {
        List<GenericKubernetesResource> items =
                client.genericKubernetesResources(ADMISSION, kind).list().getItems();
        // The API server leaves it out of the items of a list.
        items.forEach(item -> item.setKind(kind));
        return items;
    }

    private static ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies(KubernetesClient client) {
        PolicyReader reader = new PolicyReader();
        return client.network().v1().networkPolicies().inAnyNamespace().list().getItems().stream()
                .map(reader::read)
                .collect(byKey());
    }

    private static Collector<NetworkPolicy, ?, ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy>> byKey() {
        return ImmutableSortedMap.toImmutableSortedMap(Comparator.naturalOrder(), NetworkPolicy::key, policy -> policy);
    }

    /** What is there of ours, without the labels and annotations that others may put on it. */
    public ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> managed() {
        return managed(policies);
    }

    private static ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> managed(
            ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies) {
        return policies.values().stream()
                .filter(policy -> Marker.isManaged(policy.labels()))
                .map(policy -> new NetworkPolicy(
                        policy.key(),
                        ours(policy.labels()),
                        ours(policy.annotations()),
                        policy.subject(),
                        policy.directions(),
                        policy.ingress(),
                        policy.egress()))
                .collect(byKey());
    }

    private static ImmutableSortedMap<String, String> ours(ImmutableSortedMap<String, String> map) {
        return ImmutableSortedMap.copyOf(
                Maps.filterKeys(map, key -> key.equals(Marker.MANAGED_BY) || key.startsWith("bulkhead.dev/")));
    }

    /** What is there differently from what should be, but for namespaces that are about to go; empty if nothing is. */
    public String difference() {
        return difference(List.of());
    }

    /** @param unwritten namespaces into which nothing can be written */
    public String difference(Collection<String> unwritten) {
        List<String> wrong = new ArrayList<>();
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> managed = managed();
        for (NetworkPolicy.Key key : Sets.union(managed.keySet(), rendered.keySet())) {
            String there = yaml(managed.get(key));
            String wanted = yaml(rendered.get(key));
            boolean same = there.equals(wanted) && Objects.equals(managed.get(key), rendered.get(key));
            if (!same && !ending.contains(key.namespace()) && !unwritten.contains(key.namespace())) {
                wrong.add(key + " is\n" + there + "and should be\n" + wanted);
            }
        }
        return String.join("\n", wrong);
    }

    /** Whether pods with one label {@code app} may reach those with another one, in one namespace, by TCP. */
    boolean allows(String namespace, String source, String destination, int port) {
        return Evaluator.of(world.namespaces(), policies.values(), PluginSemantics.upstream())
                .allowed(pods(namespace, source), pods(namespace, destination))
                .containsAll(PortSet.port(Protocol.TCP, port));
    }

    private Endpoint pods(String namespace, String app) {
        return world.namespaces().get(namespace).pods().stream()
                .filter(pods -> app.equals(pods.labels().get("app")))
                .map(pods -> Endpoint.Pods.of(namespace, pods))
                .findFirst()
                .orElseThrow();
    }

    private static String yaml(NetworkPolicy policy) {
        return policy == null ? "(not there)\n" : YAML.write(List.of(policy));
    }

    /** Waits until what is there is what should be. */
    public static Observation converged(KubernetesClient client, String situation, Duration limit) {
        AtomicReference<Observation> last = new AtomicReference<>();
        try {
            Await.until("the policies are as rendered", limit, () -> {
                last.set(of(client));
                return last.get().difference().isEmpty();
            });
        } catch (IllegalStateException e) {
            throw new AssertionError(situation + "\n" + last.get().difference(), e);
        }
        return last.get();
    }
}
