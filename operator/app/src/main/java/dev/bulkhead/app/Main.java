package dev.bulkhead.app;

import dev.bulkhead.app.blast.ReachableFromCommand;
import dev.bulkhead.app.blast.WhoCanReachCommand;
import dev.bulkhead.app.connection.ApiFailure;
import dev.bulkhead.app.connectivity.ConnectivityCommand;
import dev.bulkhead.app.diff.DiffCommand;
import dev.bulkhead.app.explain.ExplainCommand;
import dev.bulkhead.app.lint.LintCommand;
import dev.bulkhead.app.operator.OperatorCommand;
import dev.bulkhead.app.plan.PlanCommand;
import dev.bulkhead.app.policytest.TestCommand;
import dev.bulkhead.app.render.RenderCommand;
import dev.bulkhead.app.stamp.StampCommand;
import dev.bulkhead.app.status.StatusCommand;
import dev.bulkhead.app.terminal.Printable;
import dev.bulkhead.app.terminal.PrintableWriter;
import dev.bulkhead.core.reach.PluginSemantics;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program's entrance. */
@Command(
        name = "bulkhead",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        description = "Zero-trust microsegmentation: declared intents become NetworkPolicies.",
        exitCodeOnInvalidInput = ExitCode.FAILED,
        exitCodeOnExecutionException = ExitCode.FAILED,
        subcommands = {
            OperatorCommand.class,
            RenderCommand.class,
            ConnectivityCommand.class,
            ExplainCommand.class,
            WhoCanReachCommand.class,
            ReachableFromCommand.class,
            TestCommand.class,
            DiffCommand.class,
            PlanCommand.class,
            LintCommand.class,
            StatusCommand.class,
            StampCommand.class,
            AutoComplete.GenerateCompletion.class,
            CompleteCommand.class
        })
public final class Main implements Runnable {

    /** Set to anything, it shows where a defect happened. */
    private static final String DEBUG = "BULKHEAD_DEBUG";

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        CommandLine commandLine = commandLine();
        printingTo(commandLine, commandLine.getOut(), commandLine.getErr(), Ansi.AUTO.enabled());
        System.exit(commandLine.execute(arguments));
    }

    /**
     * The only way to standard output and error: whatever a command prints is fit for a terminal and for a log of CI jobs.
     *
     * @param coloured whether escape sequences for colours may pass
     */
    static CommandLine printingTo(CommandLine commandLine, Writer out, Writer err, boolean coloured) {
        return commandLine
                .setOut(new PrintWriter(new PrintableWriter(out, coloured), true))
                .setErr(new PrintWriter(new PrintableWriter(err, coloured), true));
    }

    static CommandLine commandLine() {
        return HelpGroups.applyTo(new CommandLine(new Main()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(PluginSemantics.IpBlocks.class, new WordConverter<>(PluginSemantics.IpBlocks.class))
                .registerConverter(
                        PluginSemantics.HostNetwork.class, new WordConverter<>(PluginSemantics.HostNetwork.class))
                .setParameterExceptionHandler(Main::refuse)
                .setExecutionExceptionHandler(Main::fail);
    }

    /** What is wrong with the arguments, and where to read on; the whole of the help would hide it. */
    private static int refuse(CommandLine.ParameterException refusal, String[] arguments) {
        CommandLine command = refusal.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(new Refusal(refusal).message());
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.FAILED;
    }

    /** Constants as options have them: {@code match-pods}. */
    private record WordConverter<E extends Enum<E>>(Class<E> type) implements CommandLine.ITypeConverter<E> {
        @Override
        public E convert(String word) {
            for (E constant : type.getEnumConstants()) {
                if (word(constant).equals(word.toLowerCase(Locale.ROOT))) {
                    return constant;
                }
            }
            throw new CommandLine.TypeConversionException("'" + word + "' is none of "
                    + Stream.of(type.getEnumConstants())
                            .map(WordConverter::word)
                            .collect(Collectors.joining(" and ")));
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What was foreseen is told in lines; only what was not shows where it happened. */
    private static int fail(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        if (failure instanceof FailedException foreseen) {
            foreseen.lines().forEach(line -> command.getErr().println(Printable.line(line)));
            command.getErr().flush();
            return ExitCode.FAILED;
        }
        if (System.getenv(DEBUG) != null) {
            failure.printStackTrace(command.getErr());
        }
        if (failure instanceof KubernetesClientException refused) {
            command.getErr().println(Printable.line(ApiFailure.reason("the kubeconfig's address", refused)));
        } else {
            command.getErr()
                    .println("this is a defect of bulkhead; please report it, with what it prints when " + DEBUG
                            + "=1 is in the environment");
        }
        command.getErr().flush();
        return ExitCode.FAILED;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do: name a command");
    }

    /** From the jar; a build from classes has none. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"bulkhead " + (version == null ? "(not packaged)" : version)};
        }
    }
}
