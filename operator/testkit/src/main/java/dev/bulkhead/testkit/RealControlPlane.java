package dev.bulkhead.testkit;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * etcd, kube-apiserver and, where the binaries have them, kube-controller-manager, kube-scheduler and kwok, as processes
 * of this machine on free ports of the loopback interface. Pods run in name only: kwok says that they do, and gives them
 * addresses.
 *
 * <p>Nothing outlives the JVM: what {@link #close()} has not stopped, a shutdown hook stops, and servers that we built
 * end when the pipe to this JVM breaks.
 */
public final class RealControlPlane implements ControlPlane {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final String KWOK = "kwok";
    private static final int MOST_CRASHES = 3;

    private final ServerBinaries binaries;
    private final boolean workloads;
    private final Path folder = Folders.temporary("bulkhead-control-plane-");
    private final Path logs = Folders.create(folder.resolve("logs"));
    private final Credentials credentials;
    private final ServiceAccountKeys keys = ServiceAccountKeys.generate(folder);
    private final ServerCommands commands;
    // Everything but the API server, the youngest first.
    private final Deque<ServerProcess> others = new ArrayDeque<>();
    private final Thread closeAtExit = new Thread(this::stop, "stop-control-plane");
    private ServerProcess apiServer;
    private KubernetesClient client;
    private int kwoks;
    private int crashes;
    private boolean logsKept;
    private boolean stopped;

    /**
     * Starts a control plane and returns when it is ready: the API server answers and, with workloads, the nodes take
     * pods.
     *
     * @throws ControlPlaneUnavailableException if this machine cannot have one
     * @throws IllegalStateException if it does not start; the logs are kept then, and the message says where
     */
    public static RealControlPlane start(ControlPlaneOptions options) {
        RealControlPlane controlPlane = new RealControlPlane(prepare(options), options);
        Runtime.getRuntime().addShutdownHook(controlPlane.closeAtExit);
        try {
            controlPlane.startServers(options);
            return controlPlane;
        } catch (RuntimeException e) {
            controlPlane.keepLogs();
            controlPlane.close();
            throw new IllegalStateException("The control plane does not start; its logs: " + controlPlane.logs, e);
        }
    }

    /**
     * Finds the servers, and builds them if need be.
     *
     * @throws ControlPlaneUnavailableException if there are none and none can be built, or they are fewer than asked for
     */
    static ServerBinaries prepare(ControlPlaneOptions options) {
        ServerBinaries binaries =
                ServerBinariesLocator.ofThisMachine(System.err).locate();
        if (options.workloads() && !binaries.complete()) {
            throw new ControlPlaneUnavailableException("No workloads run on a control plane from "
                    + binaries.description() + ". Unset it to have a whole one built with Go.");
        }
        return binaries;
    }

    private RealControlPlane(ServerBinaries binaries, ControlPlaneOptions options) {
        this.binaries = binaries;
        workloads = options.workloads();
        credentials = new Credentials(options.tenants());
        commands = new ServerCommands(binaries, folder, FreePorts.free(), FreePorts.free());
    }

    private synchronized void startServers(ControlPlaneOptions options) {
        credentials.writeTokenFile(tokens());
        start("etcd", commands.etcd(FreePorts.free()));
        startApiServer();
        awaitReady();
        client = new KubernetesClientBuilder().withConfig(configuration()).build();
        if (workloads) {
            startControllers();
            KwokNodes nodes = new KwokNodes(client);
            nodes.create(options.nodes());
            Await.until("the nodes are ready", START_LIMIT, () -> {
                others.forEach(ServerProcess::requireAlive);
                return nodes.allReady() && defaultServiceAccountExists();
            });
        }
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities =
                EnumSet.of(Capability.ADMISSION_POLICIES, Capability.VALIDATION, Capability.AUTHORIZATION);
        if (workloads) {
            capabilities.add(Capability.WORKLOADS);
            capabilities.add(Capability.GARBAGE_COLLECTION);
        }
        return capabilities;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public Config configuration() {
        return configuration(Credentials.ADMINISTRATOR);
    }

    @Override
    public Config configuration(String tenant) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + commands.port())
                .withCaCertFile(commands.authority().toString())
                .withOauthToken(credentials.token(tenant))
                .withNamespace("default")
                .build();
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig(Credentials.ADMINISTRATOR);
    }

    @Override
    public Path kubeconfig(String tenant) {
        Path file = Folders.create(folder.resolve("kubeconfig")).resolve(tenant.replace(':', '_'));
        return Kubeconfig.write(file, tenant, configuration(tenant));
    }

    @Override
    public String description() {
        return "real control plane at " + configuration().getMasterUrl() + ", from " + binaries.description();
    }

    /** Stops the API server in the middle of whatever it does: connections stay open and nothing answers. */
    public void pauseApiServer() {
        apiServer.pause();
    }

    /** The reverse of {@link #pauseApiServer()}. */
    public void resumeApiServer() {
        apiServer.resume();
    }

    /** Ends the API server at once; nobody listens on its port then. */
    public void killApiServer() {
        apiServer.kill();
    }

    /**
     * Starts the API server again after {@link #killApiServer()}, on the same port and data, and waits until it is ready
     * and, with workloads, pods run again.
     */
    public synchronized void restartApiServer() {
        startApiServer();
        awaitReady();
        if (workloads) {
            // Else they would look for the API server again only after a minute.
            killControllers();
            startControllers();
            KwokNodes nodes = new KwokNodes(client);
            Await.until("the nodes run pods again", START_LIMIT, () -> {
                requireServersAlive();
                return nodes.allRunPods();
            });
        }
    }

    @Override
    public synchronized Optional<Path> keepLogs() {
        logsKept = true;
        return Optional.of(logs);
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(closeAtExit);
        } catch (IllegalStateException e) {
            // The JVM is going down; the hook finds nothing left to do.
            return;
        }
    }

    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        if (client != null) {
            client.close();
        }
        // Those that would complain of a missing API server first, etcd last.
        killControllers();
        if (apiServer != null) {
            apiServer.kill();
        }
        others.forEach(ServerProcess::kill);
        if (logsKept) {
            Folders.deleteAllBut(logs);
        } else {
            Folders.delete(folder);
        }
    }

    private void start(String name, List<String> command) {
        others.push(ServerProcess.start(name, command, logs));
    }

    private void startControllers() {
        Path kubeconfig = kubeconfig();
        start("kube-controller-manager", commands.controllerManager(keys, kubeconfig));
        start("kube-scheduler", commands.scheduler(kubeconfig));
        startKwok();
    }

    private void startKwok() {
        // A kwok that starts again would give away addresses that pods have: each gets a range of its own.
        start(KWOK, commands.kwok(kubeconfig(), "10." + (128 + kwoks++ % 128) + ".0.0/16"));
    }

    /** Now and then kwok 0.8 crashes while it starts, where it registers types in a registry that goroutines share. */
    private void restartCrashedKwok() {
        ServerProcess youngest = others.peek();
        if (youngest != null && youngest.isNamed(KWOK) && !youngest.isAlive() && crashes < MOST_CRASHES) {
            crashes++;
            others.pop();
            startKwok();
        }
    }

    private void killControllers() {
        while (others.size() > 1) {
            others.pop().kill();
        }
    }

    private void startApiServer() {
        apiServer = ServerProcess.start("kube-apiserver", commands.apiServer(keys, tokens(), workloads), logs);
    }

    private void awaitReady() {
        // A client reads the certificate when it is made. The API server writes the key after it.
        Await.until("the API server has made its certificate", START_LIMIT, () -> {
            requireServersAlive();
            return Files.exists(commands.privateKey());
        });
        Config impatient = new ConfigBuilder(configuration())
                .withRequestTimeout(1000)
                .withConnectionTimeout(1000)
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient probe =
                new KubernetesClientBuilder().withConfig(impatient).build()) {
            Await.until("the API server is ready", START_LIMIT, () -> {
                requireServersAlive();
                return answersReady(probe);
            });
        }
    }

    private static boolean answersReady(KubernetesClient probe) {
        try {
            return "ok".equals(probe.raw("/readyz"));
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private void requireServersAlive() {
        restartCrashedKwok();
        others.forEach(ServerProcess::requireAlive);
        apiServer.requireAlive();
    }

    private boolean defaultServiceAccountExists() {
        return client.serviceAccounts()
                        .inNamespace("default")
                        .withName("default")
                        .get()
                != null;
    }

    private Path tokens() {
        return folder.resolve("tokens.csv");
    }
}
