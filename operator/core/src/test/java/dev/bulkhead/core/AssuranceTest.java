package dev.bulkhead.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.compile.Assurance;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.World;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How sure the status calls each reference, against what makes it so. */
class AssuranceTest {

    private static final int SEEDS = Integer.getInteger("bulkhead.seeds", 1_000);

    private final Map<Assurance, Integer> seen = new EnumMap<>(Assurance.class);

    @Test
    void onlyAStampOnEveryPodOrTheNameOfANamespaceIsVerified() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Sample sample = new RandomWorlds(seed).sample();
            for (Compilation compilation : sample.compile()) {
                compilation.intents().forEach((key, outcome) -> {
                    DeclaredIntent intent =
                            sample.declarations().of(key.namespace()).intents().get(key.name());
                    assertEquals(
                            of(sample.world(), key.namespace(), intent.workload()),
                            outcome.workload(),
                            key + " " + intent.workload());
                    for (RuleOutcome rule : outcome.rules()) {
                        Optional<Assurance> wanted = of(sample, key.namespace(), rule);
                        assertEquals(wanted, rule.peer(), key + " " + rule);
                        wanted.ifPresent(assurance -> seen.merge(assurance, 1, Integer::sum));
                    }
                });
            }
        }
        assertTrue(seen.values().stream().allMatch(count -> count > SEEDS), seen.toString());
    }

    private static Assurance of(World world, String namespace, WorkloadSelector reference) {
        if (reference instanceof WorkloadSelector.All) {
            return Assurance.VERIFIED;
        }
        boolean stamped = reference instanceof WorkloadSelector.ServiceAccount account
                && world.facts().identityInForce()
                && isStamped(world.namespaces().get(namespace), account.name());
        return stamped ? Assurance.VERIFIED : Assurance.ASSERTED;
    }

    /** Where labels cannot stand for it the rule is not open, and nothing is said of the pods. */
    private static boolean isStamped(Namespace namespace, String account) {
        return namespace == null || IntendedRelation.isStamped(namespace, account);
    }

    private static Optional<Assurance> of(Sample sample, String viewer, RuleOutcome rule) {
        World world = sample.world();
        Peer peer = rule.rule().peer();
        if (peer instanceof Peer.OfNetwork) {
            return Optional.empty();
        }
        if (peer instanceof Peer.OfWellKnown wellKnown) {
            return ofWellKnown(sample, wellKnown.name(), rule.state() == RuleOutcome.State.OPEN);
        }
        if (peer instanceof Peer.OfService) {
            return Optional.of(Assurance.ASSERTED);
        }
        if (!(peer instanceof Peer.OfWorkload workload)) {
            return Optional.of(Assurance.VERIFIED);
        }
        boolean told = viewer.equals(workload.namespace()) || rule.state() == RuleOutcome.State.OPEN;
        if (workload.workload() instanceof WorkloadSelector.ServiceAccount && !told) {
            return Optional.of(world.facts().identityInForce() ? Assurance.VERIFIED : Assurance.ASSERTED);
        }
        return Optional.of(of(world, workload.namespace(), workload.workload()));
    }

    /** What is found in the namespace of another is told once the rule is open. */
    private static Optional<Assurance> ofWellKnown(Sample sample, WellKnown name, boolean open) {
        WellKnownPlaces.Place said = sample.declarations().wellKnown().places().get(name);
        if (said instanceof WellKnownPlaces.Networks || !name.isWorkload()) {
            return Optional.empty();
        }
        return Optional.of(
                said instanceof WellKnownPlaces.Pods pods && open
                        ? of(sample.world(), pods.namespace(), pods.workload())
                        : Assurance.ASSERTED);
    }
}
