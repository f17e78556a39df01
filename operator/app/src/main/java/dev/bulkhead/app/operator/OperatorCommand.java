package dev.bulkhead.app.operator;

import dev.bulkhead.app.FailedException;
import dev.bulkhead.cluster.ApiConnection;
import dev.bulkhead.cluster.Operator;
import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.cluster.leaderelection.ElectionSettings;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.metrics.OperatorMetrics;
import dev.bulkhead.cluster.slim.SlimLists;
import dev.bulkhead.core.world.Cidr;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the controller until it is stopped. */
@Command(
        name = "operator",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs the controller: keeps the NetworkPolicies of a cluster what its AccessIntents and Segments say.",
            "Against the cluster of the current kubeconfig context, or in a pod the one it runs in."
        },
        footer = {
            "",
            "Exit codes: 0 stopped as asked; 1 it cannot start or go on, or has lost the lead: start it again."
        })
public final class OperatorCommand implements Callable<Integer> {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final long MEBIBYTE = 1024 * 1024;

    @Spec
    private CommandSpec specification;

    @Option(
            names = "--namespace",
            defaultValue = "${env:BULKHEAD_NAMESPACE:-${env:POD_NAMESPACE:-bulkhead-system}}",
            description =
                    "The operator's own namespace, where the lease is and which no segment can enrol (environment:"
                            + " BULKHEAD_NAMESPACE, POD_NAMESPACE). Default: ${DEFAULT-VALUE}.")
    private String namespace;

    @Option(
            names = "--leader-elect",
            negatable = true,
            defaultValue = "${env:BULKHEAD_LEADER_ELECT:-true}",
            fallbackValue = "true",
            description = "Choose one of several replicas to write (environment: BULKHEAD_LEADER_ELECT). Default:"
                    + " ${DEFAULT-VALUE}.")
    private boolean leaderElect;

    @Option(
            names = "--lease-name",
            defaultValue = "${env:BULKHEAD_LEASE_NAME:-bulkhead}",
            description = "The Lease by which the leader is chosen (environment: BULKHEAD_LEASE_NAME). Default:"
                    + " ${DEFAULT-VALUE}.")
    private String leaseName;

    @Option(
            names = "--lease-duration",
            paramLabel = "<seconds>",
            defaultValue = "${env:BULKHEAD_LEASE_DURATION:-6}",
            description = "After so long without a sign of the leader another takes over (environment:"
                    + " BULKHEAD_LEASE_DURATION). Default: ${DEFAULT-VALUE}.")
    private int leaseDuration;

    @Option(
            names = "--renew-deadline",
            paramLabel = "<seconds>",
            defaultValue = "${env:BULKHEAD_RENEW_DEADLINE:-4}",
            description = "After so long without an answer of the API server the leader steps down (environment:"
                    + " BULKHEAD_RENEW_DEADLINE). Default: ${DEFAULT-VALUE}.")
    private int renewDeadline;

    @Option(
            names = "--retry-period",
            paramLabel = "<seconds>",
            defaultValue = "${env:BULKHEAD_RETRY_PERIOD:-1}",
            description = "Between two tries to take or renew the lead (environment: BULKHEAD_RETRY_PERIOD). Default:"
                    + " ${DEFAULT-VALUE}.")
    private int retryPeriod;

    @Option(
            names = "--probe-port",
            defaultValue = "${env:BULKHEAD_PROBE_PORT:-8081}",
            description = "Where /healthz and /readyz are served (environment: BULKHEAD_PROBE_PORT). Default:"
                    + " ${DEFAULT-VALUE}.")
    private int probePort;

    @Mixin
    private MetricsOptions metrics;

    @Mixin
    private ConsoleOptions console;

    @Option(
            names = "--threads",
            defaultValue = "${env:BULKHEAD_THREADS:-8}",
            description = "How many namespaces are worked on at a time (environment: BULKHEAD_THREADS). Default:"
                    + " ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--namespace-memory",
            paramLabel = "<MiB>",
            defaultValue = "${env:BULKHEAD_NAMESPACE_MEMORY:-" + OperatorSettings.DEFAULT_NAMESPACE_MEBIBYTES + "}",
            description =
                    "How much memory may go to what stands in one namespace; as much again may go to its AccessIntents,"
                            + " and to the policies by others in it (environment: BULKHEAD_NAMESPACE_MEMORY). Default:"
                            + " ${DEFAULT-VALUE}.")
    private int namespaceMemory;

    @Option(
            names = "--cluster-cidr",
            split = ",",
            defaultValue = "${env:BULKHEAD_CLUSTER_CIDR:-" + Option.NULL_VALUE + "}",
            description =
                    "Address ranges of pods, nodes and Services that the nodes do not tell; they are not part of the"
                            + " Internet (environment: BULKHEAD_CLUSTER_CIDR, separated by commas).")
    private List<String> clusterCidrs;

    @Option(
            names = "--kubeconfig",
            defaultValue = "${env:BULKHEAD_KUBECONFIG:-" + Option.NULL_VALUE + "}",
            description = "A kubeconfig file to use instead of the usual one (environment: BULKHEAD_KUBECONFIG).")
    private Path kubeconfig;

