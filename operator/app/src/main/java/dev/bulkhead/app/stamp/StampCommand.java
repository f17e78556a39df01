package dev.bulkhead.app.stamp;

import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.connection.ApiFailure;
import dev.bulkhead.app.connection.ConnectionOptions;
import dev.bulkhead.app.terminal.Printable;
import dev.bulkhead.app.wording.Plural;
import dev.bulkhead.cluster.stamp.NotStampingException;
import dev.bulkhead.cluster.stamp.StampOutcome;
import dev.bulkhead.cluster.stamp.StampSurvey;
import dev.bulkhead.cluster.stamp.Stamper;
import dev.bulkhead.cluster.stamp.Unstamped;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Identity for those who were there before it. */
@Command(
        name = "stamp",
        mixinStandardHelpOptions = true,
        description = {
            "Brings the stamp of the service account (label bulkhead.dev/service-account) to pods that were there before the"
                    + " admission policies, without a restart.",
            "It may be interrupted and run again: pods that have their stamp are not written. The API server must stamp by"
                    + " itself already; where it does not, nothing is written."
        },
        footerHeading = "%nExample:%n",
        footer = "  bulkhead stamp --rate 10",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every pod has the stamp that it should have, or would get it (--dry-run)",
            "1:the API server does not stamp, refused some, or cannot be asked"
        })
public final class StampCommand implements Callable<Integer> {

    private static final int BETWEEN_REPORTS = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--rate",
            defaultValue = "20",
            paramLabel = "PODS",
            description = "How many pods are written in a second, at most (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(names = "--dry-run", description = "Says what there is to do, and does nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (!(rate > 0 && rate <= 1_000)) {
            throw new ParameterException(spec.commandLine(), "--rate: write a number above 0, and at most 1000");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(connection.connection())
                .build()) {
            Stamper stamper = new Stamper(client, rate);
            StampSurvey survey = survey(stamper, client.getMasterUrl().toString());
            report(survey, out);
            demandStamping(stamper, survey.unstamped());
            return dryRun ? ExitCode.AS_EXPECTED : stamp(stamper, survey.unstamped(), out);
        } finally {
            out.flush();
        }
    }

    private static StampSurvey survey(Stamper stamper, String server) {
        try {
            return stamper.survey();
        } catch (KubernetesClientException e) {
            throw new FailedException("the cluster's pods cannot be listed: " + ApiFailure.reason(server, e));
        }
    }

    private static void report(StampSurvey survey, PrintWriter out) {
        out.printf(
                "%s: %d with the stamp that they should have, %d without%n",
                Plural.of(survey.pods(), "pod"),
                survey.pods() - survey.unstamped().size(),
                survey.unstamped().size());
        survey.withoutIdentity()
                .forEach(pod -> out.println(Printable.line(pod.toString())
                        + " gets no identity: the name of its service account is longer than 63"
                        + " characters; run it under another one"));
        out.flush();
    }

    private static void demandStamping(Stamper stamper, List<Unstamped> pods) {
        try {
            stamper.demandStamping(pods);
        } catch (NotStampingException e) {
            throw new FailedException(List.of(
                    "the API server does not show that it stamps pods: " + e.getMessage(),
                    "install the admission policies first (identity.enabled of the chart), and give it a moment"));
        }
    }

    private record Tally(int stamped, int gone, int refused) {

        Tally with(StampOutcome outcome) {
            return outcome.fold(
                    done -> new Tally(stamped + 1, gone, refused),
                    ended -> new Tally(stamped, gone + 1, refused),
                    refusal -> new Tally(stamped, gone, refused + 1));
        }
    }

    private int stamp(Stamper stamper, List<Unstamped> pods, PrintWriter out) {
        Tally tally = new Tally(0, 0, 0);
        for (int i = 0; i < pods.size(); i++) {
            StampOutcome outcome = stamper.stamp(pods.get(i));
            tally = tally.with(outcome);
            String pod = pods.get(i).toString();
            outcome.refusal()
                    .ifPresent(reason ->
                            spec.commandLine().getErr().println(Printable.line(pod + " is refused: " + reason)));
            if ((i + 1) % BETWEEN_REPORTS == 0) {
                out.printf("%d of %d%n", i + 1, pods.size());
                out.flush();
            }
        }
        out.printf("%d stamped, %d gone meanwhile, %d refused%n", tally.stamped(), tally.gone(), tally.refused());
        return tally.refused() == 0 ? ExitCode.AS_EXPECTED : ExitCode.FAILED;
    }
}
