package dev.bulkhead.app.blast;

import dev.bulkhead.core.world.Direction;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where one gets from a workload. */
@Command(
        name = "reachable-from",
        mixinStandardHelpOptions = true,
        description =
                "Lists the workloads that one can connect to, directly or over others: what whoever breaks into it can get at.",
        footerHeading = "%nExample:%n",
        footer = "  bulkhead reachable-from -f manifests/ web/Deployment/storefront --hops all",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:listed",
            "1:something is wrong with the input or the options",
            "2:more workloads than --max allows"
        })
public final class ReachableFromCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private BlastRadiusOptions options;

    @Parameters(
            index = "0",
            paramLabel = "SRC",
            description = "The workload to start from, or a pod of it, or a Service before it.")
    private String end;

    @Override
    public Integer call() throws IOException {
        return new BlastRadiusQuestion(
                        options,
                        Direction.EGRESS,
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr())
                .ask(end);
    }
}
