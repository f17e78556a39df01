package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Namespace;
import java.util.Optional;

/** Single private addresses in intents are often those of pods. */
final class PrivateAddressCheck implements Check {

    /** RFC 1918, RFC 6598 and RFC 4193. */
    private static final ImmutableList<Cidr> PRIVATE = ImmutableList.of(
            Cidr.parse("10.0.0.0/8"),
            Cidr.parse("172.16.0.0/12"),
            Cidr.parse("192.168.0.0/16"),
            Cidr.parse("100.64.0.0/10"),
            Cidr.parse("fc00::/7"));

    @Override
    public void check(LintInput input, Findings findings) {
        input.snapshot().declarations().intents().values().stream()
                .flatMap(declared -> declared.intents().values().stream())
                .forEach(intent -> intent.rules().forEach(rule -> check(input.snapshot(), intent, rule, findings)));
    }

    private static void check(Snapshot snapshot, DeclaredIntent intent, Rule rule, Findings findings) {
        Optional<Cidr> single = rule.peer()
                .network()
                .map(block -> block.cidr())
                .filter(cidr -> cidr.network().equals(cidr.last()));
        if (single.isEmpty()) {
            return;
        }
        Cidr cidr = single.get();
        Optional<String> owner = owner(snapshot, cidr.network());
        if (owner.isPresent()) {
            findings.about(
                    intent.key(),
                    "spec." + rule.place(),
                    Code.BH020,
                    Severity.WARNING,
                    cidr + " is the address of " + owner.get()
                            + "; whether a rule on addresses holds inside the cluster depends on the network plugin",
                    "name the workload, the Service or {wellKnown: Nodes} in place of the address");
        } else if (PRIVATE.stream().anyMatch(range -> range.contains(cidr))) {
            findings.about(
                    intent.key(),
                    "spec." + rule.place(),
                    Code.BH020,
                    cidr + " is a private address; a pod or a Service that has it now may have another one soon",
                    "if it is in the cluster, name its workload or Service instead");
        }
    }

    /** What in the cluster has the address, if anything that is known. */
    private static Optional<String> owner(Snapshot snapshot, IpAddress address) {
        return snapshot.topology()
                .pods()
                .filter(pod -> !pod.traits().hostNetwork() && pod.addresses().contains(address))
                .map(pod -> "pod " + pod.name() + " in " + pod.namespace())
                .findFirst()
                .or(() -> snapshot.world().namespaces().values().stream()
                        .flatMap(namespace -> service(namespace, address).stream())
                        .findFirst())
                .or(() ->
                        snapshot.world().facts().nodes().contains(address) ? Optional.of("a node") : Optional.empty());
    }

    private static Optional<String> service(Namespace namespace, IpAddress address) {
        return namespace.services().values().stream()
                .filter(service -> service.addresses().contains(address))
                .map(service -> "Service " + service.name() + " in " + namespace.name())
                .findFirst();
    }
}
