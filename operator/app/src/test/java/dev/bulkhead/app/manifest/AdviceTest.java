package dev.bulkhead.app.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes that teams make when they write intents, and what they are told to write instead. */
class AdviceTest {

    @TempDir
    private Path folder;

    /** @param spec the lines below {@code spec:}, with their indentation */
    private String told(String spec) throws IOException {
        Path file = Files.writeString(folder.resolve("intent.yaml"), """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: api, namespace: booking}
                spec:
                """ + spec);
        Program.Result result = Program.run(List.of("render", "-f", file.toString()));
        assertEquals(ExitCode.FAILED, result.exitCode(), result.out());
        return result.err().replace(file + ":", "");
    }

    @Test
    void aFieldThatStandsTooFarOutBelongsUnderTheRuleBeforeIt() throws IOException {
        String told = told("""
                  workload: {serviceAccount: api}
                  outbound:
                  - to: {service: {name: db}}
                    ports: [{port: 1}]
                  - to: {workload: {serviceAccount: db}}
                  ports:
                  - port: 5432
                """);

        assertTrue(
                told.contains("10: spec.ports: there is no such field; it belongs under spec.outbound[1]; check the"
                        + " indentation"),
                told);
    }

    @Test
    void aFieldThatStandsTwoStepsTooFarOutIsToldToo() throws IOException {
        assertTrue(told("""
                  workload: {serviceAccount: api}
                  outbound:
                  - to:
                      workload: {serviceAccount: db}
                    namespace: billing
                    ports: [{port: 5432}]
                """)
                .contains("spec.outbound[0].namespace: there is no such field; it belongs under"
                        + " spec.outbound[0].to.workload; check the indentation"));
    }

    @Test
    void aFieldThatStandsTooFarInBelongsToWhatIsAround() throws IOException {
        assertTrue(told("""
                  workload: {serviceAccount: api}
                  outbound:
                  - to:
                      workload: {serviceAccount: db}
                      ports: [{port: 5432}]
                """)
                .contains("spec.outbound[0].to.ports: there is no such field; it belongs to spec.outbound[0];"
                        + " check the indentation"));
    }

    @Test
    void fromUnderOutboundIsTo() throws IOException {
        assertTrue(told("""
                  workload: {serviceAccount: api}
                  outbound:
                  - from: {workload: {serviceAccount: db}}
                    ports: [{port: 5432}]
                """)
                .contains("spec.outbound[0].from: there is no such field; outbound has 'to', inbound has 'from';"
                        + " write 'to'"));
    }

    @Test
    void aDeploymentIsAnOwner() throws IOException {
        assertTrue(told("""
                  workload: {deployment: api}
                  outbound: [{to: {wellKnown: KubeDNS}}]
                """)
                .contains("spec.workload.deployment: there is no such field; write owner: {kind: Deployment, name:"
                        + " api}"));
    }

    @Test
    void whatCannotBeAnOwnerIsNamedByItsPods() throws IOException {
        assertTrue(told("""
                  workload: {owner: {kind: Rollout, name: api}}
                  outbound: [{to: {wellKnown: KubeDNS}}]
                """)
                .contains("spec.workload.owner.kind: 'Rollout' is none of DaemonSet, Deployment, StatefulSet; pods of a"
                        + " Rollout cannot be named by their owner; name them by serviceAccount, or by podSelector"));
        assertTrue(told("""
                  workload: {cronjob: report}
                  outbound: [{to: {wellKnown: KubeDNS}}]
                """)
                .contains("spec.workload.cronjob: there is no such field; pods of a cronjob cannot be named by their"
                        + " owner; name them by serviceAccount, or by podSelector"));
    }

