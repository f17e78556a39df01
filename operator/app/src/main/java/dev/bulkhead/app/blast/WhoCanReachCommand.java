package dev.bulkhead.app.blast;

import dev.bulkhead.core.world.Direction;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who gets to a workload. */
@Command(
        name = "who-can-reach",
        mixinStandardHelpOptions = true,
        description =
                "Lists the workloads that can connect to one, directly or over others, and the addresses outside that can.",
        footerHeading = "%nExample:%n",
        footer = "  bulkhead who-can-reach -f manifests/ pay/StatefulSet/ledger --hops all --max 5",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:listed",
            "1:something is wrong with the input or the options",
            "2:more workloads than --max allows"
        })
public final class WhoCanReachCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private BlastRadiusOptions options;

    @Parameters(
            index = "0",
            paramLabel = "DST",
            description = "The workload that is reached, or a pod of it, or a Service before it.")
    private String end;

    @Override
    public Integer call() throws IOException {
        return new BlastRadiusQuestion(
                        options,
                        Direction.INGRESS,
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr())
                .ask(end);
    }
}
