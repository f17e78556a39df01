package dev.bulkhead.app.console;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.app.console.Problem.Finding;
import dev.bulkhead.app.console.Problem.Status;
import dev.bulkhead.app.manifest.Manifest;
import dev.bulkhead.app.manifest.SourceFile;
import dev.bulkhead.app.plan.PlanFormat;
import dev.bulkhead.app.plan.PlanJson;
import dev.bulkhead.app.plan.PlanMarkdown;
import dev.bulkhead.app.plan.PlanReport;
import dev.bulkhead.app.plan.PlanReporter;
import dev.bulkhead.app.plan.PlanWriter;
import dev.bulkhead.app.snapshot.FileSnapshots;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.app.snapshot.Surroundings;
import dev.bulkhead.app.terminal.Terminal;
import dev.bulkhead.cluster.decode.IdentityMode;
import dev.bulkhead.cluster.decode.LiveTopology;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.NamespaceIntents;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.reach.Difference;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.reach.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Plans what would happen if somebody applied something. Nothing is applied. */
final class WhatIf {

    static final Set<String> PARAMETERS = Set.of("namespace", "output");

    /** Well-known peers that are pods somewhere; the others are addresses. */
    private static final Set<WellKnown> PODS =
            Set.of(WellKnown.KUBE_DNS, WellKnown.INGRESS_CONTROLLER, WellKnown.MONITORING);

    /** What is before, what is after, and how they differ, in as much memory as two parts of another answer. */
    private static final int PARTS = 2;

    private static final int MOST_WORKLOADS = 500;
    private static final int MOST_FINDINGS = 100;
    /** Connections that a workload keeps, where all of them are told: enough for a picture. */
    private static final int MOST_KEPT = 12;
    /** To the API server before anything is read. */
    private static final int MOST_QUESTIONS = 20;
    /** What stands between words that can be names of namespaces. */
    private static final Splitter NO_NAME = Splitter.on(CharMatcher.inRange('a', 'z')
                    .or(CharMatcher.inRange('0', '9'))
                    .or(CharMatcher.is('-'))
                    .negate())
            .omitEmptyStrings();

    private static final String EDITOR = "editor";
    private static final String INTENT = "AccessIntent";
    /** Of whoever sees all namespaces, since they concern many. */
    private static final Set<String> OF_THE_PLATFORM = Set.of("Segment", "Guardrail");

    private static final Terminal PLAIN = new Terminal(Integer.MAX_VALUE, false);

    private final ViewedCluster cluster;
    private final Predicate<String> mayDeclare;
    /** So that many intents for one namespace are one question to the API server. */
    private final Map<String, Boolean> declarable = new TreeMap<>();

    /** @param mayDeclare whether whoever asks could apply intents to a namespace; not asked of whoever sees all of them */
    WhatIf(ViewedCluster cluster, Predicate<String> mayDeclare) {
        this.cluster = cluster;
        this.mayDeclare = mayDeclare;
    }

    /**
     * To be asked before anything is read of what was sent, since reading costs much more than sending: whether whoever
     * asks may create intents in any namespace of theirs that it names.
     *
     * @throws ProblemException where they may not
     */
    void requireDeclarer(RequestParameters question, String yaml) {
        if (cluster.scope().everything()) {
            return;
        }
        // Of any number of words no more are kept than there are namespaces.
        if (Stream.concat(Stream.of(namespace(question)), NO_NAME.splitToStream(yaml))
                .filter(cluster.scope()::sees)
                .distinct()
                .limit(MOST_QUESTIONS)
                .noneMatch(namespace -> declarable.computeIfAbsent(namespace, mayDeclare::test))) {
            throw new ProblemException(
                    Status.FORBIDDEN,
                    "you may create accessintents in no namespace that is named in it, so what would become of it is"
                            + " not told");
        }
    }

    private static String namespace(RequestParameters question) {
        return question.optional("namespace").orElse("default");
    }

    /** @param yaml any number of documents */
    ConsoleAnswer answer(RequestParameters question, String yaml) {
        PlanFormat format = question.word("output", PlanFormat.class, PlanFormat.JSON);
        Declarations sent = read(yaml, namespace(question));
        Set<String> concerned = concerned(sent);
        Topology topology = topology(sent, concerned);
        Snapshot head = cluster.whole().declaring(merged(sent)).over(topology);
        ImmutableSortedMap<String, Compilation> compilations = head.compile(concerned, cluster.scope()::sees);
        PlanReport plan = new PlanReporter(
                        PluginSemantics.upstream(), MemoryLimit.bytes(PARTS * ConsoleAnswer.MEMORY), MOST_KEPT)
                .report(
                        new Difference.Side(topology, cluster.policies()),
                        head,
                        ImmutableSortedMap.copyOf(Maps.filterKeys(compilations, cluster.scope()::sees)))
                .comparedWith(this::isPublished);
        return switch (format) {
            case JSON -> ConsoleAnswer.printed(ConsoleAnswer.JSON, out -> new PlanJson(out).write(plan));
            case TEXT -> ConsoleAnswer.printed(ConsoleAnswer.TEXT, out -> new PlanWriter(out, plan).details(PLAIN));
            case MD -> ConsoleAnswer.printed(ConsoleAnswer.TEXT, out -> new PlanMarkdown(out, plan).write());
        };
    }

