package dev.bulkhead.cluster.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import dev.bulkhead.cluster.simulation.Simulation.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A sample of what can be explored; {@code -Dsimulation=full} explores all of it, and {@code -Dsimulation.seed=} replays
 * one random run.
 */
class SimulationTest {

    private static final boolean FULL = "full".equals(System.getProperty("simulation"));
    private static final int ORDERS = Integer.getInteger("simulation.orders", FULL ? 120 : 10);

    @Test
    void inEveryOrderThatIsTriedEveryWriteIsSafe() {
        explore("orders", exploration -> exploration.orders(scenarios(), ORDERS));
    }

    @Test
    @Tag("long")
    void f01_aProcessThatEndsBeforeAnyWriteLeavesASafeStateAndTheNextOneFinishes() {
        explore(
                "crash points before writes",
                exploration -> exploration.crashPoints(
                        scenarios(), FULL ? 8 : 1, place -> place.writesPolicy() && place.request(), 1));
    }

    @Test
    @Tag("long")
    void f02_soDoesOneThatEndsAfterAWriteAndBeforeItsAnswerIsRead() {
        explore(
                "crash points after writes",
                exploration -> exploration.crashPoints(
                        scenarios(), FULL ? 8 : 1, place -> place.writesPolicy() && !place.request(), 1));
    }

    @Test
    @Tag("long")
    void f03_aStatusThatAProcessEndedOverIsWrittenByTheNextOne() {
        explore(
                "crash points at statuses",
                exploration -> exploration.crashPoints(scenarios(), FULL ? 8 : 1, Place::writesStatus, FULL ? 1 : 10));
    }

    @Test
    @Tag("long")
    void f04_aPolicyWithAFinalizerGoesThoughAProcessEndsWhileItIsTakenOff() {
        explore(
                "crash points at finalizers",
                exploration -> exploration.crashPoints(
                        scenarios().stream()
                                .filter(scenario -> scenario.name().equals("finalizers"))
                                .toList(),
                        FULL ? 40 : 4,
                        Place::writesPolicy,
                        1));
    }

    @Test
    @Tag("long")
    void f05_theNextProcessMayEndAsWell() {
        explore("crash points of the next process", exploration -> {
            for (int apart = FULL ? 1 : 20; apart <= (FULL ? 40 : 20); apart += 4) {
                exploration.crashesOfTheNextProcess(scenarios(), apart, apart);
            }
        });
    }

    @Test
    @Tag("long")
    void f06_processesThatAreKilledAgainAndAgainLeaveSafeStatesAndTheLastOneFinishes() {
        explore(
                "processes that are killed",
                exploration -> exploration.killedAgainAndAgain(scenarios(), FULL ? 40 : 1));
    }

    @Test
    @Tag("long")
    void whatAWatchDidNotShowIsFoundInTheNextList() {
        explore("watches that are cut", exploration -> exploration.gaps(scenarios(), FULL ? 100 : 10));
    }

    @Test
    @Tag("long")
    void everyRequestMayFailInEveryWay() {
        explore("errors", exploration -> exploration.errors(scenarios(), 1, FULL ? 1 : 30));
    }

    /** What their watches show is apart by up to half a minute. */
    @Test
    @Tag("long")
    void f35_twoReplicasThatLeadAtOnceAreSafeAndComeToRest() {
        explore("two leaders", exploration -> exploration.twoLeaders(scenarios(), FULL ? 40 : 3));
    }

    /** One is stopped in the middle of a pass, and goes on when the other one has taken over long since. */
    @Test
    @Tag("long")
    void f37_oneThatWasStoppedAndGoesOnWithWhatItMeantToWriteIsSafe() {
        explore("stopped leaders", exploration -> exploration.stoppedLeaders(scenarios(), FULL ? 40 : 3));
    }

    /**
     * A status that a backup brings back before its successor was ever shown looks like a late list until the versions are
     * compared; that takes a leader that is stopped at that very moment, and is no subject of this.
     */
    @Test
    @Tag("long")
    void afterARestoreEverythingIsReadAnewAndEveryWriteIsSafeThoughRequestsFail() {
        explore("restored backups", exploration -> {
            exploration.orders(Scenarios.restored(), FULL ? 60 : 2);
            exploration.overlapping(Scenarios.restored(), FULL ? 60 : 2);
            List<Scenario> some =
                    FULL ? Scenarios.restored() : Scenarios.restored().subList(0, 1);
            exploration.crashPoints(some, FULL ? 2 : 1, Place::writesPolicy, 1);
            exploration.crashPoints(some, FULL ? 2 : 1, Place::writesStatus, FULL ? 1 : 20);
            exploration.errors(Scenarios.restored(), 1, FULL ? 4 : 200);
        });
    }

    /** Those that differ from the first one at up to three moments, as many as there is time for. */
    @Test
    @Tag("long")
    void inSmallWorldsOrdersAreTriedOneAfterTheOther() {
        explore("small worlds", exploration -> {
            for (Scenario scenario : Scenarios.smallWorlds()) {
                exploration.allOrders(scenario, 1, FULL ? 3 : 1, FULL ? 3_000 : 150);
            }
        });
    }

    /** Drawn by lot where there are more than there is time for. */
    @Test
    @Tag("long")
    void inSmallWorldsUpToTwoFaultsComeAtAnyMoment() {
        explore("small worlds with faults", exploration -> {
            for (Scenario scenario : Scenarios.smallWorlds()) {
                exploration.faultsInAllOrders(scenario, FULL ? 3_000 : 60);
            }
        });
    }

    @Test
    @Tag("long")
    void f29_aProcessThatIsGivenAnOldListAtFirstOpensAndClosesNothingWrong() {
        explore("old first lists", exploration -> exploration.oldFirstLists(scenarios(), FULL ? 40 : 3));
    }

    @Test
    @Tag("long")
    void whateverGoesWrongItIsSafeAndComesToRest() {
        explore(
                "random",
                exploration -> seeds().forEach(seed -> {
                    List<Scenario> all = List.copyOf(scenarios());
                    exploration.random(all.get((int) (seed % all.size())), seed);
                }));
    }

    private static LongStream seeds() {
        Long one = Long.getLong("simulation.seed");
        return one == null ? LongStream.range(0, FULL ? 4_000 : 200) : LongStream.of(one);
    }

    private static Collection<Scenario> scenarios() {
        List<Scenario> all = new ArrayList<>(Scenarios.named());
        all.addAll(Scenarios.acrossNamespaces());
        return all;
    }

    private static void explore(String title, Consumer<Exploration> exploring) {
        Exploration exploration = new Exploration(Bug.NONE, false);
        exploring.accept(exploration);
        System.out.println(title + ": " + exploration.figures());
        assertFalse(exploration.hasRunNothing(), title);
        if (!exploration.failures().isEmpty()) {
            fail(exploration.failures().size() + " runs failed, such as "
                    + exploration.failures().get(0));
        }
    }
}
