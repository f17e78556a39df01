package dev.bulkhead.cluster.simulation;

import dev.bulkhead.cluster.simulation.Coroutine.Fate;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What goes wrong with requests. */
interface Faults {

    Faults NONE = (place, coroutine) -> Fate.GRANTED;

    /**
     * @param place how many requests and answers there were before
     * @param coroutine about to send a request, or to read an answer
     */
    Fate fate(int place, Coroutine coroutine);

    static Faults at(Map<Integer, Fate> fates) {
        return (place, coroutine) -> fates.getOrDefault(place, Fate.GRANTED);
    }

    /** One of so many requests goes wrong, but no more than there may. */
    static Faults random(Random random, int oneOf, int most) {
        List<Fate> all = List.of(Fate.values());
        int[] left = {most};
        return (place, coroutine) -> {
            if (left[0] == 0 || random.nextInt(oneOf) != 0) {
                return Fate.GRANTED;
            }
            left[0]--;
            Fate fate = coroutine.isRequest() ? all.get(random.nextInt(all.size())) : Fate.CRASH;
            // The list of a kind fails as a whole, and the process ends.
            return fate;
        };
    }
}
