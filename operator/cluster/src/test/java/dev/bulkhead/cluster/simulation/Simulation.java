package dev.bulkhead.cluster.simulation;

import dev.bulkhead.cluster.simulation.Coroutine.Fate;
import dev.bulkhead.cluster.simulation.SimulatedApiServer.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One run of a scenario: at each moment it lists what could happen next, and has somebody choose. The same choices give
 * the same run.
 */
final class Simulation implements Replica.Scheduler {

    /** Chooses among things that could happen next. */
    interface Chooser {

        int choose(int options);
    }

    /** How a run is disturbed beyond what happens to requests. */
    interface Mischief {

        Mischief NONE = simulation -> {};

        void before(Simulation simulation);

        /**
         * What a process is given that reads a kind for the first time.
         *
         * @return the revision of the list
         */
        default long firstList(String kind, long revision) {
            return revision;
        }
    }

    /** A point at which a process can be cut, or a request go wrong. */
    record Place(int index, boolean request, Coroutine.Sort sort, String title) {

        boolean writesPolicy() {
            return sort == Coroutine.Sort.WRITES_POLICY;
        }

        boolean writesStatus() {
            return sort == Coroutine.Sort.WRITES_STATUS;
        }
    }

    /**
     * @param violations empty if all is well
     * @param script what happened, for people
     * @param dual how long two replicas led at once
     */
    record Result(
            List<String> violations,
            long states,
            long statuses,
            Set<Integer> distinct,
            List<Place> places,
            long faults,
            Map<?, ?> finalState,
            Duration dual,
            List<String> script) {

        String explained(String title) {
            return title + "\n  " + String.join("\n  ", violations) + "\n  what happened:\n    "
                    + String.join("\n    ", script);
        }
    }

    private record Action(String title, Runnable doing) {}

    private record Timer(Duration at, long order, Replica replica, String title, Runnable task) {}

    private static final int LONGEST = 20_000;
    private static final Duration NOBODY_WAITS_LONGER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATE = Duration.ofMillis(1);
    private static final Duration REQUEST = Duration.ofMillis(2);

