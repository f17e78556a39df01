package dev.bulkhead.app.remote;

import java.time.Duration;

/**
 * How much a server is listened to, whatever it is: an address may be wrong.
 *
 * @param time for the whole of an answer, from the question on
 * @param bytes of an answer
 * @param refusalBytes of the reason why there is none
 */
record AnswerLimits(Duration time, int bytes, int refusalBytes) {

    /** A console that has most to say stays below half of it. */
    static final AnswerLimits USUAL = new AnswerLimits(Duration.ofSeconds(60), 32 << 20, 1 << 20);
}
