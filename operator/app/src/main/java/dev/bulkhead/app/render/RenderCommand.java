package dev.bulkhead.app.render;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.snapshot.InputOptions;
import dev.bulkhead.cluster.render.PolicyRenderer;
import dev.bulkhead.cluster.render.PolicyYaml;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
        footerHeading = "%nExample:%n",
        footer = "  bulkhead render -f manifests/ > policies.yaml",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:rendered", "1:something is wrong with the files or the options; nothing is rendered"})
public final class RenderCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "FILE|FOLDER|-",
            description = "A file, a folder with all *.yaml, *.yml and *.json below it, or - for standard input."
                    + " May be given several times.")
    private List<String> files;

    @Mixin
    private InputOptions input;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ImmutableSortedMap<String, Compilation> compilations =
                input.load(files, err).compile();
        List<NetworkPolicy> policies = compilations.values().stream()
                .flatMap(compilation -> compilation.policies().values().stream())
                .toList();
        out.print(new PolicyYaml(new PolicyRenderer()).write(policies));
        out.flush();
        err.print(StatesTable.write(compilations.values()));
        err.flush();
        return ExitCode.AS_EXPECTED;
    }
}
