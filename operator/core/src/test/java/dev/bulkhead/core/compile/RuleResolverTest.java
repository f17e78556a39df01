package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.RandomWorlds;
import dev.bulkhead.core.Sample;
import dev.bulkhead.core.world.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleResolverTest {

    private static final int SEEDS = Integer.getInteger("bulkhead.seeds", 500);

    /** What matters of a rule to others. */
    private record Seen(
            String place,
            Resolution<Selection> subject,
            Resolution<ResolvedPeer> peer,
            List<Prohibition> prohibitions) {

        static Seen of(ResolvedRule rule) {
            return new Seen(
                    rule.intent() + " " + rule.rule().place(), rule.subject(), rule.peer(), rule.prohibitions());
        }
    }

    private static RuleResolver resolve(Sample sample) {
        Enrolment enrolment =
                new SegmentAssigner().enrol(sample.world().namespaces().keySet(), sample.declarations());
        TrackedInputs inputs =
                new TrackedInputs(sample.world(), PoliciesByOthers.none(), sample.declarations(), enrolment);
        return new RuleResolver(inputs, new GuardrailEvaluator(inputs));
    }

    @Test
    void rulesTowardsANamespaceAreThoseOfAllThatMeanPodsThere() {
        int some = 0;
        int others = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomWorlds random = new RandomWorlds(seed);
            Sample sample = random.change(random.sample());
            for (String declarer : sample.declarations().intents().keySet()) {
                List<ResolvedRule> all = resolve(sample).resolve(declarer);
                for (String namespace : sample.world().namespaces().keySet()) {
                    for (Direction direction : Direction.values()) {
                        List<Seen> meant = all.stream()
                                .filter(rule -> rule.rule().direction() == direction)
                                .filter(rule -> rule.pods()
                                        .filter(pods -> pods.namespaces().contains(namespace))
                                        .isPresent())
                                .map(Seen::of)
                                .toList();
                        List<Seen> found = resolve(sample).towards(declarer, direction, namespace).all().stream()
                                .map(Seen::of)
                                .toList();
                        assertEquals(
                                meant, found, "seed " + seed + ": " + declarer + " " + direction + " " + namespace);
                        some += found.size();
                        others += all.size() - found.size();
                    }
                }
            }
        }
        assertTrue(some > SEEDS && others > SEEDS, some + " found, " + others + " not: the samples say too little");
    }
}
