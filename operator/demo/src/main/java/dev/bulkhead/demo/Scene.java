package dev.bulkhead.demo;

import java.util.List;
import java.util.Optional;

/** What is open between whom before and after something happens, and on the way. */
final class Scene {

    private final Onlooker onlooker;
    private final PolicyJournal journal;
    private final Connectivity before;
    private final int mark;

    /** Begins now. */
    Scene(Onlooker onlooker, PolicyJournal journal) {
        this.onlooker = onlooker;
        this.journal = journal;
        this.before = onlooker.look();
        this.mark = journal.size();
    }

    /** How many policy writes there were since the scene began. */
    int writes() {
        return journal.size() - mark;
    }

    /** A line for each of them. */
    List<String> written() {
        return journal.since(mark).stream().map(PolicyJournal.Entry::toString).toList();
    }

    /** Replays all writes since the scene began: none of them opened or closed anything but for good. */
    ClaimFinding neitherGapNorHole() {
        var states = journal.statesSince(mark);
        var last = states.get(states.size() - 1);
        if (!last.equals(onlooker.policies())) {
            return ClaimFinding.when(false, "the watch has not told of all writes yet");
        }
        Census census = onlooker.census();
        Connectivity after = census.under(last.values());
        for (int i = 0; i < states.size(); i++) {
            Connectivity between = census.under(states.get(i).values());
            Optional<String> flaw = Connectivity.flaw(before, between, after);
            if (flaw.isPresent()) {
                return ClaimFinding.when(false, "after write " + i + " of " + writes() + " there is " + flaw.get());
            }
        }
        return ClaimFinding.when(true, "looked at after each of " + writes() + (writes() == 1 ? " write" : " writes"));
    }
}
