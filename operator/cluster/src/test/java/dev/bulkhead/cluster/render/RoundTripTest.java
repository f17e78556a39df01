package dev.bulkhead.cluster.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.decode.PolicyReader;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Requirement;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoundTripTest {

    private static final List<Protocol> PROTOCOLS = List.of(Protocol.values());

    private final PolicyRenderer renderer = new PolicyRenderer();
    private final PolicyReader reader = new PolicyReader();

    @Test
    void whatIsRenderedReadsBackAsTheVerySamePolicy() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            NetworkPolicy policy = policy(random);
            String yaml = new PolicyYaml(renderer).write(List.of(policy));
            assertEquals(policy, reader.read(parse(yaml)), yaml);
        }
    }

    @Test
    void noEmptyListIsRenderedSinceTheApiServerWouldDropIt() {
        Random random = new Random(2);
        for (int i = 0; i < 500; i++) {
            assertFalse(Serialization.asYaml(renderer.render(policy(random))).contains("[]"));
        }
    }

    @Test
    void aRuleOnNoPortsIsNeverRenderedAsOneOnAllPorts() {
        NetworkPolicy policy = egress(new PolicyRule(Optional.empty(), Ports.none()));

        assertThrows(IllegalArgumentException.class, () -> renderer.render(policy));
    }

    @Test
    void aRequirementThatKubernetesHasNoWordsForIsNeverRenderedAsAnotherOne() {
        Requirement absentOrListed = new Requirement(true, false, ImmutableSortedSet.of("a"));
        LabelSelector selector = LabelSelector.everything().and("tier", absentOrListed);

        assertThrows(IllegalArgumentException.class, () -> SelectorRenderer.render(selector));
    }

    private static io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy parse(String yaml) {
        return Serialization.unmarshal(yaml, io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy.class);
    }

    private static NetworkPolicy egress(PolicyRule rule) {
        return new NetworkPolicy(
                new NetworkPolicy.Key("shop", "one"),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                LabelSelector.everything(),
                ImmutableSet.of(Direction.EGRESS),
                ImmutableList.of(),
                ImmutableList.of(rule));
    }

    private static NetworkPolicy policy(Random random) {
        ImmutableSet<Direction> directions = random.nextInt(3) == 0
                ? ImmutableSet.of(Direction.EGRESS, Direction.INGRESS)
                : ImmutableSet.of(random.nextBoolean() ? Direction.EGRESS : Direction.INGRESS);
        return new NetworkPolicy(
                new NetworkPolicy.Key("shop", "policy-" + random.nextInt(9)),
                random.nextBoolean() ? ImmutableSortedMap.of() : ImmutableSortedMap.of("on", "true", "size", "1"),
                random.nextBoolean() ? ImmutableSortedMap.of() : ImmutableSortedMap.of("why", "egress[0]=a: b\n#c"),
                selector(random),
                directions,
                rules(random),
                rules(random));
    }

    private static ImmutableList<PolicyRule> rules(Random random) {
        return Stream.generate(() -> rule(random)).limit(random.nextInt(3)).collect(ImmutableList.toImmutableList());
    }

    private static PolicyRule rule(Random random) {
        Optional<ImmutableList<PolicyPeer>> peers = random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(Stream.generate(() -> peer(random))
                        .limit(1 + random.nextInt(3))
                        .collect(ImmutableList.toImmutableList()));
        return new PolicyRule(peers, ports(random));
    }

    private static PolicyPeer peer(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new PolicyPeer.Pods(Optional.empty(), selector(random));
            case 1 -> new PolicyPeer.Pods(Optional.of(selector(random)), selector(random));
            default ->
                new PolicyPeer.Addresses(
                        random.nextBoolean()
                                ? IpBlock.of(
                                        Cidr.parse("0.0.0.0/0"),
                                        List.of(
                                                Cidr.parse("10.0.0.0/8"),
                                                Cidr.parse("192.168." + random.nextInt(256) + ".0/24")))
                                : IpBlock.of(Cidr.parse("2001:db8:" + random.nextInt(9) + "::/48"), List.of()));
        };
    }

    private static Ports ports(Random random) {
        if (random.nextInt(6) == 0) {
            return Ports.all();
        }
        Ports ports = Ports.none();
        for (int i = 0; i <= random.nextInt(4); i++) {
            Protocol protocol = PROTOCOLS.get(random.nextInt(PROTOCOLS.size()));
            int first = 1 + random.nextInt(65535);
            ports = ports.union(
                    switch (random.nextInt(4)) {
                        case 0 -> Ports.of(PortSet.all(protocol));
                        case 1 -> Ports.named(protocol, "port-" + random.nextInt(3));
                        case 2 -> Ports.port(protocol, first);
                        default -> Ports.of(PortSet.range(protocol, first, first + random.nextInt(65536 - first)));
                    });
        }
        return ports;
    }

    private static LabelSelector selector(Random random) {
        LabelSelector selector = LabelSelector.everything();
        for (int i = 0; i < random.nextInt(5); i++) {
            List<String> values = random.nextBoolean() ? List.of("a") : List.of("true", "", "12");
            selector = selector.and(
                    "key-" + random.nextInt(3),
                    switch (random.nextInt(4)) {
                        case 0 -> Requirement.in(values);
                        case 1 -> Requirement.notIn(values);
                        case 2 -> Requirement.exists();
                        default -> Requirement.doesNotExist();
                    });
        }
        return selector;
    }
}
