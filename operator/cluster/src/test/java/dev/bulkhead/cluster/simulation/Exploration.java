package dev.bulkhead.cluster.simulation;

import dev.bulkhead.cluster.simulation.Coroutine.Fate;
import dev.bulkhead.cluster.simulation.Simulation.Mischief;
import dev.bulkhead.cluster.simulation.Simulation.Place;
import dev.bulkhead.cluster.simulation.Simulation.Result;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Runs scenarios in many ways, and counts what it saw. */
final class Exploration {

    /** What can change while nothing else does: of pods and namespaces the judge thinks that they are always there. */
    private static final Set<String> DECLARED = Set.of("AccessIntent", "Segment", "Guardrail", "NetworkPolicy");

    private static final Set<Fate> ERRORS = EnumSet.complementOf(EnumSet.of(Fate.GRANTED, Fate.CRASH));

    private static final int KILLS = 60;
    /** On average; few processes come to rest that soon. */
    private static final int MOMENTS_OF_A_LIFE = 20;

    private final Bug bug;
    private final boolean untilTheFirst;
    private final Set<Integer> distinct = new HashSet<>();
    private final List<String> failures = new ArrayList<>();
    private long runs;
    private long states;
    private long crashes;
    private long errors;
    private long wrongFinalStates;
    private long gaps;
    private long holes;
    private long statuses;
    private long untrue;
    private Duration dual = Duration.ZERO;

    /** @param untilTheFirst whether nothing more is run once a run has failed */
    Exploration(Bug bug, boolean untilTheFirst) {
        this.bug = bug;
        this.untilTheFirst = untilTheFirst;
    }

    /** With no fault, in so many orders. */
    void orders(Collection<Scenario> scenarios, int seeds) {
        for (Scenario scenario : scenarios) {
            for (int seed = 0; seed < seeds && goesOn(); seed++) {
                run(scenario, 1, seed, Map.of());
            }
        }
    }

    /** With no fault, by people who do not wait, in so many orders. */
    void overlapping(Collection<Scenario> scenarios, int seeds) {
        for (Scenario scenario : scenarios) {
            for (int seed = 0; seed < seeds && goesOn(); seed++) {
                Random random = new Random(seed);
                Result result =
                        Simulation.runOverlapping(scenario, 1, random::nextInt, Faults.NONE, Mischief.NONE, bug);
                count(result, scenario + " by people who do not wait, order " + seed);
            }
        }
    }

    /** Watches are cut all the time, and what they would have shown is no longer kept. */
    void gaps(Collection<Scenario> scenarios, int seeds) {
        for (Scenario scenario : scenarios) {
            for (int seed = 0; seed < seeds && goesOn(); seed++) {
                Random random = new Random(seed);
                Mischief mischief = simulation -> simulation
                        .replicas()
                        .forEach(replica -> replica.deliverable().stream()
                                .filter(kind -> random.nextInt(3) == 0)
                                .toList()
                                .forEach(replica::relist));
                Result result = Simulation.run(scenario, 1, random::nextInt, Faults.NONE, mischief, bug);
                count(result, scenario + " with watches that are cut, order " + seed);
            }
        }
    }

    /**
     * Ends the process at each of these places: before a request, or after it was carried out and before its answer is read.
     *
     * @param oneOf so many of these places one is taken, another one with each seed
     */
    void crashPoints(Collection<Scenario> scenarios, int seeds, Predicate<Place> where, int oneOf) {
        for (Scenario scenario : scenarios) {
            for (int seed = 0; seed < seeds && goesOn(); seed++) {
                Result uncut = run(scenario, 1, seed, Map.of());
                int turn = 0;
                for (Place place : uncut.places()) {
                    if (where.test(place) && turn++ % oneOf == seed % oneOf && goesOn()) {
                        crashes++;
                        Result cut = run(scenario, 1, seed, Map.of(place.index(), Fate.CRASH));
                        compare(scenario, seed, place, uncut, cut);
                    }
                }
            }
        }
    }

    /** Processes end again and again, however far each has come, while people change things and do not wait. */
    void killedAgainAndAgain(Collection<Scenario> scenarios, int seeds) {
        for (Scenario scenario : scenarios) {
            for (int seed = 0; seed < seeds && goesOn(); seed++) {
                Random random = new Random(seed);
                Mischief mischief = new Mischief() {
                    private int left = KILLS;

                    @Override
                    public void before(Simulation simulation) {
                        if (left > 0 && random.nextInt(MOMENTS_OF_A_LIFE) == 0) {
                            left--;
                            crashes++;
                            simulation.crash(simulation.replicas().get(0));
                        }
                    }
                };
                Result result = Simulation.runOverlapping(scenario, 1, random::nextInt, Faults.NONE, mischief, bug);
                count(result, scenario + " with processes that are killed again and again, order " + seed);
            }
        }
    }

