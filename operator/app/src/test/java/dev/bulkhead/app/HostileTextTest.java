package dev.bulkhead.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bulkhead.app.terminal.Hostile;
import dev.bulkhead.app.terminal.Shown;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.xml.sax.InputSource;

/**
 * Whatever stands in manifests and in files of tests, and whatever these are called: no command prints anything but text,
 * in any of its formats. {@code -Dbulkhead.hostile.seed} repeats a round that failed.
 */
class HostileTextTest {

    private static final int ROUNDS = 8;
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final Pattern LINK_IN_SARIF = Pattern.compile("(?<!\\\\)]\\(");
    private static final String FREE = "FREE TEXT";
    private static final String MARK = "tells a story";

    @TempDir
    private Path folder;

    /** Each with what it prints. */
    private static List<List<String>> commands() {
        return List.of(
                List.of("text", "render", "-f", "{head}"),
                List.of("text", "connectivity", "-f", "{head}"),
                List.of("csv", "connectivity", "-f", "{head}", "-o", "csv"),
                List.of("md", "connectivity", "-f", "{head}", "-o", "md"),
                List.of("text", "connectivity", "-f", "{head}", "-o", "dot"),
                List.of("json", "connectivity", "-f", "{head}", "-o", "json"),
                List.of("text", "explain", "-f", "{head}", "shop/cart", "shop/db", "5432"),
                List.of("text", "explain", "-f", "{head}", "shop/cart", "203.0.113.9", "443"),
                List.of("json", "explain", "-f", "{head}", "shop/cart", "shop/db", "5432", "-o", "json"),
                List.of("text", "explain", "-f", "{head}", "{text}", "shop/db", "{text}"),
                List.of("text", "who-can-reach", "-f", "{head}", "shop/db", "--hops", "all"),
                List.of("text", "reachable-from", "-f", "{head}", "shop/cart", "--max", "0"),
                List.of("json", "reachable-from", "-f", "{head}", "shop/cart", "-o", "json"),
                List.of("text", "plan", "-f", "{head}"),
                List.of("text", "plan", "-f", "{head}", "--base", "{base}"),
                List.of("text", "plan", "-f", "{head}", "--details"),
                List.of("md", "plan", "-f", "{head}", "--base", "{base}", "-o", "md"),
                List.of("json", "plan", "-f", "{head}", "--base", "{base}", "-o", "json"),
                List.of("text", "diff", "--base", "{base}", "--head", "{head}"),
                List.of("csv", "diff", "--base", "{base}", "--head", "{head}", "-o", "csv"),
                List.of("md", "diff", "--base", "{base}", "--head", "{head}", "-o", "md"),
                List.of("json", "diff", "--base", "{base}", "--head", "{head}", "-o", "json"),
                List.of("text", "status", "-f", "{head}"),
                List.of("json", "status", "-f", "{head}", "-o", "json"),
                List.of("text", "lint", "-f", "{head}"),
                List.of("json", "lint", "-f", "{head}", "-o", "json"),
                List.of("sarif", "lint", "-f", "{head}", "-o", "sarif"),
                List.of("text", "test", "-f", "{head}", "{tests}", "--junit", "{junit}"),
                List.of("text", "{text}"),
                List.of("text", "plan", "--{text}"),
                List.of("text", "plan", "-f", "{text}", "-o", "{text}"));
    }

    @Test
    void whatAnApiServerTakesIsNothingButTextHoweverItReads() throws Exception {
        StringBuilder all = new StringBuilder();
        rounds(seed -> {
            Random random = new Random(seed);
            List<Object> objects = documents("head.yaml");
            replace(objects, random);
            Files.writeString(folder.resolve("head.json"), list(objects));
            for (List<String> command : commands()) {
                Program.Result result = run(command, "head.json", random);
                boolean asks = command.stream().noneMatch(word -> word.contains("{text}"));
                if (asks) {
                    assertNotEquals(ExitCode.FAILED, result.exitCode(), command + " " + seed + ": " + result.err());
                }
                all.append(result.out()).append(result.err());
            }
        });
        assertTrue(all.toString().contains(MARK));
        assertTrue(all.toString().contains("\\u001b"));
    }

    @Test
    void whateverIsWrongIsToldByNothingButText() throws Exception {
        rounds(seed -> {
            Random random = new Random(seed);
            List<Object> objects = documents("head.yaml");
            List<Runnable> places = new ArrayList<>();
            places(objects, places, random);
            for (int i = random.nextInt(3); i >= 0; i--) {
                places.get(random.nextInt(places.size())).run();
            }
            String name = "head" + Hostile.text(random).replaceAll("[/\u0000\ud800-\udfff]", "") + ".json";
            Path file;
            try {
                file = Files.writeString(folder.resolve(name), list(objects));
            } catch (IOException | java.nio.file.InvalidPathException e) {
                file = Files.writeString(folder.resolve("head.json"), list(objects));
            }
            for (List<String> command : commands()) {
                run(command, file.getFileName().toString(), random);
                List<String> lenient = new ArrayList<>(command);
                lenient.add("--lenient");
                run(lenient, file.getFileName().toString(), random);
            }
            Files.delete(file);
        });
    }

