package dev.bulkhead.testkit;

import java.nio.file.Path;

/** A published program in Go that tests use. Built once for this machine, and kept beside the control planes. */
public record GoTool(String path, String version) {

    /** Validates manifests against JSON schemas. */
    public static final GoTool KUBECONFORM = new GoTool("github.com/yannh/kubeconform/cmd/kubeconform", "v0.8.0");

    /** Judges metrics and rules; five minutes on two cores. */
    static final GoTool PROMTOOL = new GoTool("github.com/prometheus/prometheus/cmd/promtool", "v0.316.0");

    /**
     * Its executable; built now if it never was.
     *
     * @throws ToolUnavailableException if this machine has no Go, or Go cannot build it
     */
    public Path executable() {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Go go = Go.find()
                .orElseThrow(() -> new ToolUnavailableException(name + " is built with Go 1.26, and there is none"));
        String key = version + "-" + go.version().replace(' ', '-');
        return new BuildCache(BuildCache.defaultRoot(name), name, System.err).get(key, workshop -> {
            go.install(path + "@" + version, workshop, System.err);
            return workshop.resolve(name);
        });
    }
}