    @Option(
            names = "--context",
            defaultValue = "${env:BULKHEAD_CONTEXT:-" + Option.NULL_VALUE + "}",
            description =
                    "A context of the kubeconfig to use instead of the current one (environment: BULKHEAD_CONTEXT).")
    private String context;

    @Option(
            names = "--log-level",
            defaultValue = "${env:BULKHEAD_LOG_LEVEL:-info}",
            description = "error, warn, info, debug or trace (environment: BULKHEAD_LOG_LEVEL). Default:"
                    + " ${DEFAULT-VALUE}.")
    private LogLevel logLevel;

    @Option(
            names = "--log-format",
            defaultValue = "${env:BULKHEAD_LOG_FORMAT:-auto}",
            description = "text, json, or auto: text on a terminal, JSON elsewhere (environment: BULKHEAD_LOG_FORMAT)."
                    + " Default: ${DEFAULT-VALUE}.")
    private LogFormat logFormat;

    @Override
    public Integer call() throws InterruptedException {
        Logging.configure(logLevel, logFormat);
        HttpLimits.set();
        OperatorMetrics told = new OperatorMetrics(metrics.detail(), version(), Clock.systemUTC());
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(configuration())
                .withHttpClientBuilderConsumer(clients -> {
                    told.apiRequests().watch(clients);
                    SlimLists.in(clients);
                })
                .build();
        OperatorSettings settings = settings();
        checkHeap(settings);
        Operator operator = new Operator(client, settings, OperatorCommand::end, told);
        log().atInfo()
                .addKeyValue(LogKey.VERSION, version())
                .addKeyValue(LogKey.SERVER, client.getMasterUrl())
                .log("Operator starts");
        try {
            serve(operator, client, told);
        } catch (UncheckedIOException e) {
            throw new FailedException(
                    e.getMessage() + ": " + e.getCause().getMessage() + "; give it another one, or free it");
        }
        // Not before, as what ends it this way ends well.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(operator), "bulkhead-stop"));
        operator.start();
        new CountDownLatch(1).await();
        return 0;
    }

    private static void checkHeap(OperatorSettings settings) {
        long heap = Runtime.getRuntime().maxMemory();
        if (heap < settings.heapNeeded()) {
            log().atWarn()
                    .addKeyValue(
                            LogKey.NOTE,
                            "-Xmx is " + heap / MEBIBYTE + " MiB; ten namespaces that are full need "
                                    + settings.heapNeeded() / MEBIBYTE + " MiB")
                    .log("Heap small");
        }
    }

    private void serve(Operator operator, KubernetesClient client, OperatorMetrics told) {
        Probes probes = new Probes(probePort, operator);
        log().atInfo().addKeyValue(LogKey.PORT, probes.port()).log("Probes served");
        metrics.serve(told, client)
                .ifPresent(server ->
                        log().atInfo().addKeyValue(LogKey.PORT, server.port()).log("Metrics served"));
        console.serve(operator, client)
                .ifPresent(server ->
                        log().atInfo().addKeyValue(LogKey.PORT, server.port()).log("Console served"));
    }

    private static String version() {
        return Objects.requireNonNullElse(OperatorCommand.class.getPackage().getImplementationVersion(), "unknown");
    }

    private Config configuration() {
        if (kubeconfig != null) {
            if (!Files.isReadable(kubeconfig)) {
                throw new ParameterException(
                        specification.commandLine(), "the kubeconfig " + kubeconfig + " cannot be read");
            }
            System.setProperty(Config.KUBERNETES_KUBECONFIG_FILE, kubeconfig.toString());
        }
        return ApiConnection.of(new ConfigBuilder(Config.autoConfigure(context))
                .withUserAgent("bulkhead/operator")
                .build());
    }

    private OperatorSettings settings() {
        String podName = System.getenv("POD_NAME");
        String identity = podName == null
                ? "bulkhead-" + UUID.randomUUID()
                : podName + "_" + UUID.randomUUID().toString().substring(0, 8);
        Optional<ElectionSettings> election = leaderElect
                ? Optional.of(new ElectionSettings(
                        namespace,
                        leaseName,
                        identity,
                        Duration.ofSeconds(leaseDuration),
                        Duration.ofSeconds(renewDeadline),
                        Duration.ofSeconds(retryPeriod)))
                : Optional.empty();
        List<Cidr> networks = clusterCidrs == null
                ? List.of()
                : clusterCidrs.stream().map(Cidr::parse).toList();
        return new OperatorSettings(
                namespace,
                identity,
                election,
                threads,
                networks,
                OperatorSettings.DEFAULT_READ_LIMIT,
                OperatorSettings.DEFAULT_SILENCE_LIMIT,
                namespaceMemory * MEBIBYTE);
    }

    /** Without the shutdown hook: whoever has lost the lead must not go on writing while it tidies up. */
    private static void end(String reason, Throwable cause) {
        log().atError().addKeyValue(LogKey.NOTE, reason).setCause(cause).log("Operator ends");
        Runtime.getRuntime().halt(1);
    }

    /** Looked for where it is needed: to set logging up takes longer than all that other commands do at their start. */
    private static Logger log() {
        return LoggerFactory.getLogger(OperatorCommand.class);
    }

    /** On another thread, so that nothing that hangs keeps the process from ending. */
    private static void stop(Operator operator) {
        Thread closing = new Thread(operator::close, "bulkhead-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(closing.isAlive() ? 1 : 0);
    }
}
