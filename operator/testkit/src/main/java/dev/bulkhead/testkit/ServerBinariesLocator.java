package dev.bulkhead.testkit;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds the servers of a real control plane: in the folder that {@code KUBEBUILDER_ASSETS} names, in the cache, or by
 * building them with Go.
 */
final class ServerBinariesLocator {

    private final Map<String, String> environment;
    private final Supplier<Optional<Go>> go;
    private final ControlPlaneCache cache;

    ServerBinariesLocator(Map<String, String> environment, Supplier<Optional<Go>> go, ControlPlaneCache cache) {
        this.environment = environment;
        this.go = go;
        this.cache = cache;
    }

    static ServerBinariesLocator ofThisMachine(PrintStream progress) {
        return new ServerBinariesLocator(
                System.getenv(),
                Go::find,
                new ControlPlaneCache(ControlPlaneCache.defaultRoot(), new ControlPlaneSources(), progress));
    }

    /** @throws ControlPlaneUnavailableException if there are none and none can be built */
    ServerBinaries locate() {
        String assets = environment.getOrDefault("KUBEBUILDER_ASSETS", "");
        if (!assets.isEmpty()) {
            return folder(Path.of(assets));
        }
        return go.get()
                .<ServerBinaries>map(found -> new ServerBinaries.OneFile(cache.get(found)))
                .orElseThrow(() -> new ControlPlaneUnavailableException(
                        "No real control plane on this machine. Install Go 1.26 or later (it is built once, some six"
                                + " minutes), or name a folder with etcd and kube-apiserver by KUBEBUILDER_ASSETS"
                                + " (as setup-envtest makes one; no controllers then)."));
    }

    private static ServerBinaries folder(Path folder) {
        Stream.of("etcd", "kube-apiserver")
                .map(folder::resolve)
                .filter(file -> !Files.isExecutable(file))
                .findFirst()
                .ifPresent(missing -> {
                    throw new ControlPlaneUnavailableException("KUBEBUILDER_ASSETS names " + folder + ", but " + missing
                            + " is not there. Put it right, or unset it to have a control plane built with Go.");
                });
        return new ServerBinaries.Folder(folder);
    }
}