    /** As {@link #crashPoints}, with the next process cut as well, some requests later. */
    void crashesOfTheNextProcess(Collection<Scenario> scenarios, int seed, int apart) {
        for (Scenario scenario : scenarios) {
            Result uncut = run(scenario, 1, seed, Map.of());
            for (Place place : uncut.places()) {
                if (place.writesPolicy() && goesOn()) {
                    crashes += 2;
                    Result cut = run(
                            scenario, 1, seed, Map.of(place.index(), Fate.CRASH, place.index() + apart, Fate.CRASH));
                    compare(scenario, seed, place, uncut, cut);
                }
            }
        }
    }

    /**
     * Every request goes wrong in every way.
     *
     * @param oneOf so many of these ways one is tried, by turns
     */
    void errors(Collection<Scenario> scenarios, int seeds, int oneOf) {
        int turn = 0;
        for (Scenario scenario : scenarios) {
            for (int seed = 0; seed < seeds && goesOn(); seed++) {
                Result smooth = run(scenario, 1, seed, Map.of());
                for (Place place : smooth.places()) {
                    for (Fate error : place.request() && goesOn() ? ERRORS : Set.<Fate>of()) {
                        if (turn++ % oneOf == 0) {
                            errors++;
                            Result result = run(scenario, 1, seed, Map.of(place.index(), error));
                            compare(scenario, seed, place, smooth, result);
                        }
                    }
                }
            }
        }
    }

    /** Two replicas lead at once; what their watches show is apart by up to half a minute; people do not wait. */
    void twoLeaders(Collection<Scenario> scenarios, int seeds) {
        for (Scenario scenario : scenarios) {
            for (int seed = 0; seed < seeds && goesOn(); seed++) {
                Random random = new Random(seed);
                Mischief mischief = simulation -> {
                    if (random.nextInt(20) == 0) {
                        blind(simulation, random);
                    }
                };
                Result result = Simulation.runOverlapping(scenario, 2, random::nextInt, Faults.NONE, mischief, bug);
                count(result, "two leaders of " + scenario + ", seed " + seed);
            }
        }
    }

    /** Processes end and others begin all the time, and what those list first is old. */
    void oldFirstLists(Collection<Scenario> scenarios, int seeds) {
        for (Scenario scenario : scenarios) {
            for (int seed = 0; seed < seeds && goesOn(); seed++) {
                Random random = new Random(seed);
                Mischief mischief = new Mischief() {
                    private int left = 6;

                    @Override
                    public void before(Simulation simulation) {
                        if (left > 0 && random.nextInt(120) == 0) {
                            left--;
                            crashes++;
                            simulation.crash(simulation.replicas().get(0));
                        }
                    }

                    @Override
                    public long firstList(String kind, long revision) {
                        return DECLARED.contains(kind) && random.nextBoolean()
                                ? revision - random.nextInt(20 * SimulatedApiServer.STEP)
                                : revision;
                    }
                };
                Result result = Simulation.run(scenario, 1, random::nextInt, Faults.NONE, mischief, bug);
                count(result, scenario + " with first lists that are old, order " + seed);
            }
        }
    }

    /** Two replicas lead, and each is stopped now and then, for as long as the other one has something to do. */
    void stoppedLeaders(Collection<Scenario> scenarios, int seeds) {
        for (Scenario scenario : scenarios) {
            for (int seed = 0; seed < seeds && goesOn(); seed++) {
                Random random = new Random(seed);
                Mischief mischief = simulation -> {
                    if (random.nextInt(20) == 0) {
                        simulation.stopOrGoOn(simulation.replicas().get(random.nextInt(2)));
                    }
                };
                Result result = Simulation.runOverlapping(scenario, 2, random::nextInt, Faults.NONE, mischief, bug);
                count(result, "stopped leaders of " + scenario + ", seed " + seed);
            }
        }
    }