    private final Scenario scenario;
    private final Chooser chooser;
    private final Faults faults;
    private final Mischief mischief;
    private final Bug bug;
    private final VirtualTime time = new VirtualTime();
    private final SimulatedApiServer server = new SimulatedApiServer(time.right());
    private final List<Replica> replicas = new ArrayList<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparing(Timer::at).thenComparing(Timer::order));
    /** What waits for nothing but its turn. */
    private final List<Timer> due = new ArrayList<>();

    private final Set<Replica> stopped = new HashSet<>();
    private final List<Place> places = new ArrayList<>();
    private final List<String> script = new ArrayList<>();
    private final Judge judge;
    private String writer = "";
    private long timersMade;
    /** From when on nothing happens any more, so that nothing is to be written. */
    private boolean quiet;

    private int processes;
    private long injected;
    private Duration lastChange = Duration.ZERO;

    private Simulation(Scenario scenario, int leaders, Chooser chooser, Faults faults, Mischief mischief, Bug bug) {
        this.scenario = scenario;
        this.chooser = chooser;
        this.faults = faults;
        this.mischief = mischief;
        this.bug = bug;
        scenario.initial().forEach(object -> server.apply(object, "kubectl"));
        judge = new Judge(server, new Connections(scenario.pods()), time);
        server.observe(this::changed, this::restored);
        for (int i = 0; i < leaders; i++) {
            start(i == 0);
        }
    }

    /** The steps one after the other, each carried to its end. */
    static Result run(Scenario scenario, int leaders, Chooser chooser, Faults faults, Mischief mischief, Bug bug) {
        Simulation simulation = new Simulation(scenario, leaders, chooser, faults, mischief, bug);
        simulation.rest();
        for (Scenario.Step step : scenario.steps()) {
            if (simulation.judge.violations().isEmpty()) {
                simulation.perform(step);
                simulation.rest();
            }
        }
        return simulation.end(leaders);
    }

    /** The steps at any time, as soon as the product has come to rest for the first time. */
    static Result runOverlapping(
            Scenario scenario, int leaders, Chooser chooser, Faults faults, Mischief mischief, Bug bug) {
        Simulation simulation = new Simulation(scenario, leaders, chooser, faults, mischief, bug);
        simulation.rest();
        simulation.settle(new ArrayList<>(scenario.steps()));
        simulation.rest();
        return simulation.end(leaders);
    }

    private Result end(int leaders) {
        if (judge.violations().isEmpty()) {
            quiet = true;
            long before = judge.states() + judge.saying();
            replicas.forEach(Replica::wakeAll);
            settle(List.of());
            if (judge.states() + judge.saying() != before) {
                judge.fail("nothing changed, and yet it writes");
            }
            judge.atRest();
        }
        replicas.forEach(Replica::crash);
        return new Result(
                judge.violations(),
                judge.states(),
                judge.saying(),
                judge.distinct(),
                places,
                injected,
                judge.finalState(),
                leaders > 1 ? time.elapsed() : Duration.ZERO,
                script);
    }

    /** @param reports whether it writes statuses; of two that lead for long, each would contradict the other for ever */
    private void start(boolean reports) {
        processes++;
        replicas.add(new Replica("operator-" + processes, server, time, this, bug, reports));
    }

    private void perform(Scenario.Step step) {
        script("somebody: " + step.title());
        step.doing().accept(server);
    }

    private void rest() {
        settle(List.of());
        if (judge.isToldOfFights()) {
            // Each namespace is looked at every ten minutes; it shows that they are over.
            replicas.forEach(Replica::wakeAll);
            settle(List.of());
        }
        judge.atRest();
    }

    /** @param steps to be performed meanwhile, in their order */
    private void settle(List<Scenario.Step> steps) {
        for (int i = 0; i < LONGEST && judge.violations().isEmpty(); i++) {
            if (!quiet) {
                mischief.before(this);
            }
            List<Action> actions = actions();
            if (!steps.isEmpty()) {
                actions.add(new Action("", () -> perform(steps.remove(0))));
            }
            if (actions.isEmpty()) {
                timers.removeIf(timer -> !timer.replica().isAlive());
                replicas.forEach(Replica::lookAtReportsLater);
                judge.waiting();
                if (timers.isEmpty() || timers.peek().at().minus(lastChange).compareTo(NOBODY_WAITS_LONGER) > 0) {
                    return;
                }
                fire(timers.remove());
            } else {
                actions.get(actions.size() == 1 ? 0 : chooser.choose(actions.size()))
                        .doing()
                        .run();
            }
        }
        if (judge.violations().isEmpty()) {
            judge.fail("does not come to rest");
        }
    }

    private List<Action> actions() {
        List<Action> actions = actionsOf(
                replicas.stream().filter(replica -> !stopped.contains(replica)).toList());
        if (actions.isEmpty() && !stopped.isEmpty()) {
            script("whoever was stopped goes on");
            stopped.clear();
            return actionsOf(List.copyOf(replicas));
        }
        return actions;
    }

    private List<Action> actionsOf(List<Replica> some) {
        List<Action> actions = new ArrayList<>();
        due.removeIf(timer -> !timer.replica().isAlive());
        for (Timer timer : due) {
            if (some.contains(timer.replica())) {
                actions.add(new Action("", () -> {
                    due.remove(timer);
                    script(timer.title());
                    timer.task().run();
                }));
            }
        }
        for (Replica replica : some) {
            for (Coroutine coroutine : replica.running()) {
                actions.add(new Action("", () -> resume(replica, coroutine)));
            }
            for (String kind : replica.deliverable()) {
                actions.add(new Action("", () -> replica.deliver(kind)));
            }
            for (String namespace : replica.startable()) {
                actions.add(new Action("", () -> {
                    script(replica + " reconciles " + namespace);
                    replica.begin(namespace);
                }));
            }
            if (replica.hasReport()) {
                actions.add(new Action("", replica::sendReport));
            }
        }
        return actions;
    }

    private void fire(Timer timer) {
        if (timer.at().compareTo(time.elapsed()) > 0) {
            time.pass(timer.at().minus(time.elapsed()));
        }
        // A timer never goes off before its time is over.
        time.pass(LATE);
        if (timer.replica().isAlive()) {
            script(timer.title());
            timer.task().run();
        }
    }

    /** Time passes, so that timers run out while other things could still happen. */
    void passTime() {
        replicas.forEach(Replica::lookAtReportsLater);
        timers.removeIf(timer -> !timer.replica().isAlive());
        if (!timers.isEmpty() && timers.peek().at().minus(time.elapsed()).compareTo(SOON) < 0) {
            fire(timers.remove());
        }
    }

    private void resume(Replica replica, Coroutine coroutine) {
        Fate fate = Fate.GRANTED;
        if (coroutine.hasBegun()) {
            fate = faults.fate(places.size(), coroutine);
            places.add(new Place(places.size(), coroutine.isRequest(), coroutine.sort(), coroutine.toString()));
            time.pass(REQUEST);
        }
        script(coroutine + (fate == Fate.GRANTED ? "" : ": " + fate));
        if (fate != Fate.GRANTED) {
            injected++;
        }
        if (fate == Fate.CRASH || (fate != Fate.GRANTED && replica.isStarting())) {
            crash(replica);
        } else {
            replica.resume(coroutine, fate);
        }
    }

    /** Somebody sets the wall clock of the operator. */
    void setClock(Duration step) {
        script("the wall clock is set by " + step);
        time.setBy(step);
    }

    /** A process is stopped where it is until the others have nothing left to do, or goes on. */
    void stopOrGoOn(Replica replica) {
        boolean goesOn = stopped.remove(replica);
        if (!goesOn) {
            stopped.add(replica);
        }
        script(replica + (goesOn ? " goes on" : " is stopped"));
    }

    /** A process ends, and another one takes its place. */
    void crash(Replica replica) {
        script(replica + " crashes");
        replica.crash();
        replicas.remove(replica);
        stopped.remove(replica);
        start(replica.reports());
    }

    List<Replica> replicas() {
        return replicas;
    }

    private void changed(Change change) {
        lastChange = time.elapsed();
        if (!writer.isEmpty() && change.kind().equals("NetworkPolicy")) {
            judge.written(writer, change);
        } else if (!writer.isEmpty()) {
            judge.said(writer, change);
        } else {
            judge.inputChanged();
        }
    }

    /** What the restore itself changes is nobody's fault; from then on writes are judged again. */
    private void restored() {
        lastChange = time.elapsed();
        judge.restored();
        replicas.forEach(Replica::cut);
    }

    @Override
    public boolean isLate() {
        return chooser.choose(2) == 1;
    }

    @Override
    public <T> T byProduct(String title, Supplier<T> request) {
        writer = title;
        try {
            return request.get();
        } finally {
            writer = "";
        }
    }

    @Override
    public void later(Replica replica, Duration delay, String title, Runnable task) {
        Timer timer = new Timer(time.elapsed().plus(delay), timersMade++, replica, title, task);
        if (delay.isZero()) {
            due.add(timer);
        } else {
            timers.add(timer);
        }
    }

    @Override
    public long firstList(String kind, long revision) {
        return mischief.firstList(kind, revision);
    }

    @Override
    public void script(String line) {
        script.add(time.elapsed().toMillis() + " ms  " + line);
    }

    @Override
    public void failed(String problem) {
        judge.fail(problem);
    }

    @Override
    public String toString() {
        return scenario.name();
    }
}
