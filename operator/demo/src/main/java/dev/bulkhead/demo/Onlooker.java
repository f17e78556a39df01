package dev.bulkhead.demo;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.decode.NamespaceReader;
import dev.bulkhead.cluster.decode.PodReader;
import dev.bulkhead.cluster.decode.PolicyReader;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Sees from the outside what is open: reads pods and NetworkPolicies back from the API server and asks the engine that
 * knows nothing of intents. What the operator says about itself counts for nothing here.
 */
final class Onlooker {

    private static final IpAddress SOMEWHERE = IpAddress.parse("203.0.113.80");

    private final KubernetesClient client;
    private final List<ShopParty> parties;
    private final PodReader podReader = new PodReader();
    private final PolicyReader policyReader = new PolicyReader();
    private final NamespaceReader namespaceReader = new NamespaceReader();

    Onlooker(KubernetesClient client, List<ShopParty> parties) {
        this.client = client;
        this.parties = ImmutableList.copyOf(parties);
    }

    /** An onlooker who has an eye on somebody else, too. */
    Onlooker watchingAlso(ShopParty party) {
        return new Onlooker(
                client,
                ImmutableList.<ShopParty>builder().addAll(parties).add(party).build());
    }

    Connectivity look() {
        return census().under(policies().values());
    }

    Census census() {
        List<Pod> pods = client.pods().inAnyNamespace().list().getItems();
        ImmutableMap.Builder<ShopParty, ImmutableList<Endpoint>> endpoints = ImmutableMap.builder();
        parties.forEach(party -> endpoints.put(party, endpoints(party, pods)));
        return new Census(
                client.namespaces().list().getItems().stream()
                        .map(namespaceReader::read)
                        .collect(ImmutableMap.toImmutableMap(Namespace::name, namespace -> namespace)),
                endpoints.buildOrThrow());
    }

    ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies() {
        return objects()
                .map(policyReader::read)
                .collect(ImmutableSortedMap.toImmutableSortedMap(
                        NetworkPolicy.Key::compareTo, NetworkPolicy::key, policy -> policy));
    }

    /** What changes with every write to any policy, and with nothing else. */
    ImmutableSortedSet<String> policyVersions() {
        return objects()
                .map(policy -> policy.getMetadata().getUid() + "@"
                        + policy.getMetadata().getResourceVersion())
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    private Stream<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> objects() {
        return client.network().v1().networkPolicies().inAnyNamespace().list().getItems().stream();
    }

    private ImmutableList<Endpoint> endpoints(ShopParty party, List<Pod> pods) {
        if (party instanceof ShopParty.OfPods ofPods) {
            return pods.stream().filter(ofPods::has).flatMap(this::endpoint).collect(ImmutableList.toImmutableList());
        }
        return ImmutableList.of(new Endpoint.Outside(SOMEWHERE));
    }

    private Stream<Endpoint> endpoint(Pod pod) {
        return podReader.read(pod).stream()
                .map(podClass -> new Endpoint.Pods(pod.getMetadata().getNamespace(), podClass, addresses(pod)));
    }

    private static ImmutableSortedSet<IpAddress> addresses(Pod pod) {
        List<PodIP> addresses =
                pod.getStatus() == null ? List.of() : pod.getStatus().getPodIPs();
        return Objects.requireNonNullElse(addresses, List.<PodIP>of()).stream()
                .map(address -> IpAddress.parse(address.getIp()))
                .collect(ImmutableSortedSet.toImmutableSortedSet(IpAddress::compareTo));
    }
}
