package dev.bulkhead.core.reach;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Requirement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Namespaces, pods and NetworkPolicies as a user writes them in JSON, read with the API server's defaulting. */
final class KubernetesObjects {

    private KubernetesObjects() {}

    static Namespace namespace(JsonNode object) {
        String name = object.at("/metadata/name").asText();
        Map<String, String> labels = new TreeMap<>(strings(object.at("/metadata/labels")));
        labels.put(Namespace.NAME_LABEL, name);
        return new Namespace(
                name,
                ImmutableSortedMap.copyOf(labels),
                false,
                ImmutableMap.of(),
                ImmutableMap.of(),
                ImmutableSet.of());
    }

    static Endpoint.Pods pod(JsonNode object) {
        ImmutableSortedSet.Builder<ContainerPort> ports = ImmutableSortedSet.naturalOrder();
        for (JsonNode container : object.at("/spec/containers")) {
            for (JsonNode port : container.path("ports")) {
                ports.add(new ContainerPort(
                        port.path("name").asText(),
                        protocol(port),
                        port.path("containerPort").asInt()));
            }
        }
        PodClass pods = new PodClass(
                ImmutableSortedMap.copyOf(strings(object.at("/metadata/labels"))),
                object.at("/spec/serviceAccountName").asText("default"),
                ports.build(),
                object.at("/spec/hostNetwork").asBoolean(false));
        ImmutableSortedSet.Builder<IpAddress> addresses = ImmutableSortedSet.naturalOrder();
        for (JsonNode address : object.at("/status/podIPs")) {
            addresses.add(IpAddress.parse(address.path("ip").asText()));
        }
        return new Endpoint.Pods(object.at("/metadata/namespace").asText(), pods, addresses.build());
    }

    static NetworkPolicy policy(JsonNode object) {
        JsonNode spec = object.path("spec");
        return new NetworkPolicy(
                new NetworkPolicy.Key(
                        object.at("/metadata/namespace").asText(),
                        object.at("/metadata/name").asText()),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                selector(spec.path("podSelector")),
                directions(spec),
                rules(spec.path("ingress"), "from"),
                rules(spec.path("egress"), "to"));
    }

    private static ImmutableSet<Direction> directions(JsonNode spec) {
        Set<Direction> directions = EnumSet.noneOf(Direction.class);
        for (JsonNode type : spec.path("policyTypes")) {
            directions.add(type.asText().equals("Egress") ? Direction.EGRESS : Direction.INGRESS);
        }
        if (directions.isEmpty()) {
            directions.add(Direction.INGRESS);
            if (!spec.path("egress").isEmpty()) {
                directions.add(Direction.EGRESS);
            }
        }
        return ImmutableSet.copyOf(directions);
    }

    private static ImmutableList<PolicyRule> rules(JsonNode rules, String peers) {
        return StreamSupport.stream(rules.spliterator(), false)
                .map(rule -> new PolicyRule(peers(rule.path(peers)), ports(rule.path("ports"))))
                .collect(ImmutableList.toImmutableList());
    }

    private static Optional<ImmutableList<PolicyPeer>> peers(JsonNode peers) {
        if (peers.isEmpty()) {
            return Optional.empty();
        }
        ImmutableList.Builder<PolicyPeer> read = ImmutableList.builder();
        for (JsonNode peer : peers) {
            if (peer.has("ipBlock")) {
                read.add(new PolicyPeer.Addresses(block(peer.path("ipBlock"))));
            } else {
                read.add(new PolicyPeer.Pods(
                        peer.has("namespaceSelector")
                                ? Optional.of(selector(peer.path("namespaceSelector")))
                                : Optional.empty(),
                        selector(peer.path("podSelector"))));
            }
        }
        return Optional.of(read.build());
    }

    private static IpBlock block(JsonNode block) {
        List<Cidr> except = new ArrayList<>();
        block.path("except").forEach(part -> except.add(Cidr.parse(part.asText())));
        return IpBlock.of(Cidr.parse(block.path("cidr").asText()), except);
    }

    private static Ports ports(JsonNode ports) {
        if (ports.isEmpty()) {
            return Ports.all();
        }
        Ports read = Ports.none();
        for (JsonNode port : ports) {
            read = read.union(port(port));
        }
        return read;
    }

    private static Ports port(JsonNode entry) {
        Protocol protocol = protocol(entry);
        JsonNode port = entry.path("port");
        if (port.isTextual()) {
            return Ports.named(protocol, port.asText());
        }
        if (port.isNumber()) {
            int last = entry.path("endPort").asInt(port.asInt());
            return Ports.of(PortSet.range(protocol, port.asInt(), last));
        }
        return Ports.of(PortSet.all(protocol));
    }

    private static LabelSelector selector(JsonNode selector) {
        LabelSelector read = LabelSelector.labels(strings(selector.path("matchLabels")));
        for (JsonNode expression : selector.path("matchExpressions")) {
            read = read.and(expression.path("key").asText(), requirement(expression));
        }
        return read;
    }

    private static Requirement requirement(JsonNode expression) {
        List<String> values = new ArrayList<>();
        expression.path("values").forEach(value -> values.add(value.asText()));
        String operator = expression.path("operator").asText();
        return switch (operator) {
            case "In" -> Requirement.in(values);
            case "NotIn" -> Requirement.notIn(values);
            case "Exists" -> Requirement.exists();
            case "DoesNotExist" -> Requirement.doesNotExist();
            default -> throw new IllegalArgumentException("unknown operator " + operator);
        };
    }

    private static Protocol protocol(JsonNode port) {
        return Protocol.valueOf(port.path("protocol").asText("TCP"));
    }

    private static Map<String, String> strings(JsonNode object) {
        return object.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asText()));
    }
}
