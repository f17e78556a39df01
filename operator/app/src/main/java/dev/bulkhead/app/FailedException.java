package dev.bulkhead.app;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** What keeps a command from doing its work, told as lines for people. No stack trace is shown. */
public final class FailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ImmutableList<String> lines;

    /** @param lines each with the place, what is wrong, and the way out */
    public FailedException(List<String> lines) {
        super(String.join("\n", lines));
        this.lines = ImmutableList.copyOf(lines);
    }

    public FailedException(String line) {
        this(List.of(line));
    }

    public ImmutableList<String> lines() {
        return lines;
    }
}
