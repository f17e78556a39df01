package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssetsTest {

    private static final Path PAGE = Path.of("src/main/resources/console/page");
    private static final Pattern ELSEWHERE = Pattern.compile("https?://(?!www\\.w3\\.org/)|[\"'(]//[a-z]+\\.[a-z]");
    private static final Pattern INLINE = Pattern.compile("<script(?![^>]*\\ssrc=)|<style|\\sstyle=|\\son[a-z]+=");

    @Test
    void everyModuleIsServed() throws IOException {
        Assets assets = new Assets(SignIn.BY_FORM);
        for (String module : modules()) {
            assertTrue(assets.at("/assets/" + module).isPresent(), module);
        }
    }

    @Test
    void nothingIsFetchedFromElsewhereAndNothingIsInline() throws IOException {
        try (Stream<Path> files = Files.list(PAGE)) {
            for (Path file : files.toList()) {
                assertFalse(ELSEWHERE.matcher(Files.readString(file)).find(), file.toString());
            }
        }
        String page = Files.readString(PAGE.resolve("index.html"));
        assertFalse(INLINE.matcher(page).find(), page);
    }

    @Test
    void noPathLeadsOutOfThePage() {
        Assets assets = new Assets(SignIn.BY_FORM);
        for (String path : List.of("/assets/", "/assets/../openapi.yaml", "/assets/index.html", "/assets", "//", "")) {
            assertTrue(assets.at(path).isEmpty(), path);
        }
    }

    @Test
    void whatChangesHasAnotherTag() {
        Assets assets = new Assets(SignIn.BY_FORM);
        Assets.Asset page = assets.at("/").orElseThrow();
        assertTrue(new String(page.body(), StandardCharsets.UTF_8).startsWith("<!doctype html>"));
        assertFalse(
                page.tag().equals(assets.at("/assets/style.css").orElseThrow().tag()));
    }

    private static List<String> modules() throws IOException {
        try (Stream<Path> files = Files.list(PAGE)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".js"))
                    .sorted()
                    .toList();
        }
    }
}
