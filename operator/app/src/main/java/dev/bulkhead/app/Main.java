package dev.bulkhead.app;

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
        exitCodeOnInvalidInput = Main.FAILED,
        exitCodeOnExecutionException = Main.FAILED,
        subcommands = {OperatorCommand.class, RenderCommand.class})
public final class Main implements Runnable {

    /** The program could not do what it was asked for. */
    static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
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
