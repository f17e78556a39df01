package dev.bulkhead.app.console;

import dev.bulkhead.cluster.inventory.LiveView;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The console in a process of its own that has as much memory as the chart gives it. */
final class SmallConsole implements AutoCloseable {

    /** Of the chart. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms40m",
            "-Xmx96m",
            "-Xss512k",
            "-XX:+ExitOnOutOfMemoryError");

    static final int USERS = 5;
    private static final int NAMESPACES = 7;

    private final Process process;
    private final int port;

    private SmallConsole(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Of a town where everybody reaches everybody. */
    static SmallConsole start() throws IOException {
        return start(0);
    }

    /** Of one namespace with so many workloads that are open to each other, if any. */
    static SmallConsole start(int crowd) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SmallConsole.class.getName()));
        command.add(Integer.toString(crowd));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        StringBuilder said = new StringBuilder();
        int character = process.getInputStream().read();
        while (character >= '0') {
            said.append((char) character);
            character = process.getInputStream().read();
        }
        return new SmallConsole(process, Integer.parseInt(said.toString()));
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** Ends with whoever started it. */
    public static void main(String[] arguments) throws IOException {
        int crowd = Integer.parseInt(arguments[0]);
        LiveView view = crowd > 0 ? Crowd.open(crowd) : LargeClusterTest.everybodyReachesEverybody(NAMESPACES);
        ObservedCluster observed = new UnchangingCluster(view);
        try (ReviewingServer api = new ReviewingServer()) {
            for (int i = 0; i < USERS; i++) {
                api.tokens.put("token-" + i, "user-" + i);
                api.rights.add("user-" + i + " get networkpolicies ");
            }
            api.tokens.put("of-the-team", "team");
            api.rights.add("team get networkpolicies ns-0");
            api.rights.add("team create accessintents ns-0");
            for (String right : List.of("get networkpolicies", "create accessintents")) {
                api.rights.add("team " + right + " " + Crowd.NAMESPACE);
            }
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            try (ConsoleServer server =
                    new ConsoleServer(address, Optional.empty(), SignIn.BY_FORM, observed, api.client())) {
                System.out.write((server.port() + "\n").getBytes(StandardCharsets.US_ASCII));
                System.out.flush();
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }
}