    /** A watch shows nothing for up to half a minute. */
    private static void blind(Simulation simulation, Random random) {
        Replica replica =
                simulation.replicas().get(random.nextInt(simulation.replicas().size()));
        if (!replica.isStarting()) {
            List<String> kinds = List.copyOf(replica.kinds());
            String kind = kinds.get(random.nextInt(kinds.size()));
            replica.silence(kind, true);
            simulation.later(
                    replica,
                    Duration.ofMillis(1 + random.nextInt(30_000)),
                    replica + " hears of " + kind + " again",
                    () -> replica.silence(kind, false));
        }
    }

    /** People do not wait, requests fail, watches are cut, time jumps, processes end. */
    Result random(Scenario scenario, long seed) {
        Random random = new Random(seed);
        Mischief mischief = simulation -> {
            switch (random.nextInt(100)) {
                case 0 -> simulation.passTime();
                case 1 -> relist(simulation, random);
                case 2 -> blind(simulation, random);
                case 3 -> simulation.setClock(Duration.ofHours(random.nextInt(49) - 24L));
                default -> {
                    // As it should.
                }
            }
        };
        Result result =
                Simulation.runOverlapping(scenario, 1, random::nextInt, Faults.random(random, 30, 6), mischief, bug);
        errors += result.faults();
        count(result, "random run of " + scenario + ", -Dsimulation.seed=" + seed);
        return result;
    }

    private static void relist(Simulation simulation, Random random) {
        Replica replica =
                simulation.replicas().get(random.nextInt(simulation.replicas().size()));
        if (!replica.isStarting()) {
            List<String> kinds = List.copyOf(replica.kinds());
            replica.relist(kinds.get(random.nextInt(kinds.size())));
        }
    }

    /**
     * All orders that differ from the first one at no more than so many moments, each with people who do not wait.
     *
     * @param budget of runs
     * @return whether all of them were run
     */
    boolean allOrders(Scenario scenario, int leaders, int deviations, long budget) {
        Deque<int[]> waiting = new ArrayDeque<>(List.of(new int[0]));
        long left = budget;
        while (!waiting.isEmpty() && left-- > 0 && goesOn()) {
            int[] choices = waiting.remove();
            List<Integer> options = new ArrayList<>();
            Result result = Simulation.runOverlapping(
                    scenario,
                    leaders,
                    of -> {
                        options.add(of);
                        return options.size() <= choices.length ? choices[options.size() - 1] : 0;
                    },
                    Faults.NONE,
                    Mischief.NONE,
                    bug);
            count(result, "orders of " + scenario + ", choices " + Arrays.toString(choices));
            long made = Arrays.stream(choices).filter(choice -> choice != 0).count();
            for (int moment = choices.length; made < deviations && moment < options.size(); moment++) {
                for (int other = 1; other < options.get(moment); other++) {
                    int[] longer = Arrays.copyOf(choices, moment + 1);
                    longer[moment] = other;
                    waiting.add(longer);
                }
            }
        }
        return waiting.isEmpty();
    }

    /**
     * All orders that differ from the first one at no more than one moment, each with up to two faults: writes that are
     * refused, answers that are lost, and watches that are cut.
     *
     * @param budget of runs; if there are more, they are drawn by lot
     */
    void faultsInAllOrders(Scenario scenario, int budget) {
        Random lot = new Random(0);
        List<Disturbed> waiting = new ArrayList<>(List.of(new Disturbed(List.of(), Map.of(), List.of())));
        for (int left = budget; left > 0 && !waiting.isEmpty() && goesOn(); left--) {
            Disturbed run = waiting.remove(left == budget ? 0 : lot.nextInt(waiting.size()));
            List<Integer> options = new ArrayList<>();
            Cuts cuts = new Cuts(run.cuts());
            Result result = Simulation.runOverlapping(
                    scenario,
                    1,
                    of -> {
                        options.add(of);
                        // With faults there may be fewer.
                        return options.size() <= run.choices().size()
                                ? Math.min(run.choices().get(options.size() - 1), of - 1)
                                : 0;
                    },
                    Faults.at(run.fates()),
                    cuts,
                    bug);
            errors += run.faults();
            count(result, scenario + ", " + run);
            waiting.addAll(run.further(options, result.places(), cuts.possible));
        }
    }

    /**
     * @param choices other than the first, if any
     * @param cuts the moments at which all watches are cut that have something to show
     */
    private record Disturbed(List<Integer> choices, Map<Integer, Fate> fates, List<Integer> cuts) {

        private static final int MOST = 2;

        private int faults() {
            return fates.size() + cuts.size();
        }

