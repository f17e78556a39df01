package dev.bulkhead.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An image as {@code docker save} has it, unpacked.
 *
 * @param root what a container sees as its root folder
 * @param configuration what the image says of how it is run
 * @param names under which it is loaded
 */
record Image(Path root, JsonNode configuration, List<String> names) {

    /** Unpacks a tar into an empty folder. */
    static Image unpack(Path tar, Path folder) throws IOException, InterruptedException {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Path root = Files.createDirectory(folder.resolve("root"));
        extract(tar, parts);
        ObjectMapper json = new ObjectMapper();
        JsonNode manifest =
                json.readTree(parts.resolve("manifest.json").toFile()).get(0);
        for (JsonNode layer : manifest.get("Layers")) {
            extract(parts.resolve(layer.asText()), root);
        }
        JsonNode configuration =
                json.readTree(parts.resolve(manifest.get("Config").asText()).toFile());
        return new Image(root, configuration.get("config"), texts(manifest.get("RepoTags")));
    }

    private static void extract(Path tar, Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "tar", "--warning=no-unknown-keyword", "-xf", tar.toString(), "-C", folder.toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("cannot unpack " + tar);
        }
    }

    List<String> entrypoint() {
        return texts(configuration.get("Entrypoint"));
    }

    /** As {@code NAME=value}. */
    List<String> environment() {
        return texts(configuration.get("Env"));
    }

    String workingDirectory() {
        return configuration.get("WorkingDir").asText();
    }

    String user() {
        return configuration.get("User").asText();
    }

    String label(String name) {
        return configuration.at("/Labels").path(name).asText();
    }

    /** Every file and folder, as a container names it. */
    List<String> paths() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.map(path -> "/" + root.relativize(path)).sorted().toList();
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
