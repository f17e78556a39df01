package dev.bulkhead.app.snapshot;

import dev.bulkhead.app.manifest.Finding;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command looks at: files, or a cluster. */
public final class SourceOptions {

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Mixin
    private InputOptions input;

    static class Source {
        @Option(
                names = {"-f", "--filename"},
                paramLabel = "FILE|FOLDER|-",
                description = "A file, a folder with all *.yaml, *.yml and *.json below it, or - for standard input."
                        + " May be given several times.")
        private List<String> files;

        @Option(names = "--cluster", description = "The cluster that the current context of the kubeconfig names.")
        private boolean cluster;

        boolean isCluster() {
            return cluster;
        }

        Snapshot load(InputOptions input, PrintWriter err) {
            if (!cluster) {
                return input.load(files, err);
            }
            Snapshot snapshot = input.loadCluster();
            InputOptions.remark(snapshot, err);
            return snapshot;
        }
    }

    /** Whether {@link #load} reads a cluster, in which policies stand as they are in force. */
    public boolean isCluster() {
        return source.isCluster();
    }

    /** The namespace of objects that name none. */
    public String namespace() {
        return input.namespace();
    }

    /** @throws dev.bulkhead.app.FailedException with everything that is wrong */
    public Snapshot load(PrintWriter err) {
        return source.load(input, err);
    }

    /** @param findings takes what is wrong with files, which is left out */
    public Snapshot load(Consumer<Finding> findings) {
        return source.cluster ? input.loadCluster() : input.load(source.files, findings);
    }
}
