package dev.bulkhead.app.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenFilesTest {

    private static String pod(String name) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name + "}\n";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [a, b                  | 6
            {a: b]                 | 6
            'open                  | 6
            "open                  | 6
            "\\q"                  | 6
            "\\UFFFFFFFF"          | 6
            a: b: c                | 6
            @                      | 6
            a: *b                  | 6
            a: &b [*b]             | 6
            ? [a]                  | 6
            a: !<                  | 6
            !a!b c                 | 6
            a: b\\n c: d           | 7
            """)
    void aBrokenDocumentHidesNoOther(String broken, int line) {
        String text = pod("first") + "---\n# broken\n" + broken.replace("\\n", "\n") + "\n--- # next\n" + pod("last");

        Reading reading = Reading.of(text);

        assertEquals(List.of("Pod default/first", "Pod default/last"), reading.objects());
        assertEquals(List.of(line), reading.lines(), reading.findings().toString());
        assertEquals(List.of("the document"), reading.leftOut());
    }

    @Test
    void allBrokenDocumentsAreFound() {
        Reading reading = Reading.of("{a\n---\n" + pod("a") + "---\n'b\n---\n" + pod("b") + "---\nc: c: c\n...\n");

        assertEquals(List.of("Pod default/a", "Pod default/b"), reading.objects());
        assertEquals(3, reading.findings().size(), reading.findings().toString());
    }

    @Test
    void theProblemsOfItemsBeforeABrokenOneAreFoundToo() {
        Reading reading = Reading.of("""
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: v1, kind: Pod, metadata: {name: 1}}
                - {apiVersion: v1, kind: Pod, metadata: {name: a}}
                - {apiVersion: v1, kind: Pod, metadata: {name: b}
                """);

        assertEquals(List.of(4, 6), reading.lines(), reading.findings().toString());
        assertEquals(List.of(), reading.objects());
    }

    @Test
    void aFieldThatIsGivenTwiceLeavesItsObjectOutAndNoOther() {
        Reading reading = Reading.of("""
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: Pod
                  metadata: {name: a, name: b, labels: {c: 1}}
                - apiVersion: v1
                  kind: Pod
                  metadata: {name: c}
                """);

        assertEquals(
                List.of(
                        "a.yaml:6: 'name' is given twice, first on line 6; keep one",
                        "a.yaml:6: metadata.labels.c: this is 1; write a text, in quotes"),
                reading.findings());
        assertEquals(List.of("Pod default/c"), reading.objects());
    }

    @Test
    void aListThatHasItemsTwiceIsLeftOut() {
        Reading reading = Reading.of("""
                kind: List
                items:
                - {apiVersion: v1, kind: Pod, metadata: {name: a}}
                items:
                - {apiVersion: v1, kind: Pod, metadata: {name: b}}
                """);

        assertEquals(List.of("a.yaml:4: 'items' is given twice, first on line 2; keep one"), reading.findings());
        assertEquals(List.of(), reading.objects());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"apiVersion\": \"v1\",\n \"kind\": \"Pod\",\n \"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}}",
                "{apiVersion: v1,\n kind: Pod,\n kind: Pod, metadata: {name: a}}"
            })
    void aFieldThatIsGivenTwiceIsFoundInJsonToo(String json) {
        assertEquals(
                List.of("a.yaml:3: 'kind' is given twice, first on line 2; keep one"),
                Reading.of(json).findings());
    }

    @Test
    void aCharacterThatIsNotAllowedLeavesItsDocumentOutAndNoOther() {
        Reading reading =
                Reading.of(pod("a") + "---\n" + pod("b") + "x: \u0007\n---\n" + pod("c") + "---\nx: \u0001\n");

        assertEquals(List.of("Pod default/a", "Pod default/c"), reading.objects());
        assertEquals(
                List.of(
                        "a.yaml:8: the character U+0007 is not allowed in YAML; take it out",
                        "a.yaml:14: the character U+0001 is not allowed in YAML; take it out"),
                reading.findings());
    }

    @Test
    void bytesThatAreNotUtf8LeaveTheirDocumentOutAndNoOther() {
        byte[] bytes =
                (pod("a") + "---\n" + pod("b") + "x: \u00E4\n---\n" + pod("c")).getBytes(StandardCharsets.ISO_8859_1);

        Reading reading = Reading.of(bytes);

        assertEquals(List.of("Pod default/a", "Pod default/c"), reading.objects());
        assertEquals(List.of("a.yaml:8: this is not UTF-8; save the file in that encoding"), reading.findings());
    }

    @Test
    void aFileOfWindowsIsRead() {
        String text = "\uFEFF" + (pod("a") + "---\n" + pod("b") + "metadata: x\n").replace("\n", "\r\n");
        for (byte[] bytes : List.of(
                text.getBytes(StandardCharsets.UTF_8),
                text.getBytes(StandardCharsets.UTF_16LE),
                text.getBytes(StandardCharsets.UTF_16BE))) {
            Reading reading = Reading.of(bytes);

            assertEquals(List.of("Pod default/a"), reading.objects());
            assertEquals(List.of(8), reading.lines(), reading.findings().toString());
        }
    }

    @Test
    void whatOnlyLooksLikeAMarkerIsText() {
        Reading reading = Reading.of(pod("a") + "x: |\n  ---\n  a\ny: ---b\nz: '---\n  '\n");

        assertEquals(List.of("Pod default/a"), reading.objects());
        assertEquals(List.of(), reading.findings());
    }

    @Test
    void directivesAreUnderstood() {
        assertEquals(
                List.of("Pod default/a", "Pod default/b"),
                Reading.of("%YAML 1.2\n---\n" + pod("a") + "...\n%YAML 1.1\n---\n" + pod("b"))
                        .objects());
    }

    @Test
    void anchorsAndMergesAreResolved() {
        Reading reading = Reading.of("""
                x: &labels {app: a, tier: b}
                apiVersion: v1
                kind: Pod
                metadata: &meta {name: a, labels: {<<: *labels, tier: c}}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: b, labels: {"<<": text}}
                """);

        assertEquals(
                Map.of("app", "a", "tier", "c"),
                reading.manifests().get(0).object().getMetadata().getLabels());
        assertEquals(1, reading.findings().size());
        assertTrue(
                reading.findings().get(0).startsWith("a.yaml:8: metadata.labels: '<<' is not"),
                reading.findings()::toString);
    }

    @Test
    void aliasesThatStandForTooMuchAreRefusedAtOnce() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(10)).append("]\n");
        }

        Reading reading = Reading.of(bomb + "---\n" + pod("a"));

        assertEquals(List.of("Pod default/a"), reading.objects());
        assertEquals(
                List.of("a.yaml:4: the aliases of this document stand for more than 10000 values; write out what is"
                        + " meant"),
                reading.findings());
    }

    @Test
    void mergesThatStandForTooMuchAreRefusedAtOnce() {
        StringBuilder bomb = new StringBuilder("a0: &a0 {x: x}\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" {k: [*a");
            bomb.append(i - 1)
                    .append(", *a")
                    .append(i - 1)
                    .append("], <<: [*a")
                    .append(i - 1)
                    .append("]}\n");
        }

        assertEquals(1, Reading.of(bomb.toString()).findings().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{a: ", "- ", "? ", "[{a: "})
    void nestingIsBounded(String open) {
        Reading reading = Reading.of("---\n" + open.repeat(100_000) + "\n---\n" + pod("a"));

        assertEquals(List.of("Pod default/a"), reading.objects());
        assertEquals(List.of(2), reading.lines(), reading.findings().toString());
    }

    @Test
    void nestingInJsonIsBounded() {
        Reading reading = Reading.of("[".repeat(100_000) + "]".repeat(100_000));

        assertEquals(List.of("a.yaml:1: more than 200 levels of fields; nest less deeply"), reading.findings());
    }

    @Test
    void longTextsAreReadAndShownShortened() {
        String text = "x".repeat(3_000_000);

        Reading reading = Reading.of(pod("a") + "spec: {hostNetwork: " + text + "}\n---\n" + pod("b") + "x: " + text);

        assertEquals(List.of("Pod default/b"), reading.objects());
        assertEquals(
                List.of("a.yaml:4: spec.hostNetwork: this is the text '" + "x".repeat(80)
                        + "...'; write true or false, without quotes"),
                reading.findings());
    }

    @Test
    void numbersWithoutEndAreTexts() {
        Reading reading = Reading.of(
                pod("a") + "spec: {containers: [{ports: [{containerPort: " + "9".repeat(1_000_000) + "}]}]}");

        assertEquals(1, reading.findings().size());
        assertTrue(
                reading.findings().get(0).contains("write a whole number"),
                reading.findings().toString());
    }

    @Test
    void manyBrokenDocumentsTakeNoLongerThanTheirNumber() {
        Reading reading = Reading.of("--- [\n".repeat(20_000) + "---\n" + pod("a"));

        assertEquals(20_000, reading.findings().size());
        assertEquals(List.of("Pod default/a"), reading.objects());
    }

    @Test
    void aLargeFileIsReadInPartsAsIfItWereInOne() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append(
                    i % 10_000 == 0
                            ? "--- {broken\n"
                            : "--- {apiVersion: v1, kind: Pod, metadata: {name: a" + i + "}}\n");
            text.append(i % 100 == 0 ? "...\n%YAML 1.2\n# directives belong to what follows\n" : "\n\n\n");
        }

        Reading reading = Reading.of(text.toString());

        assertEquals(59_994, reading.objects().size());
        assertEquals("Pod default/a1", reading.objects().get(0));
        assertEquals("Pod default/a59999", reading.objects().get(59_993));
        assertEquals(4 * 59_999 + 1, reading.manifests().get(59_993).place().line());
        assertEquals(
                List.of(2, 40_002, 80_002, 120_002, 160_002, 200_002),
                reading.lines(),
                reading.findings().toString());
    }
}
