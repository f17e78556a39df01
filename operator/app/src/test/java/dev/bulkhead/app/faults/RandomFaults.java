package dev.bulkhead.app.faults;

import dev.bulkhead.testkit.faults.Disturbance;
import dev.bulkhead.testkit.faults.Fault;
import dev.bulkhead.testkit.faults.FaultProxy;
import dev.bulkhead.testkit.faults.Injection;
import dev.bulkhead.testkit.faults.Match;
import dev.bulkhead.testkit.faults.Times;
import dev.bulkhead.testkit.faults.WatchFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Faults of every kind that the proxy knows, by chance, in force until they are closed. Only lists that lack items are left
 * out: whoever is told so by an API server has to believe that they are gone.
 */
final class RandomFaults implements AutoCloseable {

    private static final List<Integer> CODES = List.of(401, 403, 409, 410, 422, 500, 503);
    private static final List<Match> REQUESTS = List.of(
            Match.writes().of("networkpolicies"),
            Match.writes(),
            Match.verbs("get", "list"),
            Match.watches(),
            Match.all());
    private static final List<Match> WATCHES = List.of(
            Match.all(),
            Match.watches().of("networkpolicies"),
            Match.watches().of("accessintents"),
            Match.watches().of("segments"),
            Match.watches().of("namespaces", "pods"));

    private final FaultProxy proxy;
    private final Random random;
    private final List<AutoCloseable> inForce = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private int hits;

    RandomFaults(FaultProxy proxy, Random random) {
        this.proxy = proxy;
        this.random = random;
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            if (random.nextInt(3) == 0) {
                breakWatches();
            } else if (random.nextInt(8) == 0) {
                told.add("nobody listens");
                inForce.add(proxy.refuseConnections());
                hits++;
            } else {
                breakRequests();
            }
        }
    }

    private void breakRequests() {
        Match match = oneOf(REQUESTS);
        int kind =
                random.nextInt(match.verbs().contains("watch") || match.verbs().isEmpty() ? 5 : 8);
        int code = oneOf(CODES);
        Fault fault = switch (kind) {
            case 0, 1 -> Fault.answer(code);
            case 2 -> Fault.tooManyRequests(Duration.ofSeconds(1));
            case 3 -> Fault.dropped();
            case 4 -> Fault.slow(Duration.ofMillis(random.nextInt(400)));
            case 5 -> Fault.lostAnswer();
            case 6 -> Fault.cutAnswer();
            default -> match.verbs().contains("list") ? Fault.stale() : Fault.unanswered();
        };
        double probability = random.nextDouble();
        // Nothing comes of waiting for more than one answer that never comes but a longer test.
        Times times = kind == 7 && !match.verbs().contains("list")
                ? Times.nth(1)
                : Times.chance(probability, random.nextLong());
        told.add("requests " + match.verbs() + " " + match.resources() + " kind " + kind + " code " + code
                + " probability " + probability);
        inForce.add(proxy.inject(match, times, fault));
    }

    private void breakWatches() {
        Match match = oneOf(WATCHES);
        int kind = random.nextInt(6);
        told.add("watches of " + match.resources() + " kind " + kind);
        switch (kind) {
            case 0 -> {
                proxy.cutWatches(match);
                hits++;
            }
            case 1 -> {
                proxy.expireWatches(match);
                hits++;
            }
            case 2 -> inForce.add(proxy.disturb(match, WatchFault.silent()));
            case 3 -> inForce.add(proxy.disturb(match, WatchFault.late(Duration.ofMillis(random.nextInt(1000)))));
            case 4 -> inForce.add(proxy.disturb(match, WatchFault.duplicated()));
            default -> inForce.add(proxy.disturb(match, WatchFault.without(event -> event.contains("MODIFIED"))));
        }
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** How often one of them met a request or an event, as far as is known until they are closed. */
    int hits() {
        return hits;
    }

    @Override
    public void close() {
        for (AutoCloseable one : inForce) {
            if (one instanceof Injection injection) {
                hits += injection.hits();
                injection.close();
            } else if (one instanceof Disturbance disturbance) {
                hits += disturbance.hits();
                disturbance.close();
            } else if (one instanceof FaultProxy.Refusal refusal) {
                refusal.close();
            }
        }
        inForce.clear();
        // What was lost is made up for by the next list alone.
        proxy.expireWatches(Match.all());
    }

    @Override
    public String toString() {
        return String.join("; ", told);
    }
}
