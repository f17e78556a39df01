package dev.bulkhead.testkit;

import java.io.PrintStream;
import java.nio.file.Path;

/** The control planes that were built on this machine, one for each state of the sources and version of Go. */
final class ControlPlaneCache {

    private static final String PROGRAM = "control-plane";

    private final BuildCache builds;
    private final ControlPlaneSources sources;
    private final PrintStream progress;

    ControlPlaneCache(Path root, ControlPlaneSources sources, PrintStream progress) {
        this.builds = new BuildCache(root, PROGRAM, progress);
        this.sources = sources;
        this.progress = progress;
    }

    static Path defaultRoot() {
        return BuildCache.defaultRoot(PROGRAM);
    }

    /**
     * The control plane that these sources and that Go make; built now if it never was.
     *
     * @throws ControlPlaneUnavailableException if it cannot be built
     */
    Path get(Go go) {
        return builds.get(sources.hash(go.version()), workshop -> {
            sources.writeTo(workshop);
            Path built = workshop.resolve(PROGRAM);
            go.build(workshop, built, progress);
            return built;
        });
    }
}
