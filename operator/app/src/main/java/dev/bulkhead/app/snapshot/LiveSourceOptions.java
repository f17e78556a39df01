package dev.bulkhead.app.snapshot;

import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.remote.Server;
import dev.bulkhead.app.remote.ServerOptions;
import dev.bulkhead.core.reach.PluginSemantics;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command looks at: files, a cluster, or what a running operator knows. */
public final class LiveSourceOptions {

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Mixin
    private InputOptions input;

    @Mixin
    private ServerOptions serverOptions;

    private static final class Source extends SourceOptions.Source {
        @Option(
                names = "--server",
                paramLabel = "URL",
                description = "A running operator, by the address of its console, as kubectl port-forward makes it"
                        + " reachable. It answers for the namespaces whose networkpolicies you may get.")
        private String server;
    }

    /**
     * The operator to ask; absent where {@link #load} tells what to look at.
     *
     * @param reading as the operator has it, or nothing is asked
     * @throws FailedException where it cannot be asked so
     */
    public Optional<Server> server(PluginSemantics reading) {
        if (source.server == null) {
            return Optional.empty();
        }
        if (!reading.equals(PluginSemantics.upstream())) {
            throw new FailedException(
                    "--server reads policies as Kubernetes' own tests demand; leave out --ip-blocks and"
                            + " --host-network");
        }
        return Optional.of(input.server(source.server, serverOptions));
    }

    /** Whether {@link #load} reads a cluster, in which policies stand as they are in force. */
    public boolean isCluster() {
        return source.isCluster();
    }

    /** @throws FailedException with everything that is wrong */
    public Snapshot load(PrintWriter err) {
        return source.load(input, err);
    }
}
