package dev.bulkhead.app.plan;

import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.remote.Server;
import dev.bulkhead.app.remote.ServerOptions;
import dev.bulkhead.app.snapshot.InputOptions;
import dev.bulkhead.app.snapshot.ReadingOptions;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.app.terminal.Terminal;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.reach.Difference;
import dev.bulkhead.core.reach.PluginSemantics;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What would happen. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what declarations would do: the connections that open, what each workload keeps, gains and loses, and the"
                    + " rules that would not be open. With --details every policy, connection and rule.",
            "Compared with what other files (--base) or the cluster (--cluster) have; with neither, with the same files"
                    + " before Bulkhead writes anything. With --cluster, what the files say is added to what is there."
        },
        footerHeading = "%nExample:%n",
        footer = "  bulkhead plan -f after/ --base before/ -o md",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing would change",
            "1:something is wrong with the input or the options",
            "2:something would change",
            "3:a guardrail forbids a rule, or its segment does"
        })
public final class PlanCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "FILE|FOLDER|-",
            description = "A file, a folder with all *.yaml, *.yml and *.json below it, or - for standard input."
                    + " May be given several times.")
    private List<String> files;

    @ArgGroup
    private Base base = new Base();

    private static final class Base {
        @Option(
                names = "--base",
                paramLabel = "FILE|FOLDER",
                description = "What there is before. May be given several times.")
        private List<String> files = List.of();

        @Option(names = "--cluster", description = "Before is what the current context of the kubeconfig has.")
        private boolean cluster;

        @Option(
                names = "--server",
                paramLabel = "URL",
                description = "Before is what a running operator knows, by the address of its console; nothing is"
                        + " applied.")
        private String server;
    }

    @Mixin
    private ServerOptions serverOptions;

    @Mixin
    private InputOptions input;

    @Mixin
    private ReadingOptions reading;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|json|md",
            description = "The format (default: ${DEFAULT-VALUE}).")
    private PlanFormat format;

    @Option(
            names = "--details",
            description =
                    "Lists every policy, every connection that comes or goes with the intents behind it, and every"
                            + " rule. JSON has them anyway.")
    private boolean details;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (base.server != null) {
            return ask(input.server(base.server, serverOptions), out);
        }
        PrintWriter err = spec.commandLine().getErr();
        PlanReport plan = report(err);
        if (format == PlanFormat.JSON) {
            new PlanJson(out).write(plan);
        } else {
            write(PlanView.of(plan), out);
        }
        out.flush();
        return exitCode(plan.isForbidden(), plan.isEmpty());
    }

    private static int exitCode(boolean forbidden, boolean empty) {
        if (forbidden) {
            return ExitCode.FORBIDDEN;
        }
        return empty ? ExitCode.AS_EXPECTED : ExitCode.DIFFERENT;
    }

    private int ask(Server server, PrintWriter out) {
        if (!reading.reading().equals(PluginSemantics.upstream())) {
            throw new FailedException(
                    "--server reads policies as Kubernetes' own tests demand; leave out --ip-blocks and"
                            + " --host-network");
        }
        String json = server.post("what-if", Map.of("namespace", input.namespace()), input.texts(files));
        PlanView plan = server.read(json, PlanView.class);
        if (format == PlanFormat.JSON) {
            out.print(json);
        } else {
            write(plan, out);
        }
        out.flush();
        return exitCode(plan.isForbidden(), plan.isEmpty());
    }

    private void write(PlanView plan, PrintWriter out) {
        if (format == PlanFormat.MD) {
            new PlanMarkdown(out, plan, details).write();
        } else if (details) {
            new PlanWriter(out, plan).details(Terminal.detect());
        } else {
            new PlanWriter(out, plan).summary(Terminal.detect());
            if (!plan.isEmpty() || !plan.rules().isEmpty()) {
                out.println();
                out.println("--details lists every policy, connection and rule.");
            }
        }
    }

    private PlanReport report(PrintWriter err) {
        PlanReporter reporter = new PlanReporter(reading.reading());
        if (base.cluster) {
            Snapshot live = input.loadCluster();
            return reporter.report(asFound(live), input.loadOverCluster(files, err));
        }
        Snapshot head = input.load(files, err);
        if (!base.files.isEmpty()) {
            Snapshot before = input.load(base.files, err);
            return reporter.report(new Difference.Side(before.topology(), before.reconciled()), head);
        }
        return reporter.report(
                new Difference.Side(
                        head.topology(),
                        head.policies().values().stream()
                                .filter(policy -> !Marker.isManaged(policy.labels()))
                                .toList()),
                head);
    }

    private static Difference.Side asFound(Snapshot live) {
        return new Difference.Side(live.topology(), live.policies().values());
    }
}
