package dev.bulkhead.demo;

/** Something that the story claims is not so. It has been told; the story ends here. */
final class ClaimFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClaimFailedException(String claim) {
        super(claim);
    }
}
