package dev.bulkhead.testkit.faults;

import java.util.SplittableRandom;

/** Which of the requests that fit a rule it applies to. */
public interface Times {

    /** @param occurrence how many requests have fitted, this one included */
    boolean isDue(int occurrence);

    static Times always() {
        return occurrence -> true;
    }

    /** @param number 1 for the first */
    static Times nth(int number) {
        return occurrence -> occurrence == number;
    }

    static Times first(int count) {
        return occurrence -> occurrence <= count;
    }

    static Times every(int step) {
        return occurrence -> occurrence % step == 0;
    }

    /** By chance, but the same requests again for the same seed. */
    static Times chance(double probability, long seed) {
        return occurrence -> new SplittableRandom(seed + occurrence * 0x9E3779B97F4A7C15L).nextDouble() < probability;
    }
}
