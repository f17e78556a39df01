package dev.bulkhead.app.status;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Direction;
import java.util.Locale;
import java.util.Optional;

/** What the team at the other end of a rule declares, if it agrees: the same ends and the same ports, seen from there. */
public final class MatchingRule {

    private static final int LONGEST_NAME = 63;

    private MatchingRule() {}

    /** Absent where the rule names no workload: nobody here knows which one another team would declare. */
    public static Optional<DeclaredIntent> of(DeclaredIntent intent, Rule rule) {
        return rule.peer().asWorkload().map(peer -> {
            Direction direction = rule.direction().opposite();
            Peer self = new Peer.OfWorkload(intent.key().namespace(), intent.workload());
            return new DeclaredIntent(
                    new DeclaredIntent.Key(peer.namespace(), name(peer.workload(), direction, intent.workload())),
                    peer.workload(),
                    ImmutableList.of(new Rule(direction, 0, self, rule.ports(), "")));
        });
    }

    private static String name(WorkloadSelector self, Direction direction, WorkloadSelector other) {
        String name = word(self) + (direction == Direction.EGRESS ? "-to-" : "-from-") + word(other);
        return name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("[^a-z0-9]+$", "");
    }

    /** The last word of what it is called: the name of a service account or of an owner. */
    private static String word(WorkloadSelector workload) {
        String[] words = workload.toString().toLowerCase(Locale.ROOT).split("[^a-z0-9-]+", -1);
        String last = words[words.length - 1].replaceAll("^-+|-+$", "");
        return last.isEmpty() ? "pods" : last;
    }
}
