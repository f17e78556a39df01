package dev.bulkhead.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.world.PortSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What guardrails deny is open by no policy, whoever declared what; and they open nothing. */
class GuardrailsTest {

    private static final int SEEDS = Integer.getInteger("bulkhead.seeds", 2_000);

    @Test
    void whatIsDeniedIsOpenByNoPolicyAndNothingOpensThatWasClosed() {
        List<String> breaches = new ArrayList<>();
        int closed = 0;
        int open = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Sample free = new RandomWorlds(seed).sample();
            Sample limited = new Sample(free.world(), new RandomGuardrails(seed).under(free.declarations()));
            IntendedRelation intended = new IntendedRelation(free.world(), free.declarations());
            Evaluator before = evaluator(free);
            Evaluator after = evaluator(limited);
            for (Endpoint.Pods pod : limited.pods()) {
                for (Endpoint other : others(limited, intended)) {
                    for (Endpoint[] ends : List.of(new Endpoint[] {pod, other}, new Endpoint[] {other, pod})) {
                        PortSet was = before.allowed(ends[0], ends[1]);
                        PortSet is = after.allowed(ends[0], ends[1]);
                        PortSet denied = denied(limited.declarations(), intended, ends[0], ends[1]);
                        boolean held = intended.isHeld(ends[0], ends[1]);
                        if (!was.containsAll(is)
                                || (held && !is.intersection(denied).isEmpty())) {
                            breaches.add("seed %d: %s -> %s was %s, is %s, denied %s"
                                    .formatted(
                                            seed, Sample.describe(ends[0]), Sample.describe(ends[1]), was, is, denied));
                        }
                        closed += was.equals(is) ? 0 : 1;
                        open += is.isEmpty() || is.isAll() ? 0 : 1;
                    }
                }
            }
        }
        assertEquals("", String.join("\n", breaches), breaches.size() + " breaches");
        assertTrue(open > SEEDS && closed > SEEDS, open + " open, " + closed + " closed: the samples say too little");
    }

    private static Evaluator evaluator(Sample sample) {
        return Evaluator.of(sample.world().namespaces(), sample.policies().values(), PluginSemantics.upstream());
    }

    private static List<Endpoint> others(Sample sample, IntendedRelation intended) {
        return Stream.concat(
                        sample.pods().stream()
                                .filter(pod -> intended.isSettled(
                                        sample.world().namespaces().get(pod.namespace()))),
                        Sample.outside().stream())
                .toList();
    }

    /** The ports that any guardrail denies between the two, read off as literally as they are written. */
    private static PortSet denied(
            Declarations declarations, IntendedRelation intended, Endpoint source, Endpoint destination) {
        PortSet denied = PortSet.none();
        for (DeclaredGuardrail guardrail : declarations.guardrails().values()) {
            for (DeclaredGuardrail.Connections connections : guardrail.denials()) {
                if (isOneOf(connections.from(), intended, source) && isOneOf(connections.to(), intended, destination)) {
                    denied = denied.union(
                            connections.ports().isEmpty()
                                    ? PortSet.all()
                                    : connections.ports().numbers());
                }
            }
        }
        return denied;
    }

    private static boolean isOneOf(DeclaredGuardrail.Ends ends, IntendedRelation intended, Endpoint endpoint) {
        if (ends.isAnything() || ends.wellKnown().stream().anyMatch(name -> intended.isMeantBy(name, endpoint))) {
            return true;
        }
        if (endpoint instanceof Endpoint.Outside outside) {
            return ends.networks().stream().anyMatch(network -> network.contains(outside.address()));
        }
        String namespace = ((Endpoint.Pods) endpoint).namespace();
        Optional<String> segment = intended.segmentOf(namespace);
        return ends.namespaces().stream().anyMatch(glob -> namespace.matches(glob.replace("*", ".*")))
                || segment.filter(ends.segments()::contains).isPresent();
    }
}
