package dev.bulkhead.cluster.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.cluster.decode.IntentReader;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Requirement;
import dev.bulkhead.core.world.Workload;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntentYamlTest {

    private static final String OWN = "shop";
    private static final List<String> NAMES = List.of("checkout", "on", "no", "web-1", "null");

    private final Random random = new Random(1);

    @Test
    void whatIsWrittenReadsBackAsTheVerySameIntent() {
        for (int i = 0; i < 3000; i++) {
            DeclaredIntent intent = intent();
            String yaml = IntentYaml.write(intent);
            assertEquals(
                    intent,
                    new IntentReader()
                            .read(Serialization.unmarshal(yaml, dev.bulkhead.api.v1alpha1.AccessIntent.class)),
                    yaml);
        }
    }

    @Test
    void itIsWrittenAsPeopleWriteIt() {
        assertEquals(
                """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: checkout, namespace: shop}
                spec:
                  workload: {serviceAccount: checkout}
                  outbound:
                  - to:
                      workload: {namespace: pay, serviceAccount: payments}
                    ports:
                    - {port: 8443}
                    - {port: 9000, endPort: 9010, protocol: UDP}
                    reason: "to charge cards"
                """,
                IntentYaml.write(new DeclaredIntent(
                        new DeclaredIntent.Key("shop", "checkout"),
                        new WorkloadSelector.ServiceAccount("checkout"),
                        ImmutableList.of(new Rule(
                                Direction.EGRESS,
                                0,
                                new Peer.OfWorkload("pay", new WorkloadSelector.ServiceAccount("payments")),
                                Ports.port(Protocol.TCP, 8443).union(Ports.of(PortSet.range(Protocol.UDP, 9000, 9010))),
                                "to charge cards")))));
    }

    private DeclaredIntent intent() {
        ImmutableList.Builder<Rule> rules = ImmutableList.builder();
        int outbound = random.nextInt(3);
        for (int i = 0; i < outbound; i++) {
            Peer peer = outboundPeer();
            rules.add(new Rule(Direction.EGRESS, i, peer, ports(peer), reason()));
        }
        int inbound = (outbound == 0 ? 1 : 0) + random.nextInt(3);
        for (int i = 0; i < inbound; i++) {
            Peer peer = inboundPeer();
            rules.add(new Rule(Direction.INGRESS, i, peer, somePorts(), reason()));
        }
        return new DeclaredIntent(new DeclaredIntent.Key(OWN, name()), reference(), rules.build(), reason());
    }

    private String reason() {
        return List.of("", "why not", "yes", "a: b # c", "\u00fc \"quoted\" \\ 'so'")
                .get(random.nextInt(5));
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String name() {
        return one(NAMES);
    }

    private Peer outboundPeer() {
        return switch (random.nextInt(4)) {
            case 0 -> new Peer.OfWorkload(name(), reference());
            case 1 -> new Peer.OfService(name(), name());
            case 2 -> new Peer.OfWellKnown(one(List.of(WellKnown.values())));
            default -> network();
        };
    }

    private Peer inboundPeer() {
        return switch (random.nextInt(5)) {
            case 0 -> new Peer.OfWorkload(name(), reference());
            case 1 -> new Peer.OfNamespace(name());
            case 2 -> new Peer.OfSegment(name());
            case 3 -> new Peer.OfWellKnown(WellKnown.INTERNET);
            default -> network();
        };
    }

    private Peer network() {
        return random.nextBoolean()
                ? new Peer.OfNetwork(IpBlock.of(Cidr.parse("2001:db8::/32"), List.of()))
                : new Peer.OfNetwork(IpBlock.of(
                        Cidr.parse("203.0.113.0/24"),
                        List.of(Cidr.parse("203.0.113.7/32"), Cidr.parse("203.0.113.64/26"))));
    }

    private Ports ports(Peer peer) {
        if (peer instanceof Peer.OfWellKnown wellKnown && wellKnown.name().knowsItsPorts()) {
            return Ports.none();
        }
        if (peer instanceof Peer.OfService) {
            return random.nextBoolean() ? Ports.none() : Ports.named(Protocol.TCP, "https");
        }
        return somePorts();
    }

    private Ports somePorts() {
        Protocol protocol = one(List.of(Protocol.values()));
        int first = 1 + random.nextInt(60_000);
        Ports ports = Ports.of(PortSet.range(protocol, first, first + random.nextInt(3)));
        return switch (random.nextInt(3)) {
            case 0 -> ports;
            case 1 -> ports.union(Ports.named(Protocol.TCP, "https")).union(Ports.named(Protocol.UDP, "on"));
            default -> ports.union(Ports.of(PortSet.all(Protocol.TCP)));
        };
    }

    private WorkloadSelector reference() {
        return switch (random.nextInt(4)) {
            case 0 -> new WorkloadSelector.ServiceAccount(name());
            case 1 -> new WorkloadSelector.Owner(new Workload.Key("StatefulSet", name()));
            case 2 ->
                new WorkloadSelector.Labels(LabelSelector.label("app", name())
                        .and("tier", Requirement.in(List.of("a", "yes")))
                        .and("canary", Requirement.doesNotExist())
                        .and("track", Requirement.notIn(List.of("beta"))));
            default -> new WorkloadSelector.All();
        };
    }
}
