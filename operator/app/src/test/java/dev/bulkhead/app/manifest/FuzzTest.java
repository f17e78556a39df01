package dev.bulkhead.app.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done to a manifest, reading it ends, with manifests or findings, never with an exception, and the document
 * behind it is read. {@code -Dbulkhead.fuzz.seed} repeats a round that failed.
 */
class FuzzTest {

    private static final int ROUNDS = 4_000;
    private static final String BEHIND = "\n---\n{apiVersion: v1, kind: Pod, metadata: {name: behind-it}}\n";
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));

    @Test
    void readingEndsWithManifestsOrFindings() throws IOException {
        List<byte[]> manifests = manifests();
        Long again = Long.getLong("bulkhead.fuzz.seed");
        if (again != null) {
            round(again, manifests);
            return;
        }
        for (long seed = 0; seed < ROUNDS; seed++) {
            round(seed, manifests);
        }
    }

    private static void round(long seed, List<byte[]> manifests) {
        Random random = new Random(seed);
        byte[] mutant = manifests.get(random.nextInt(manifests.size()));
        for (int i = random.nextInt(4); i >= 0; i--) {
            mutant = Mutation.any(random).apply(mutant, random);
        }
        byte[] bytes = Bytes.concat(mutant, BEHIND.getBytes(StandardCharsets.UTF_8));
        String repeat = "-Dbulkhead.fuzz.seed=" + seed + "\n" + shown(bytes);
        try {
            Reading reading = assertTimeoutPreemptively(LONG, () -> Reading.of(bytes), repeat);
            assertTrue(isUtf16(bytes) || reading.objects().contains("Pod default/behind-it"), repeat);
            int lines = Math.max(1, lines(bytes));
            for (Finding finding : reading.found()) {
                assertEquals(Reading.FILE, finding.place().file(), repeat);
                assertTrue(
                        finding.place().line() >= 1 && finding.place().line() <= lines,
                        () -> finding + " of " + lines + " lines: " + repeat);
                assertTrue(
                        !finding.message().contains("\n") && !finding.leftOut().isBlank(), repeat);
            }
        } catch (RuntimeException | StackOverflowError e) {
            fail(repeat, e);
        }
    }

    /** By its first bytes, which may come about by chance. */
    private static boolean isUtf16(byte[] bytes) {
        return (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
                || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE);
    }

    private static String shown(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, 5_000), StandardCharsets.UTF_8);
    }

    private static int lines(byte[] bytes) {
        int lines = 0;
        for (int i = 0; i < bytes.length; i++) {
            boolean crlf = bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n';
            boolean ends = bytes[i] == '\n' || (bytes[i] == '\r' && !crlf);
            lines += ends || i == bytes.length - 1 ? 1 : 0;
        }
        return lines;
    }

    private static List<byte[]> manifests() throws IOException {
        List<byte[]> manifests = new ArrayList<>();
        for (String folder : List.of("examples", "operator/app/src/test/resources/golden")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    manifests.add(Files.readAllBytes(file));
                }
            }
        }
        for (String text : MORE) {
            manifests.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return manifests;
    }

    private static final List<String> MORE = List.of("""
            {"apiVersion": "v1", "kind": "List", "items": [
              {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "labels": {"app": "b"}},
               "spec": {"containers": [{"ports": [{"name": "http", "containerPort": 80}]}]}},
              {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "a"},
               "spec": {"podSelector": {}, "ingress": [{"from": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}]}}
            ]}
            """, """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicyList
            items:
            - metadata: &meta
                name: "a\\u00e4"
                labels: {app: 'it''s'}
              spec:
                podSelector:
                  matchExpressions:
                  - key: app
                    operator: In
                    values: [a, b]
                policyTypes: [Ingress, Egress]
                ingress:
                - from:
                  - namespaceSelector: &one
                      matchLabels: {team: x}
                    podSelector: *one
                  ports:
                  - {port: 80, endPort: 90, protocol: TCP}
                  - port: http
            - metadata: {<<: *meta, name: b}
              description: |
                some
                 text
              folded: >-
                more
                text
            """);
}
