package dev.bulkhead.core;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that can be repeated. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both included. */
    int from(int least, int most) {
        return least + below(most - least + 1);
    }

    <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    boolean even() {
        return below(2) == 0;
    }

    boolean often() {
        return below(4) != 0;
    }

    boolean rarely() {
        return below(6) == 0;
    }

    boolean seldom() {
        return below(30) == 0;
    }
}