    /** What people write from memory. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{account: api}~{wellKnown: KubeDNS}~workload.account: there is no such field; write serviceAccount: api",
                "api~{wellKnown: KubeDNS}~workload: this is the text 'api'; write workload: {serviceAccount: api}",
                "{app: api}~{wellKnown: KubeDNS}~write podSelector: {matchLabels: {app: api}}",
                "{podSelector: {app: api}}~{wellKnown: KubeDNS}~podSelector.app: there is no such field; write"
                        + " matchLabels: {app: api}",
                "{podSelector: app=api}~{wellKnown: KubeDNS}~write podSelector: {matchLabels: {app: api}}",
                "{labels: {app: api}}~{wellKnown: KubeDNS}~write podSelector: {matchLabels: {KEY: VALUE}}",
                "{kind: Deployment}~{wellKnown: KubeDNS}~write serviceAccount: NAME, or owner: {kind: Deployment, name:"
                        + " NAME}",
                "{owner: StatefulSet/db}~{wellKnown: KubeDNS}~write owner: {kind: StatefulSet, name: db}",
                "{all: true}~{service: billing/invoicer}~write service: {namespace: billing, name: invoicer}",
                "{all: true}~{service: invoicer}~write service: {name: invoicer}",
                "{all: true}~billing/invoicer~write to: {workload: {namespace: billing, serviceAccount: invoicer}}",
                "{all: true}~Internet~write to: {wellKnown: Internet}",
                "{all: true}~203.0.113.0/24~write to: {network: {cidr: 203.0.113.0/24}}",
                "{all: true}~{serviceAccount: db}~to.serviceAccount: there is no such field; write workload:"
                        + " {serviceAccount: db}",
                "{all: true}~{namespace: web}~write workload: {namespace: web, serviceAccount: NAME}",
                "{all: true}~{cidr: 203.0.113.0/24}~write network: {cidr: 203.0.113.0/24}",
                "{all: true}~{network: 203.0.113.0/24}~write network: {cidr: 203.0.113.0/24}",
                "{all: true}~{host: api.example.com}~NetworkPolicies know no host names",
                "{all: true}~{wellKnown: dns}~; write KubeDNS"
            })
    void whatIsWrittenFromMemoryIsToldInItsRightForm(String workload, String to, String told) throws IOException {
        String all = told("  workload: %s%n  outbound: [{to: %s}]%n".formatted(workload, to));

        assertTrue(all.contains(told), all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "port: 8443~port: there is no such field; write ports: [{port: 8443}]",
                "ports: 8443~write ports: [{port: 8443}]",
                "ports: [8443/UDP]~write {port: 8443, protocol: UDP}",
                "ports: [{port: 8443/udp}]~write {port: 8443, protocol: UDP}",
                "ports: [{port: 8000-8010}]~'8000-8010' is no port; write {port: 8000, endPort: 8010}",
                "ports: [{containerPort: 8443}]~containerPort: there is no such field; write port: 8443"
            })
    void portsAreToldInTheirRightForm(String ports, String told) throws IOException {
        String all = told("  workload: {all: true}%n  outbound: [{to: {service: {name: db}}, %s}]%n".formatted(ports));

        assertTrue(all.contains(told), all);
    }

    @Test
    void directionsHaveNamesOfTheirOwn() throws IOException {
        assertTrue(told("  workload: {all: true}\n  egress: [{to: {wellKnown: KubeDNS}}]\n")
                .contains("spec.egress: there is no such field; write outbound"));
    }

    @Test
    void aBareNumberIsAPort() throws IOException {
        assertTrue(told("""
                  workload: {serviceAccount: api}
                  outbound: [{to: {workload: {serviceAccount: db}}, ports: [5432]}]
                """).contains("spec.outbound[0].ports[0]: this is 5432; write {port: 5432}"));
    }

    @Test
    void aFieldThatIsNowhereIsLeftOut() throws IOException {
        assertTrue(told("""
                  workload: {serviceAccount: api}
                  flavour: sweet
                  outbound: [{to: {wellKnown: KubeDNS}}]
                """).contains("spec.flavour: there is no such field; leave it out; its fields are"));
    }

    @Test
    void aHostNameIsToldThatPoliciesKnowNone() throws IOException {
        assertTrue(told("""
                  workload: {serviceAccount: api}
                  outbound: [{to: {network: {cidr: tax.example.com}}, ports: [{port: 443}]}]
                """)
                .contains("'tax.example.com' is a host name, and NetworkPolicies know no host names; write the ranges"
                        + " of addresses behind it"));
    }

    @Test
    void anAddressWithoutItsPrefixIsToldWithIt() throws IOException {
        for (String[] address : new String[][] {
            {"203.0.113.10", "203.0.113.10/32"}, {"'2001:db8::1'", "2001:db8::1/128"}, {"010.0.0.1", "10.0.0.1/32"}
        }) {
            assertTrue(
                    told("""
                      workload: {serviceAccount: api}
                      outbound: [{to: {network: {cidr: %s}}, ports: [{port: 443}]}]
                    """.formatted(address[0])).contains("is a single address; write " + address[1]), address[0]);
        }
    }

    @Test
    void tabsCannotIndent() throws IOException {
        String told = told("\tworkload: {serviceAccount: api}\n");

        assertEquals("5: this is not YAML: tabs cannot indent YAML; use spaces\n", told);
    }

    @Test
    void brokenYamlIsToldInTheWordsOfWhoeverWritesIt() throws IOException {
        assertTrue(told("  workload: api: b\n").contains("there is a ':' where no field can begin; look at"));
        assertTrue(told("  workload: {serviceAccount: api\n").contains("what '{' begins is not ended by '}'"));
        assertTrue(told("  workload: 'api\n").contains("a quote or a bracket is not closed"));
        assertTrue(told("  workload: {all: true}\n outbound: []\n").contains("this line is not indented like those"));
    }
}
