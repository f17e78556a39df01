package dev.bulkhead.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

    @TempDir
    private Path folder;

    @Test
    void helpNamesTheCommands() {
        Program.Result result = Program.run(List.of("--help"));

        assertEquals(0, result.exitCode());
        assertTrue(result.out().contains("render"), result.out());
    }

    @Test
    void helpOfACommandNamesItsOptions() {
        Program.Result result = Program.run(List.of("render", "--help"));

        assertEquals(0, result.exitCode());
        assertTrue(result.out().contains("--identity"), result.out());
    }

    @Test
    void versionIsTold() {
        assertEquals(0, Program.run(List.of("--version")).exitCode());
    }

    @Test
    void noCommandAndUnknownOptionsFail() {
        assertEquals(1, Program.run(List.of()).exitCode());
        assertEquals(1, Program.run(List.of("render")).exitCode());
        assertEquals(
                1,
                Program.run(List.of("render", "--clutser-cidr", "10.0.0.0/8")).exitCode());
    }

    @ParameterizedTest
    @CsvSource({"--log-level, loud, 'error, warn, info, debug, trace'", "--log-format, xml, 'auto, text, json'"})
    void aWordThatTheLogDoesNotKnowIsRefusedWithThoseThatItDoes(String option, String word, String known) {
        Program.Result result = Program.run(List.of("operator", option, word));

        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains(option), result.err());
        assertTrue(result.err().contains(known), result.err());
        assertTrue(result.err().contains(word), result.err());
    }

    @Test
    void aRangeThatIsNoneFails() {
        Program.Result result = Program.run(List.of("render", "-f", folder.toString(), "--cluster-cidr", "10.0.0.0"));

        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("10.0.0.0/32"), result.err());
    }

    @Test
    void aFileThatIsNotThereFails() {
        Program.Result result = Program.run(List.of("render", "-f", "no-such.yaml"));

        assertEquals(1, result.exitCode());
        assertEquals("no-such.yaml: there is no such file or folder\n", result.err());
    }

    @Test
    void foldersAreReadToTheirDepthsAndOtherFilesPassedOver() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/b/one.yml"), """
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
                - {apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}
                """);
        Files.writeString(folder.resolve("two.json"), """
                {"apiVersion": "bulkhead.dev/v1alpha1", "kind": "Segment", "metadata": {"name": "shop"},
                 "spec": {"namespaces": ["shop"], "enforce": {"ingress": true, "egress": false}}}
                """);
        Files.writeString(folder.resolve("notes.txt"), "{");

        Program.Result result = Program.run(List.of("render", "-f", folder.toString()));

        assertEquals("", result.err());
        assertTrue(result.out().contains("name: bulkhead-baseline\n  namespace: shop"), result.out());
    }

    @Test
    void objectsThatNameNoNamespaceAreInTheGivenOne() throws IOException {
        Files.writeString(folder.resolve("one.yaml"), """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: one}
                spec: {workload: {all: true}, outbound: [{to: {wellKnown: KubeDNS}}]}
                """);

        Program.Result result = Program.run(List.of("render", "-n", "shop", "-f", folder.toString()));

        assertTrue(result.err().contains("shop/one"), result.err());
    }
}