        /** Each differs by one more fault, or by one choice where there are no faults yet. */
        private List<Disturbed> further(List<Integer> options, List<Place> places, List<Integer> moments) {
            List<Disturbed> further = new ArrayList<>();
            for (int moment = 0; faults() == 0 && choices.isEmpty() && moment < options.size(); moment++) {
                for (int other = 1; other < options.get(moment); other++) {
                    List<Integer> longer = new ArrayList<>(Collections.nCopies(moment, 0));
                    longer.add(other);
                    further.add(new Disturbed(longer, Map.of(), List.of()));
                }
            }
            if (faults() < MOST) {
                int lastFate = fates.keySet().stream().max(Integer::compare).orElse(-1);
                int lastCut = cuts.isEmpty() ? -1 : cuts.get(cuts.size() - 1);
                for (Place place : cuts.isEmpty() ? places : List.<Place>of()) {
                    if (place.request() && place.writesPolicy() && place.index() > lastFate) {
                        for (Fate fate : List.of(Fate.UNAVAILABLE, Fate.ANSWER_LOST)) {
                            Map<Integer, Fate> more = new HashMap<>(fates);
                            more.put(place.index(), fate);
                            further.add(new Disturbed(choices, more, cuts));
                        }
                    }
                }
                for (int moment : moments) {
                    if (moment > lastCut) {
                        List<Integer> more = new ArrayList<>(cuts);
                        more.add(moment);
                        further.add(new Disturbed(choices, fates, more));
                    }
                }
            }
            return further;
        }

        @Override
        public String toString() {
            return "choices " + choices + ", faults " + fates + ", watches cut at " + cuts;
        }
    }

    /** Cuts watches at some moments, and notes at which others they could be cut. */
    private static final class Cuts implements Mischief {

        private final List<Integer> moments;
        private final List<Integer> possible = new ArrayList<>();
        private int moment;

        private Cuts(List<Integer> moments) {
            this.moments = moments;
        }

        @Override
        public void before(Simulation simulation) {
            moment++;
            if (simulation.replicas().stream()
                    .anyMatch(replica -> !replica.deliverable().isEmpty())) {
                possible.add(moment);
                if (moments.contains(moment)) {
                    simulation
                            .replicas()
                            .forEach(replica ->
                                    List.copyOf(replica.deliverable()).forEach(replica::relist));
                }
            }
        }
    }

    private boolean goesOn() {
        return !untilTheFirst || failures.isEmpty();
    }

    private Result run(Scenario scenario, int leaders, int seed, Map<Integer, Fate> fates) {
        Random random = new Random(seed);
        Result result =
                Simulation.run(scenario, leaders, random::nextInt, Faults.at(new HashMap<>(fates)), Mischief.NONE, bug);
        count(result, scenario + ", order " + seed + ", faults " + fates);
        return result;
    }

    private void compare(Scenario scenario, int seed, Place place, Result smooth, Result disturbed) {
        if (!smooth.finalState().equals(disturbed.finalState())
                && disturbed.violations().isEmpty()) {
            wrongFinalStates++;
            failures.add(disturbed.explained(
                    scenario + ", order " + seed + " ends elsewhere when disturbed at " + place.title()));
        }
    }

    private void count(Result result, String title) {
        runs++;
        states += result.states();
        statuses += result.statuses();
        distinct.addAll(result.distinct());
        dual = dual.plus(result.dual());
        if (!result.violations().isEmpty()) {
            gaps += result.violations().stream()
                    .filter(found -> found.startsWith("gap"))
                    .count();
            holes += result.violations().stream()
                    .filter(found -> found.startsWith("hole"))
                    .count();
            wrongFinalStates += result.violations().stream()
                    .filter(found -> found.startsWith("wrong final"))
                    .count();
            untrue += result.violations().stream()
                    .filter(found -> found.startsWith("wrong status") || found.startsWith("untrue status"))
                    .count();
            failures.add(result.explained(title));
        }
    }

    List<String> failures() {
        return failures;
    }

    boolean hasRunNothing() {
        return runs == 0;
    }

    String figures() {
        return "runs %,d; crash points %,d; states judged %,d, of these different %,d; statuses judged %,d; error injections %,d; two-leader minutes %,.1f; gaps %d, holes %d, wrong final states %d, untrue statuses %d, failures %d"
                .formatted(
                        runs,
                        crashes,
                        states,
                        distinct.size(),
                        statuses,
                        errors,
                        dual.toMillis() / 60e3,
                        gaps,
                        holes,
                        wrongFinalStates,
                        untrue,
                        failures.size());
    }
}
