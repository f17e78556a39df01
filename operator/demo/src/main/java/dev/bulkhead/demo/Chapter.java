package dev.bulkhead.demo;

/** One step of the story. */
interface Chapter {

    String title();

    /** @throws ClaimFailedException if something that it claims is not so */
    void tell();
}
