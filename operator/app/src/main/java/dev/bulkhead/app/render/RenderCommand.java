package dev.bulkhead.app.render;

import dev.bulkhead.app.manifest.SourceFile;
import dev.bulkhead.app.manifest.SourceFiles;
import dev.bulkhead.cluster.read.IdentityMode;
import dev.bulkhead.cluster.render.PolicyRenderer;
import dev.bulkhead.cluster.render.PolicyYaml;
import dev.bulkhead.core.world.Cidr;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Files in, policies out. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the NetworkPolicies for files of manifests to standard output, byte-equal to what the operator would"
                    + " write, and how every rule stands to standard error.",
            "Kinds that say nothing about connections are passed over. A namespace of which no file has the object is made up."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:rendered", "1:something is wrong with the files or the options; nothing is rendered"})
public final class RenderCommand implements Callable<Integer> {

    private static final int WRONG = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "FILE|FOLDER|-",
            description = "A file, a folder with all *.yaml, *.yml and *.json below it, or - for standard input."
                    + " May be given several times.")
    private List<String> files;

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "default",
            paramLabel = "NAME",
            description = "The namespace of objects that name none (default: ${DEFAULT-VALUE}).")
    private String namespace;

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

    @Override
    public Integer call() throws IOException {
        List<SourceFile> sources;
        try {
            sources = new SourceFiles(System.in).read(files);
        } catch (NoSuchFileException e) {
            return fail(e.getFile() + ": there is no such file or folder");
        } catch (IOException e) {
            return fail("cannot be read: " + e);
        }
        Rendering rendering =
                Rendering.of(sources, new Rendering.Surroundings(identity, namespace, clusterCidrs, operatorNamespace));
        if (!rendering.findings().isEmpty()) {
            rendering.findings().forEach(finding -> spec.commandLine().getErr().println(finding));
            return WRONG;
        }
        spec.commandLine().getOut().print(new PolicyYaml(new PolicyRenderer()).write(rendering.policies()));
        spec.commandLine().getOut().flush();
        spec.commandLine()
                .getErr()
                .print(StatesTable.write(rendering.compilations().values()));
        spec.commandLine().getErr().flush();
        return 0;
    }

    private int fail(String message) {
        spec.commandLine().getErr().println(message);
        return WRONG;
    }

    /** Ranges of addresses as an option has them. */
    static final class CidrConverter implements ITypeConverter<Cidr> {
        @Override
        public Cidr convert(String text) {
            return Cidr.parse(text);
        }
    }
}
