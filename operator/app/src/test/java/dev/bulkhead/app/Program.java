package dev.bulkhead.app;

import java.io.StringWriter;
import java.util.List;

/** Runs the program inside this one. */
public final class Program {

    /** What a run left. */
    public record Result(int exitCode, String out, String err) {}

    private Program() {}

    public static Result run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.printingTo(Main.commandLine(), out, err, false).execute(arguments.toArray(String[]::new));
        return new Result(exitCode, out.toString(), err.toString());
    }
}
