package dev.bulkhead.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.world.PortSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the compiler writes, judged by an evaluator that knows no intents, against what the intents define. */
class CompiledPoliciesTest {

    private static final int SEEDS = Integer.getInteger("bulkhead.seeds", 2_000);

    @ParameterizedTest
    @EnumSource
    void compiledPoliciesAllowExactlyWhatIntentsDefine(PluginSemantics.IpBlocks ipBlocks) {
        List<String> differences = new ArrayList<>();
        int open = 0;
        int closed = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Sample sample = new RandomWorlds(seed).sample();
            IntendedRelation intended = new IntendedRelation(sample.world(), sample.declarations());
            Evaluator evaluator = Evaluator.of(
                    sample.world().namespaces(),
                    sample.policies().values(),
                    PluginSemantics.upstream().with(ipBlocks));
            List<Endpoint.Pods> pods = sample.podsWithAddresses().stream()
                    .filter(pod ->
                            intended.isSettled(sample.world().namespaces().get(pod.namespace())))
                    .toList();
            for (Endpoint[] ends : pairs(pods, Sample.outside())) {
                PortSet wanted = intended.allowed(ends[0], ends[1]);
                PortSet found = evaluator.allowed(ends[0], ends[1]);
                if (!wanted.equals(found)) {
                    differences.add("seed %d: %s -> %s should be %s but is %s"
                            .formatted(seed, Sample.describe(ends[0]), Sample.describe(ends[1]), wanted, found));
                }
                open += wanted.isEmpty() || wanted.isAll() ? 0 : 1;
                closed += wanted.isEmpty() ? 1 : 0;
            }
        }
        assertEquals("", String.join("\n", differences), differences.size() + " differ");
        assertTrue(open > SEEDS && closed > SEEDS, open + " opened, " + closed + " closed: the samples say too little");
    }

    @Test
    void compilationIgnoresTheOrderOfInputs() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Sample sample = new RandomWorlds(seed).sample();
            Declarations declarations = sample.declarations();
            List<DeclaredIntent> intents = new ArrayList<>();
            declarations
                    .intents()
                    .values()
                    .forEach(group -> intents.addAll(group.intents().values()));
            List<DeclaredSegment> segments =
                    new ArrayList<>(declarations.segments().values());
            Random random = new Random(seed);
            Collections.shuffle(intents, random);
            Collections.shuffle(segments, random);
            Sample shuffled = new Sample(
                    ShuffledWorlds.shuffle(sample.world(), random),
                    Declarations.of(intents, segments, List.of(), declarations.wellKnown(), declarations.excluded()));
            List<Compilation> expected = sample.compile();
            List<Compilation> found = shuffled.compile();
            assertEquals(expected, found, "seed " + seed);
            assertEquals(expected.toString(), found.toString(), "seed " + seed);
        }
    }

    private static ImmutableList<Endpoint[]> pairs(List<Endpoint.Pods> pods, List<Endpoint> outside) {
        ImmutableList.Builder<Endpoint[]> pairs = ImmutableList.builder();
        for (Endpoint.Pods pod : pods) {
            pods.forEach(other -> pairs.add(new Endpoint[] {pod, other}));
            for (Endpoint address : outside) {
                pairs.add(new Endpoint[] {pod, address}, new Endpoint[] {address, pod});
            }
        }
        return pairs.build();
    }
}