    private interface Round {
        void play(long seed) throws Exception;
    }

    private static void rounds(Round round) throws Exception {
        Long again = Long.getLong("bulkhead.hostile.seed");
        for (long seed = again == null ? 0 : again; seed < (again == null ? ROUNDS : again + 1); seed++) {
            round.play(seed);
        }
    }

    private Program.Result run(List<String> command, String head, Random random) throws Exception {
        Path tests = Files.writeString(folder.resolve("tests.yml"), JSON.writeValueAsString(tests(random)));
        Path junit = folder.resolve("report.xml");
        Files.deleteIfExists(junit);
        List<String> arguments = command.stream()
                .skip(1)
                .map(word -> word.replace("{head}", folder.resolve(head).toString())
                        .replace(
                                "{base}",
                                Path.of("src/test/resources/hostile/base.yaml").toString())
                        .replace("{tests}", tests.toString())
                        .replace("{junit}", junit.toString())
                        .replace("{text}", Hostile.text(random)))
                .toList();
        Program.Result result = Program.run(arguments);
        String where = arguments + "\n" + result.out();
        Shown.assertPrintable(result.out(), where);
        Shown.assertPrintable(result.err(), arguments + "\n" + result.err());
        if (result.exitCode() != ExitCode.FAILED) {
            check(command.get(0), result.out(), where);
        }
        if (Files.exists(junit)) {
            String report = Files.readString(junit);
            Shown.assertPrintable(report, report);
            DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(report)));
        }
        return result;
    }

    private static void check(String format, String printed, String where) throws IOException {
        switch (format) {
            case "csv" -> {
                List<List<String>> rows = Shown.assertNoFormulas(printed, where);
                rows.forEach(row -> assertEquals(rows.get(0).size(), row.size(), where));
            }
            case "md" -> Shown.assertInactive(printed, where);
            case "json" -> JSON.readTree(printed);
            case "sarif" -> {
                for (JsonNode message : JSON.readTree(printed).findValues("message")) {
                    assertFalse(
                            LINK_IN_SARIF.matcher(message.path("text").asText()).find(), where);
                }
            }
            default -> {
                // Printable is all that text has to be.
            }
        }
    }

    private static Map<String, Object> tests(Random random) {
        List<Object> tests = new ArrayList<>();
        for (String expect : List.of("Allowed", "Denied")) {
            Map<String, Object> test = new LinkedHashMap<>();
            test.put("name", Hostile.text(random));
            test.put("from", "shop/cart");
            test.put("to", "shop/db");
            test.put("port", 5432);
            test.put("expect", expect);
            tests.add(test);
        }
        Map<String, Object> strange = new LinkedHashMap<>();
        strange.put("from", Hostile.text(random) + "x");
        strange.put("to", "shop/db");
        strange.put("port", 80);
        strange.put("expect", "Denied");
        tests.add(strange);
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("apiVersion", "bulkhead.dev/v1alpha1");
        file.put("kind", "ConnectivityTest");
        file.put("tests", tests);
        return file;
    }

    private static List<Object> documents(String name) throws IOException {
        List<Object> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(Files.readString(Path.of("src/test/resources/hostile", name)))
                .forEach(documents::add);
        return documents;
    }

    private static String list(List<Object> objects) throws IOException {
        return JSON.writeValueAsString(Map.of("apiVersion", "v1", "kind", "List", "items", objects));
    }

    /** Puts something into every place where Kubernetes takes any text. */
    @SuppressWarnings("unchecked")
    private static void replace(Object tree, Random random) {
        if (tree instanceof Map<?, ?> map) {
            ((Map<String, Object>) map).replaceAll((key, value) -> replaced(value, random));
            map.values().forEach(value -> replace(value, random));
        } else if (tree instanceof List<?> list) {
            ((List<Object>) list).replaceAll(value -> replaced(value, random));
            list.forEach(value -> replace(value, random));
        }
    }

    private static Object replaced(Object value, Random random) {
        return value instanceof String text && text.contains(FREE)
                ? text.replace(FREE, Hostile.text(random) + MARK + Hostile.text(random))
                : value;
    }

    /** Everywhere that something else could stand: texts, and the names of fields. */
    @SuppressWarnings("unchecked")
    private static void places(Object tree, List<Runnable> places, Random random) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> fields = (Map<String, Object>) map;
            for (String key : List.copyOf(fields.keySet())) {
                if (fields.get(key) instanceof String text) {
                    places.add(() ->
                            fields.put(key, random.nextBoolean() ? Hostile.text(random) : text + Hostile.text(random)));
                }
                places.add(() -> fields.put(key + Hostile.text(random), fields.get(key)));
                places(fields.get(key), places, random);
            }
        } else if (tree instanceof List<?> list) {
            List<Object> items = (List<Object>) list;
            for (int i = 0; i < items.size(); i++) {
                int at = i;
                if (items.get(i) instanceof String) {
                    places.add(() -> items.set(at, Hostile.text(random)));
                }
                places(items.get(i), places, random);
            }
        }
    }
}
