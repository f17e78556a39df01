package dev.bulkhead.app;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** For the scripts that complete words in shells: what the last of some words may become, one to a line. */
@Command(
        name = "__complete",
        hidden = true,
        description = "Prints what the last word may become, one to a line; for scripts that complete words in shells.")
final class CompleteCommand implements Callable<Integer> {

    /** As the program has it; people write it in lower case, as the help does. */
    private static final Pattern CONSTANT = Pattern.compile("[A-Z_]+");

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "WORD",
            description = "What has been typed, without the program, after --.")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        String[] typed = words.isEmpty() ? new String[] {""} : words.toArray(String[]::new);
        String last = typed[typed.length - 1];
        List<CharSequence> ends = new ArrayList<>();
        AutoComplete.complete(spec.root(), typed, typed.length - 1, last.length(), last.length(), ends);
        ends.stream()
                .map(end -> last + end)
                .filter(word -> !word.startsWith("__"))
                .map(word -> CONSTANT.matcher(word).matches() ? word.toLowerCase(Locale.ROOT) : word)
                .distinct()
                .sorted()
                .forEach(out::println);
        out.flush();
        return ExitCode.AS_EXPECTED;
    }
}
