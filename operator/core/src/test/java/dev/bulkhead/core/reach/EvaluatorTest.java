package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.policy.NetworkPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

    @Test
    void policiesAddedAndRemovedOneByOneJudgeLikeTheSameSetReadAnew() throws IOException {
        Random random = new Random(7);
        try (InputStream input = EvaluatorTest.class.getResourceAsStream("/golden/random-worlds.jsonl.gz")) {
            for (GoldenWorld world : GoldenWorld.read(input).subList(0, 40)) {
                Evaluator grown = Evaluator.of(world.namespaces(), List.of(), PluginSemantics.upstream());
                List<NetworkPolicy> there = new ArrayList<>();
                for (NetworkPolicy policy : world.policies()) {
                    grown = grown.with(policy);
                    there.add(policy);
                    if (random.nextInt(3) == 0) {
                        NetworkPolicy gone = there.remove(random.nextInt(there.size()));
                        grown = grown.without(gone.key());
                    }
                    Evaluator anew = Evaluator.of(world.namespaces(), there, PluginSemantics.upstream());
                    assertEquals(judge(anew, world), judge(grown, world), world.id());
                }
            }
        }
    }

    @Test
    void aPolicyThatIsNotThereCanBeRemoved() {
        Evaluator evaluator = SmallCluster.under().evaluator().without(new NetworkPolicy.Key("x", "gone"));
        assertEquals(
                "All Connections",
                evaluator
                        .allowed(SmallCluster.end("x/web"), SmallCluster.end("x/db"))
                        .toString());
    }

    private static List<String> judge(Evaluator evaluator, GoldenWorld world) {
        List<String> judged = new ArrayList<>();
        world.endpoints()
                .forEach((from, source) -> world.endpoints()
                        .forEach((to, destination) ->
                                judged.add(from + ">" + to + " " + evaluator.allowed(source, destination))));
        return judged;
    }
}
