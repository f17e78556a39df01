package dev.bulkhead.app.snapshot;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.connection.ConnectionOptions;
import dev.bulkhead.app.connection.FileFailure;
import dev.bulkhead.app.manifest.Finding;
import dev.bulkhead.app.manifest.Manifest;
import dev.bulkhead.app.manifest.ManifestReader;
import dev.bulkhead.app.manifest.SourceFile;
import dev.bulkhead.app.manifest.SourceFiles;
import dev.bulkhead.app.remote.SentText;
import dev.bulkhead.app.remote.Server;
import dev.bulkhead.app.remote.ServerOptions;
import dev.bulkhead.app.terminal.Printable;
import dev.bulkhead.cluster.decode.IdentityMode;
import dev.bulkhead.cluster.decode.InvalidDeclarationException;
import dev.bulkhead.cluster.decode.UnreadableObjectException;
import dev.bulkhead.core.world.Cidr;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private ConnectionOptions connection;

    /**
     * @param files files, folders, and {@code -} for standard input
     * @param err takes what was left out, where that is tolerated
     * @throws FailedException with everything that is wrong
     */
    public Snapshot load(List<String> files, PrintWriter err) {
        List<Finding> findings = new ArrayList<>();
        Snapshot snapshot = load(files, findings::add);
        report(findings, err);
        remark(snapshot, err);
        return snapshot;
    }

    /** @param findings takes everything that is wrong, which is left out */
    Snapshot load(List<String> files, Consumer<Finding> findings) {
        List<SourceFile> sources = sources(files, findings);
        FileSnapshots.Loaded loaded = new FileSnapshots(surroundings(identity)).load(sources);
        loaded.findings().forEach(findings);
        return loaded.snapshot();
    }

    /**
     * What the current context's cluster has.
     *
     * @throws FailedException where it cannot be read
     */
    public Snapshot loadCluster() {
        SnapshotBuilder builder = new SnapshotBuilder(surroundings(IdentityMode.AUTO));
        ClusterObjects.read(connection.connection(), object -> addLive(builder, object));
        return builder.build();
    }

    /** The operator at an address. */
    public Server server(String address, ServerOptions options) {
        return options.server(address, connection);
    }

    /**
     * The files as they are, for whoever reads them elsewhere.
     *
     * @throws FailedException where one cannot be read
     */
    public List<SentText> texts(List<String> files) {
        List<Finding> findings = new ArrayList<>();
        List<SentText> texts = new ArrayList<>();
        for (SourceFile file : sources(files, findings::add)) {
            try {
                texts.add(new SentText(file.name(), file.text()));
            } catch (IOException e) {
                throw new FailedException(file.name() + ": " + FileFailure.reason(e));
            }
        }
        if (!findings.isEmpty()) {
            throw new FailedException(findings.stream().map(Finding::toString).toList());
        }
        return texts;
    }

    /** The namespace of objects that name none. */
    public String namespace() {
        return namespace;
    }

    /**
     * What the cluster has once the files are applied to it.
     *
     * @throws FailedException with everything that is wrong
     */
    public Snapshot loadOverCluster(List<String> files, PrintWriter err) {
        SnapshotBuilder builder = new SnapshotBuilder(surroundings(IdentityMode.AUTO));
        List<Finding> findings = new ArrayList<>();
        List<SourceFile> sources = sources(files, findings::add);
        ImmutableList<Manifest> manifests =
                new ManifestReader(namespace, findings::add).read(sources).manifests();
        builder.add(manifests, findings::add);
        Set<Manifest.Key> given = manifests.stream().map(Manifest::key).collect(Collectors.toSet());
        report(findings, err);
        ClusterObjects.read(connection.connection(), object -> {
            if (!given.contains(Manifest.Key.of(object))) {
                addLive(builder, object);
            }
        });
        Snapshot snapshot = builder.build();
        remark(snapshot, err);
        return snapshot;
    }

    /** Says of which policies the answer takes no account. */
    static void remark(Snapshot snapshot, PrintWriter err) {
        Map<String, Long> kinds = snapshot.notJudged().stream()
                .collect(Collectors.groupingBy(Manifest.Key::kind, TreeMap::new, Collectors.counting()));
        kinds.forEach((kind, count) -> err.println("not judged: " + count + " of kind " + Printable.line(kind)
                + "; what they allow or deny is no part of the answer"));
        snapshot.caveats().stream()
                .filter(caveat -> caveat.code() == Caveat.Code.UNREADABLE || caveat.code() == Caveat.Code.UNKNOWN_PODS)
                .forEach(caveat -> err.println(Printable.line(caveat.text())));
    }

    private static void addLive(SnapshotBuilder builder, HasMetadata object) {
        try {
            builder.addLive(object);
        } catch (InvalidDeclarationException | UnreadableObjectException e) {
            throw new FailedException(Manifest.Key.of(object) + " of the cluster cannot be read: " + e.getMessage());
        }
    }

    private void report(List<Finding> findings, PrintWriter err) {
        if (!findings.isEmpty() && !lenient) {
            throw new FailedException(findings.stream().map(Finding::toString).toList());
        }
        findings.forEach(finding -> err.println(Printable.line(finding.leftOut() + " is left out: " + finding)));
    }

    /**
     * @param findings takes what cannot be read
     * @throws FailedException where one is not there: the command is wrong then, and not what it looks at
     */
    private static List<SourceFile> sources(List<String> files, Consumer<Finding> findings) {
        List<Finding> missing = SourceFiles.missing(files);
        if (!missing.isEmpty()) {
            throw new FailedException(missing.stream().map(Finding::toString).toList());
        }
        return new SourceFiles(System.in, findings).read(files);
    }

    private Surroundings surroundings(IdentityMode mode) {
        return new Surroundings(mode, namespace, clusterCidrs, operatorNamespace);
    }

    /** Ranges of addresses as an option has them. */
    static final class CidrConverter implements ITypeConverter<Cidr> {
        @Override
        public Cidr convert(String text) {
            return Cidr.parse(text);
        }
    }
}
