package dev.bulkhead.app;

import dev.bulkhead.app.terminal.Printable;
import dev.bulkhead.core.intent.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What is wrong with the arguments of a command, and what to write instead. */
final class Refusal {

    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[a-z][a-z-]*");
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("(?i)int|integer|long");

    private final CommandLine.ParameterException refusal;
    private final CommandSpec command;

    Refusal(CommandLine.ParameterException refusal) {
        this.refusal = refusal;
        this.command = refusal.getCommandLine().getCommandSpec();
    }

    /** In half a sentence or two. */
    String message() {
        if (refusal instanceof CommandLine.UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched());
        }
        if (refusal instanceof CommandLine.MissingParameterException missing) {
            return missing(missing.getMissing());
        }
        if (refusal instanceof CommandLine.MutuallyExclusiveArgsException) {
            List<String> options = OPTION.matcher(refusal.getMessage())
                    .results()
                    .map(MatchResult::group)
                    .distinct()
                    .toList();
            return String.join(" and ", options) + " exclude each other; give one of them";
        }
        if (refusal instanceof CommandLine.OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " is given twice; give it once";
        }
        ArgSpec argument = refusal.getArgSpec();
        return argument == null ? refusal.getMessage() : value(argument);
    }

    private String unmatched(List<String> arguments) {
        String first = arguments.get(0);
        String word = first.replaceFirst("=.*", "");
        if (word.startsWith("-") && word.length() > 1) {
            List<String> options = command.options().stream()
                    .filter(option -> !option.hidden())
                    .flatMap(option -> Stream.of(option.names()))
                    .toList();
            return "there is no option " + quoted(word)
                    + Spelling.nearest(word, options)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("; take it out");
        }
        if (command.subcommands().isEmpty()) {
            return quoted(first) + " is one argument too many; take it out";
        }
        List<String> commands = command.subcommands().entrySet().stream()
                .filter(one -> !one.getValue().getCommandSpec().usageMessage().hidden())
                .map(one -> one.getKey())
                .toList();
        return "there is no command " + quoted(first)
                + Spelling.nearest(first, commands)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("; there are " + String.join(", ", commands));
    }

    private String missing(List<ArgSpec> missing) {
        boolean value = missing.size() == 1
                && missing.get(0) instanceof OptionSpec
                && refusal.getMessage().contains("parameter for option");
        if (value) {
            return name(missing.get(0)) + " needs a value; write " + written(missing.get(0));
        }
        if (missing.stream().allMatch(PositionalParamSpec.class::isInstance)) {
            List<String> names = QUOTED.matcher(refusal.getMessage())
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            return String.join(" and ", names) + (names.size() == 1 ? " is" : " are") + " missing; write '"
                    + command.qualifiedName()
                    + " … "
                    + command.positionalParameters().stream()
                            .map(ArgSpec::paramLabel)
                            .collect(Collectors.joining(" "))
                    + "'";
        }
        return missing.stream().map(Refusal::name).collect(Collectors.joining(" or ")) + " is missing; write "
                + missing.stream().map(Refusal::written).collect(Collectors.joining(" or "));
    }

    private String value(ArgSpec argument) {
        String given = refusal.getValue();
        if (given == null) {
            return refusal.getMessage();
        }
        if (argument.arity().max() == 0) {
            return name(argument) + " takes no value; write " + written(argument);
        }
        if (argument.type().isEnum()) {
            List<String> words = Stream.of(argument.type().getEnumConstants())
                    .map(constant ->
                            constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList();
            return name(argument) + ": " + quoted(given) + " is none of " + String.join(", ", words)
                    + Spelling.nearest(given, words)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("");
        }
        if (WHOLE_NUMBER.matcher(argument.type().getSimpleName()).matches()) {
            return name(argument) + ": " + quoted(given) + " is no whole number; write " + written(argument);
        }
        return name(argument) + ": "
                + reason().orElse(quoted(given) + " is not understood; write " + written(argument));
    }

    /** Of whatever reads the value, which says what to write. */
    private Optional<String> reason() {
        return Optional.ofNullable(refusal.getCause())
                .map(Throwable::getMessage)
                .map(Printable::line);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** As it is given: {@code --namespace NAME}. */
    private static String written(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.shortestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel())
                : argument.paramLabel();
    }

    private static String quoted(String text) {
        return "'" + Printable.line(text) + "'";
    }
}
