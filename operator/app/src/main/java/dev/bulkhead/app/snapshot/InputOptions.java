package dev.bulkhead.app.snapshot;

import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.manifest.Finding;
import dev.bulkhead.app.manifest.SourceFile;
import dev.bulkhead.app.manifest.SourceFiles;
import dev.bulkhead.cluster.read.IdentityMode;
import dev.bulkhead.core.world.Cidr;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** What every command that reads manifests takes. */
public final class InputOptions {

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "default",
            paramLabel = "NAME",
            description = "The namespace of objects that name none (default: ${DEFAULT-VALUE}).")
    private String namespace;

    @Option(
            names = "--lenient",
            description = "Goes on with what is valid where something is not, and says what was left out.")
    private boolean lenient;

    @Option(
            names = "--cluster-cidr",
            paramLabel = "CIDR",
            converter = CidrConverter.class,
            description =
                    "A range of the cluster's pods, nodes or Services, besides those that Nodes in the files tell."
                            + " No network rule reaches into it. May be given several times.")
    private List<Cidr> clusterCidrs = List.of();

    @Option(
            names = "--identity",
            defaultValue = "verified",
            paramLabel = "verified|none|auto",
            description =
                    "Whether the cluster's admission policies vouch for service accounts: verified, none, or auto for"
                            + " as the files say (default: ${DEFAULT-VALUE}).")
    private IdentityMode identity;

    @Option(
            names = "--operator-namespace",
            defaultValue = "bulkhead-system",
            paramLabel = "NAME",
            description = "The namespace of the operator, which no segment can enrol (default: ${DEFAULT-VALUE}).")
    private String operatorNamespace;

    /**
     * @param files files, folders, and {@code -} for standard input
     * @param err takes what was left out, where that is tolerated
     * @throws FailedException with everything that is wrong
     */
    public Snapshot load(List<String> files, PrintWriter err) {
        List<Finding> findings = new ArrayList<>();
        List<SourceFile> sources = new SourceFiles(System.in, findings::add).read(files);
        FileSnapshots.Loaded loaded = new FileSnapshots(surroundings()).load(sources);
        findings.addAll(loaded.findings());
        if (!findings.isEmpty() && !lenient) {
            throw new FailedException(findings.stream().map(Finding::toString).toList());
        }
        findings.forEach(finding -> err.println(finding.leftOut() + " is left out: " + finding));
        return loaded.snapshot();
    }

    private Surroundings surroundings() {
        return new Surroundings(identity, namespace, clusterCidrs, operatorNamespace);
    }

    /** Ranges of addresses as an option has them. */
    static final class CidrConverter implements ITypeConverter<Cidr> {
        @Override
        public Cidr convert(String text) {
            return Cidr.parse(text);
        }
    }
}