    /** Whether that is what the status says of the rule now. */
    private boolean isPublished(DeclaredIntent.Key intent, RuleOutcome state) {
        AccessIntentStatus status = cluster.view()
                .intentStatuses()
                .getOrDefault(intent.namespace(), ImmutableSortedMap.of())
                .get(intent.name());
        return status != null
                && status.rules().stream()
                        .anyMatch(rule -> rule.rule().equals(state.rule().place())
                                && rule.state().name().equals(state.state().name())
                                && state.message().equals(rule.message()));
    }

    /**
     * Whose connections may change: where intents alone are sent, those of the namespaces concerned, among themselves and with
     * the outside. All pairs of all workloads may be more than there is memory for.
     */
    private Topology topology(Declarations sent, Set<String> concerned) {
        boolean everybody = !sent.segments().isEmpty()
                || !sent.guardrails().isEmpty()
                || sent.intents().values().stream()
                        .anyMatch(intents -> !Sets.intersection(intents.referredWellKnown(), PODS)
                                .isEmpty());
        Topology topology = LiveTopology.of(
                cluster.view().snapshot().world(),
                cluster.view().pods(),
                namespace -> cluster.scope().sees(namespace) && (everybody || concerned.contains(namespace)));
        int workloads = topology.workloads().size();
        if (workloads > MOST_WORKLOADS) {
            throw new ProblemException(
                    Status.UNPROCESSABLE,
                    "this concerns " + workloads + " workloads, and at most " + MOST_WORKLOADS
                            + " can be planned for here; 'bulkhead plan --cluster' knows no such limit");
        }
        return topology;
    }

    private Declarations read(String yaml, String namespace) {
        FileSnapshots.Loaded loaded = new FileSnapshots(
                        new Surroundings(IdentityMode.AUTO, namespace, List.of(), "bulkhead-system"))
                .load(List.of(SourceFile.of(EDITOR, yaml)));
        List<Finding> findings = new ArrayList<>();
        loaded.findings()
                .forEach(finding -> findings.add(finding(finding.place().line(), finding.message())));
        loaded.snapshot().manifests().values().forEach(manifest -> refuse(manifest, findings));
        if (findings.isEmpty() && !loaded.snapshot().hasDeclarations()) {
            findings.add(finding(0, "there is no AccessIntent in it; write one, or paste it"));
        }
        if (!findings.isEmpty()) {
            boolean more = findings.size() > MOST_FINDINGS;
            throw new ProblemException(
                    Status.UNPROCESSABLE,
                    "what was sent cannot be planned; each finding says why"
                            + (more ? ", and there are more than these " + MOST_FINDINGS : ""),
                    more ? List.copyOf(findings.subList(0, MOST_FINDINGS)) : findings);
        }
        return loaded.snapshot().declarations();
    }

    private void refuse(Manifest manifest, List<Finding> findings) {
        if (findings.size() > MOST_FINDINGS) {
            return;
        }
        String kind = manifest.key().kind();
        String namespace = manifest.key().namespace();
        int line = manifest.place().line();
        if (OF_THE_PLATFORM.contains(kind)) {
            if (!cluster.scope().everything()) {
                findings.add(finding(line, "a " + kind + " can be tried by whoever sees all namespaces"));
            }
        } else if (!kind.equals(INTENT)) {
            findings.add(
                    finding(line, "a " + kind + " cannot be tried here; AccessIntents, Segments and Guardrails can"));
        } else if (!cluster.scope().sees(namespace)) {
            findings.add(finding(line, "there is no namespace " + namespace + " whose networkpolicies you may get"));
        } else if (!cluster.scope().everything() && !declarable.computeIfAbsent(namespace, mayDeclare::test)) {
            findings.add(finding(
                    line,
                    "you may not create accessintents in " + namespace + ", so what would become of one is not told"));
        }
    }

    private static Finding finding(int line, String message) {
        return new Finding(line == 0 ? null : line, message);
    }

    private Declarations merged(Declarations sent) {
        Declarations declared = cluster.view().snapshot().declarations();
        Map<DeclaredIntent.Key, DeclaredIntent> intents = new TreeMap<>();
        for (Declarations one : List.of(declared, sent)) {
            one.intents()
                    .values()
                    .forEach(namespace ->
                            namespace.intents().values().forEach(intent -> intents.put(intent.key(), intent)));
        }
        return Declarations.of(
                intents.values(),
                later(declared.segments(), sent.segments()),
                later(declared.guardrails(), sent.guardrails()),
                declared.wellKnown(),
                declared.excluded());
    }

    private static <T> Collection<T> later(Map<String, T> before, Map<String, T> after) {
        Map<String, T> all = new TreeMap<>(before);
        all.putAll(after);
        return all.values();
    }

    /** The namespaces in which something else may come to stand: those that are declared in, and those that are named. */
    private Set<String> concerned(Declarations sent) {
        Declarations declared = cluster.view().snapshot().declarations();
        if (!sent.segments().isEmpty() || !sent.guardrails().isEmpty()) {
            return cluster.scope().namespaces();
        }
        Set<String> concerned = new TreeSet<>();
        sent.intents().forEach((namespace, intents) -> {
            concerned.add(namespace);
            addNamed(concerned, intents);
            addNamed(concerned, declared.of(namespace));
        });
        return concerned;
    }

    private void addNamed(Set<String> concerned, NamespaceIntents intents) {
        concerned.addAll(intents.referredNamespaces());
        ImmutableSet<String> segments = intents.referredSegments();
        cluster.view().snapshot().enrolment().segments().forEach((namespace, segment) -> {
            if (segments.contains(segment.name())) {
                concerned.add(namespace);
            }
        });
    }
}
