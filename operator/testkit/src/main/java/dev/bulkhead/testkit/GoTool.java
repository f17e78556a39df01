package dev.bulkhead.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** A published program in Go that tests use, built once for this machine and kept beside the control planes. */
public record GoTool(String path, String version) {

    /** Validates manifests against JSON schemas. */
    public static final GoTool KUBECONFORM = new GoTool("github.com/yannh/kubeconform/cmd/kubeconform", "v0.8.0");

    /** Its executable; built now if it never was. */
    public Path executable() {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Path folder = ControlPlaneCache.defaultRoot().resolveSibling("tools").resolve(name + "-" + version);
        Path executable = folder.resolve(name);
        if (!Files.isExecutable(executable)) {
            Go go = Go.find().orElseThrow(() -> new IllegalStateException(name + " is built with Go; install it"));
            go.install(path + "@" + version, folder, System.err);
        }
        return executable;
    }
}
