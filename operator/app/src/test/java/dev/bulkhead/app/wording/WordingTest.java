package dev.bulkhead.app.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    @ParameterizedTest
    @CsvSource({
        "'All Connections', all ports",
        "'No Connections', nothing",
        "'TCP 8443', TCP 8443",
        "'TCP 100-200,5432,UDP 53', 'TCP 100-200,5432, UDP 53'",
        "'SCTP 1-65535,TCP 1-5431,5433-65535,UDP 1-65535', everything except TCP 5432",
        "'SCTP 1-65535,TCP 1-79,81-442,444-65535,UDP 1-52,54-65535', 'everything except TCP 80,443, UDP 53'",
        "'TCP 1-65535', all TCP ports",
        "'TCP 1-79,81-65535,UDP 53', 'all TCP ports except 80, UDP 53'",
        "'SCTP 1-65535,TCP 1-65535', 'all TCP ports, all SCTP ports'"
    })
    void portsAreWrittenAsPeopleSayThem(String exact, String words) {
        assertEquals(words, PortsInWords.of(exact));
    }

    @Test
    void theExactFormOfASetIsReadAsThatSet() {
        PortSet ports = PortSet.all().difference(PortSet.port(Protocol.TCP, 5432));

        assertEquals(PortsInWords.of(ports), PortsInWords.of(ports.toString()));
    }

    /** What a server sends may be anything. */
    @ParameterizedTest
    @CsvSource({"80", "'TCP 0'", "'TCP 80-70'", "'TCP 99999'", "'ICMP 1'", "'TCP 80,'", "''", "'tcp 80'"})
    void whatIsNoSetOfPortsStaysAsItIs(String text) {
        assertEquals(text, PortsInWords.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "pay/service account payments, service account payments in pay",
        "pay/Deployment payments, Deployment payments in pay",
        "'pay/pods with app in (a,b)', 'pods with app in (a,b) in pay'",
        "pay/all pods, all pods in pay",
        "service pay/payments, Service payments in pay",
        "namespace pay, namespace pay",
        "network 10.0.0.0/8, network 10.0.0.0/8",
        "KubeDNS, KubeDNS",
        "<b>/all pods, <b>/all pods",
        "service a b/c, service a b/c"
    })
    void peersAreSaidByWhatTheyAreBeforeWhereTheyAre(String exact, String words) {
        assertEquals(words, PeerInWords.of(exact));
    }

    @Test
    void peersAreSaidInMessagesAsInTables() {
        for (Peer peer : List.of(
                new Peer.OfWorkload("pay", new WorkloadSelector.ServiceAccount("payments")),
                new Peer.OfWorkload("pay", new WorkloadSelector.Owner(new Workload.Key("StatefulSet", "ledger"))),
                new Peer.OfWorkload("pay", new WorkloadSelector.Labels(LabelSelector.label("app", "ledger"))),
                new Peer.OfWorkload("pay", new WorkloadSelector.All()),
                new Peer.OfService("pay", "payments"),
                new Peer.OfNamespace("pay"),
                new Peer.OfSegment("pay"))) {
            assertEquals(peer.inWords(), PeerInWords.of(peer.toString()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.10-203.0.113.10[External], 203.0.113.10/32",
        "203.0.113.0-203.0.113.255[External], 203.0.113.0/24",
        "203.0.113.0-203.0.113.6[External], 203.0.113.0-203.0.113.6",
        "203.0.113.1-203.0.113.2[External], 203.0.113.1-203.0.113.2",
        "0.0.0.0-255.255.255.255[External], 0.0.0.0/0",
        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External], ::/0",
        "shop/checkout[Deployment], shop/checkout[Deployment]",
        "{ingress-controller}, {ingress-controller}",
        "a-b[External], a-b[External]",
        "203.0.113.9-203.0.113.1[External], 203.0.113.9-203.0.113.1[External]",
        "203.0.113.9-::1[External], 203.0.113.9-::1[External]"
    })
    void rangesOfAddressesAreBlocksWhereTheyCanBe(String label, String words) {
        assertEquals(words, EndInWords.of(label));
    }

    @ParameterizedTest
    @CsvSource({
        "0, connection, 0 connections",
        "1, connection, 1 connection",
        "2, connection, 2 connections",
        "1, policy, 1 policy",
        "3, policy, 3 policies",
        "2, key, 2 keys"
    })
    void nounsFollowTheirCount(long count, String noun, String words) {
        assertEquals(words, Plural.of(count, noun));
    }
}
