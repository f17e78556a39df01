package dev.bulkhead.app;

import dev.bulkhead.app.connectivity.ConnectivityCommand;
import dev.bulkhead.app.operator.OperatorCommand;
import dev.bulkhead.app.render.RenderCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
        subcommands = {OperatorCommand.class, RenderCommand.class, ConnectivityCommand.class})
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::fail);
    }

    /** What was foreseen is told in lines; only what was not shows where it happened. */
    private static int fail(Exception failure, CommandLine command, CommandLine.ParseResult arguments)
            throws Exception {
        if (failure instanceof FailedException foreseen) {
            foreseen.lines().forEach(command.getErr()::println);
            command.getErr().flush();
            return ExitCode.FAILED;
        }
        throw failure;
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
