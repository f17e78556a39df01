package dev.bulkhead.bench.reach;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The command line on clusters of three sizes, each run a process of its own, from its start to its end. */
public final class ReachabilityBench {

    private static final int ROUNDS = 5;
    private static final Path TARGET = Path.of(System.getProperty("bulkhead.root"), "operator/app/target");

    private record Size(String name, Path folder, List<String> question) {}

    private record Run(double seconds, long peakKilobytes, long lines) {}

    public void run(PrintStream out) {
        try {
            Path root = Files.createTempDirectory("bulkhead-bench");
            try {
                run(root, out);
            } finally {
                MoreFiles.deleteRecursively(root, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path root, PrintStream out) throws IOException {
        List<Size> sizes = List.of(
                new Size(
                        "1,000 pods, 200 workloads, 220 policies",
                        ClusterFiles.tiers(root.resolve("small"), 20, 200, 1_000, 220),
                        List.of("ns-0/web-0-7d4b9c8f6d-00000", "ns-0/api-20-7d4b9c8f6d-00000", "8080")),
                new Size(
                        "10,000 pods, 1,000 workloads, 1,100 policies",
                        ClusterFiles.tiers(root.resolve("medium"), 50, 1_000, 10_000, 1_100),
                        List.of("ns-0/web-0-7d4b9c8f6d-00000", "ns-0/api-50-7d4b9c8f6d-00000", "8080")),
                new Size(
                        "5,413 pods, 604 namespaces, 13,678 policies",
                        ClusterFiles.real(root.resolve("real")),
                        List.of()));
        List<String> launcher = List.of(TARGET.resolve("bulkhead").toString());
        List<String> plain = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                TARGET.resolve("bulkhead.jar").toString());
        for (Size size : sizes) {
            out.println(size.name());
            List<String> connectivity =
                    List.of("connectivity", "-o", "json", "-f", size.folder().toString());
            print(out, "  connectivity, launcher", launcher, connectivity);
            print(out, "  connectivity, java -jar", plain, connectivity);
            List<String> explain =
                    new ArrayList<>(List.of("explain", "-f", size.folder().toString()));
            explain.addAll(size.question().isEmpty() ? firstTwo(size.folder()) : size.question());
            print(out, "  explain, launcher     ", launcher, explain);
        }
    }

    private static List<String> firstTwo(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("cluster.yaml"), StandardCharsets.UTF_8);
        List<String> pods = new ArrayList<>();
        for (int i = 0; i + 3 < lines.size() && pods.size() < 2; i++) {
            if (lines.get(i).equals("kind: Pod")) {
                pods.add(lines.get(i + 3).strip().substring("namespace: ".length()) + "/"
                        + lines.get(i + 2).strip().substring("name: ".length()));
            }
        }
        pods.add("8080");
        return pods;
    }

    private static void print(PrintStream out, String what, List<String> program, List<String> arguments)
            throws IOException {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            runs.add(measure(program, arguments));
        }
        double[] seconds = runs.stream().mapToDouble(Run::seconds).toArray();
        Arrays.sort(seconds);
        out.printf(
                Locale.ROOT,
                "%s: median %.2f s, from %.2f to %.2f s; at most %d MiB; %,d lines%n",
                what,
                seconds[ROUNDS / 2],
                seconds[0],
                seconds[ROUNDS - 1],
                runs.stream().mapToLong(Run::peakKilobytes).max().orElse(0) / 1024,
                runs.get(0).lines());
    }

    private static Run measure(List<String> program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(arguments);
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long lines = 0;
        long peak = 0;
        try (InputStream output = process.getInputStream()) {
            byte[] buffer = new byte[1 << 16];
            int read = output.read(buffer);
            while (read >= 0) {
                for (int i = 0; i < read; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
                peak = Math.max(peak, peakOf(process));
                read = output.read(buffer);
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Run((System.nanoTime() - start) / 1e9, peak, lines);
    }

    /** The most memory that was resident so far; 0 where the system does not say. */
    private static long peakOf(Process process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }
}
