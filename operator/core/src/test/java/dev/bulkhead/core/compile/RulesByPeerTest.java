package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.RandomSelectors;
import dev.bulkhead.core.world.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesByPeerTest {

    private static final int SEEDS = Integer.getInteger("bulkhead.seeds", 500);
    private static final int RULES = 12;

    private static final LabelSelector API = LabelSelector.label("app", "api");
    private static final LabelSelector DB = LabelSelector.label("app", "db");

    private static Selection labels(LabelSelector selector) {
        return new Selection(selector, Selection.Basis.LABELS);
    }

    /** Each with a number of its own, so that no two are equal. */
    private static ImmutableList<ResolvedRule> rules(List<LabelSelector> peers) {
        ImmutableList.Builder<ResolvedRule> rules = ImmutableList.builder();
        for (int i = 0; i < peers.size(); i++) {
            rules.add(new ResolvedRule(
                    new DeclaredIntent.Key("pay", "payments"),
                    SmallTown.outbound(i, "shop", SmallTown.account("checkout")),
                    new Resolution.Found<>(Selection.all()),
                    new Resolution.Found<>(new ResolvedPeer.Pods(
                            ImmutableSortedSet.of("shop"),
                            labels(peers.get(i)),
                            SmallTown.HTTPS,
                            /* borrowed= */ false,
                            /* consents= */ true)),
                    ImmutableList::of));
        }
        return rules.build();
    }

    /** The numbers of the rules that are found, ascending. */
    private static List<Integer> meaning(LabelSelector pods, LabelSelector... peers) {
        return found(new RulesByPeer(rules(List.of(peers))), pods);
    }

    private static List<Integer> found(RulesByPeer rules, LabelSelector pods) {
        List<Integer> found = new ArrayList<>();
        rules.meaning(labels(pods)).forEach(rule -> found.add(rule.rule().index()));
        return found.stream().sorted().toList();
    }

    private static boolean meet(LabelSelector one, LabelSelector other, List<Map<String, String>> all) {
        return all.stream().anyMatch(labels -> one.matches(labels) && other.matches(labels));
    }

    @Test
    void rulesThatDemandAnotherValueAreLeftOut() {
        assertEquals(List.of(0), meaning(API, API, DB));
        assertEquals(List.of(1), meaning(DB, API, DB));
        assertEquals(List.of(), meaning(LabelSelector.label("app", "web"), API, DB));
    }

    @Test
    void rulesThatDemandNothingOrSomethingElseAreAlwaysFound() {
        LabelSelector front = LabelSelector.label("tier", "front");
        LabelSelector notDb = LabelSelector.everything().and("app", Requirement.notIn(List.of("db")));

        assertEquals(List.of(0, 1, 2), meaning(API, LabelSelector.everything(), front, notDb));
    }

    @Test
    void whoeverDemandsNothingFindsAllRules() {
        assertEquals(List.of(0, 1), meaning(LabelSelector.everything(), API, DB));
        assertEquals(List.of(0, 1), meaning(LabelSelector.everything().and("app", Requirement.exists()), API, DB));
    }

    @Test
    void noRuleIsLeftOutWhosePeerSomePodsCouldBe() {
        List<Map<String, String>> all = RandomSelectors.labels();
        int leftOut = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomSelectors random = new RandomSelectors(seed);
            ImmutableList<ResolvedRule> rules =
                    rules(Stream.generate(random::selector).limit(RULES).toList());
            RulesByPeer byPeer = new RulesByPeer(rules);
            assertEquals(rules, byPeer.all());
            LabelSelector pods = random.selector();
            List<Integer> found = found(byPeer, pods);
            Set<Integer> once = ImmutableSet.copyOf(found);
            assertEquals(once.size(), found.size(), "seed " + seed + ": one is found twice by " + pods);
            for (ResolvedRule rule : rules) {
                LabelSelector peer = rule.pods().orElseThrow().selection().selector();
                assertTrue(
                        once.contains(rule.rule().index()) || !meet(peer, pods, all),
                        "seed " + seed + ": the rule for " + peer + " is not found by " + pods);
            }
            leftOut += rules.size() - found.size();
        }
        assertTrue(leftOut > SEEDS / 4, leftOut + " left out");
    }
}
