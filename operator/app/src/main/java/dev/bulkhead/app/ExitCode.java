package dev.bulkhead.app;

/** What the program tells whoever started it; the same for every command. */
public final class ExitCode {

    /** As expected. */
    public static final int AS_EXPECTED = 0;
    /** It could not do what it was asked for. */
    public static final int FAILED = 1;
    /** Differences, findings or failing tests. */
    public static final int DIFFERENT = 2;
    /** A guardrail forbids it. */
    public static final int FORBIDDEN = 3;

    private ExitCode() {}
}
