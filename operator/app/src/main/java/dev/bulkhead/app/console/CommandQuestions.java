package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.blast.BlastRadiusReport;
import dev.bulkhead.app.blast.BlastRadiusWriter;
import dev.bulkhead.app.blast.Hops;
import dev.bulkhead.app.connectivity.ConnectionWriter;
import dev.bulkhead.app.connectivity.ConnectionWriters;
import dev.bulkhead.app.connectivity.Format;
import dev.bulkhead.app.console.Problem.Status;
import dev.bulkhead.app.explain.Explainer;
import dev.bulkhead.app.explain.Explanation;
import dev.bulkhead.app.explain.ExplanationJson;
import dev.bulkhead.app.explain.ExplanationText;
import dev.bulkhead.app.snapshot.End;
import dev.bulkhead.app.snapshot.Ends;
import dev.bulkhead.app.snapshot.PortOfInterest;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.app.terminal.Terminal;
import dev.bulkhead.core.reach.Connection;
import dev.bulkhead.core.reach.Connections;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.reach.Reachability;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.WorkloadName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers what the commands answer, about the cluster as it is now. */
final class CommandQuestions {

    static final Set<String> CONNECTIVITY = Set.of("output", "namespaces");
    static final Set<String> EXPLAIN = Set.of("from", "to", "port", "output");
    static final Set<String> BLAST_RADIUS = Set.of("workload", "hops", "output");

    /** Of one answer: whoever looks at more has no use for a list. */
    private static final int MOST_CONNECTIONS = 100_000;

    private static final Terminal PLAIN = new Terminal(Integer.MAX_VALUE, false);

    /** The first is what is answered unless said. */
    private enum Output {
        JSON,
        TEXT
    }

    private CommandQuestions() {}

    static ConsoleAnswer connectivity(ViewedCluster cluster, RequestParameters question) {
        Format format = question.word("output", Format.class, Format.JSON);
        ImmutableSortedSet<String> namespaces = seen(cluster, question.list("namespaces"));
        return ConsoleAnswer.printed(
                format == Format.JSON ? ConsoleAnswer.JSON : ConsoleAnswer.TEXT,
                out -> cluster.reachable(reachability -> {
                    try {
                        ConnectionWriter writer = ConnectionWriters.of(format, out);
                        writer.begin();
                        AtomicInteger written = new AtomicInteger();
                        Connections connections = new Connections(
                                reachability,
                                workload -> namespaces.isEmpty() || namespaces.contains(workload.namespace()));
                        connections.sorted(Reachability.Ranges.MERGED, ConsoleAnswer.memory(), connection -> {
                            if (written.incrementAndGet() > MOST_CONNECTIONS) {
                                throw new ProblemException(
                                        Status.UNPROCESSABLE,
                                        "there are more than " + MOST_CONNECTIONS
                                                + " connections; ask for those of fewer namespaces");
                            }
                            write(writer, connection);
                        });
                        writer.end();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return out;
                }));
    }

    private static void write(ConnectionWriter writer, Connection connection) {
        try {
            writer.write(connection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws ProblemException where one of them is not to be seen, or not there: one answer for both */
    static ImmutableSortedSet<String> seen(ViewedCluster cluster, ImmutableSortedSet<String> namespaces) {
        namespaces.stream()
                .filter(name -> !cluster.scope().sees(name))
                .findFirst()
                .ifPresent(CommandQuestions::refuse);
        return namespaces;
    }

    static ProblemException notSeen(String namespace) {
        return new ProblemException(
                Status.NOT_FOUND, "there is no namespace " + namespace + " whose networkpolicies you may get");
    }

    private static void refuse(String namespace) {
        throw notSeen(shown(namespace));
    }

    /** A name as it is repeated: whatever was written, no more of it than names have. */
    static String shown(String name) {
        return name.length() > 63 ? name.substring(0, 63) + "…" : name;
    }

    static ConsoleAnswer explain(ViewedCluster cluster, RequestParameters question) {
        Snapshot snapshot = cluster.snapshot();
        Ends ends = new Ends(snapshot);
        End from = read(question, "from", ends::find);
        End to = read(question, "to", ends::find);
        PortOfInterest port = read(question, "port", PortOfInterest::parse);
        try {
            ImmutableSet<String> namespaces = Stream.of(from, to)
                    .flatMap(end -> end.workload().stream())
                    .map(WorkloadName::namespace)
                    .collect(ImmutableSet.toImmutableSet());
            Explainer explainer = new Explainer(
                    snapshot,
                    PluginSemantics.upstream(),
                    PublishedStates.of(cluster, namespaces),
                    cluster.policies(),
                    ConsoleAnswer.memory());
            Explanation explanation = explainer.explain(from, to, port);
            return question.word("output", Output.class, Output.JSON) == Output.JSON
                    ? ConsoleAnswer.printed(
                            ConsoleAnswer.JSON, out -> new ExplanationJson(explainer::policy, out).write(explanation))
                    : ConsoleAnswer.printed(
                            ConsoleAnswer.TEXT,
                            out -> out.print(new ExplanationText(explainer::policy, PLAIN).write(explanation)));
        } catch (FailedException | IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    static ConsoleAnswer blastRadius(ViewedCluster cluster, RequestParameters question, Direction direction) {
        Ends ends = new Ends(cluster.snapshot());
        WorkloadName workload = read(
                question,
                "workload",
                asked -> ends.find(asked)
                        .workload()
                        .orElseThrow(() -> new FailedException(asked + ": name a workload or a pod")));
        int hops = question.optional("hops").isPresent() ? read(question, "hops", Hops::parse) : 1;
        try {
            BlastRadiusReport report = cluster.reachable(reachability ->
                    BlastRadiusReport.of(reachability, workload, direction, hops, ConsoleAnswer.memory()));
            return question.word("output", Output.class, Output.JSON) == Output.JSON
                    ? ConsoleAnswer.printed(ConsoleAnswer.JSON, out -> new BlastRadiusWriter(out, report).json())
                    : ConsoleAnswer.printed(ConsoleAnswer.TEXT, out -> new BlastRadiusWriter(out, report).text(PLAIN));
        } catch (FailedException | IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    /** @throws ProblemException that names the parameter, where it is not what it should be */
    private static <T> T read(RequestParameters question, String parameter, Function<String, T> reader) {
        String text = question.required(parameter);
        try {
            return reader.apply(text);
        } catch (FailedException | IllegalArgumentException e) {
            throw ProblemException.of(parameter, detail(e));
        }
    }

    private static ProblemException wrong(RuntimeException e) {
        return new ProblemException(Status.UNPROCESSABLE, detail(e));
    }

    private static String detail(RuntimeException e) {
        return e instanceof FailedException failed
                ? failed.lines().stream().collect(Collectors.joining("; "))
                : e.getMessage();
    }
}
