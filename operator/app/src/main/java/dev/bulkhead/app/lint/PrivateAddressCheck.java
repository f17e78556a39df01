package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.world.Cidr;

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
                .forEach(intent -> intent.rules().forEach(rule -> check(intent, rule, findings)));
    }

    private static void check(DeclaredIntent intent, Rule rule, Findings findings) {
        rule.peer()
                .network()
                .map(block -> block.cidr())
                .filter(cidr ->
                        cidr.network().equals(cidr.last()) && PRIVATE.stream().anyMatch(range -> range.contains(cidr)))
                .ifPresent(cidr -> findings.about(
                        intent.key(),
                        "spec." + rule.place(),
                        Code.BH020,
                        cidr + " is a private address; a pod or a Service that has it now may have another one soon",
                        "if it is in the cluster, name its workload or Service instead"));
    }
}
