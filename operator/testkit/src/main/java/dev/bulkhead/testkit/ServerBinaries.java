package dev.bulkhead.testkit;

import java.nio.file.Path;
import java.util.List;

/** Where a control plane's servers are: one file that holds them all, or a folder with a file for each. */
sealed interface ServerBinaries {

    /** The beginning of the command that runs a server. */
    List<String> command(String server);

    /** Whether controller-manager, scheduler and kwok are there too, not only etcd and the API server. */
    boolean complete();

    String description();

    /** The program that is built from the testkit's Go sources. */
    record OneFile(Path file) implements ServerBinaries {

        @Override
        public List<String> command(String server) {
            return List.of(file.toString(), server);
        }

        @Override
        public boolean complete() {
            return true;
        }

        @Override
        public String description() {
            return file.toString();
        }
    }

    /** A folder as setup-envtest lays it out. */
    record Folder(Path folder) implements ServerBinaries {

        @Override
        public List<String> command(String server) {
            return List.of(folder.resolve(server).toString());
        }

        @Override
        public boolean complete() {
            return false;
        }

        @Override
        public String description() {
            return "KUBEBUILDER_ASSETS (" + folder + "; no controllers, no scheduler)";
        }
    }
}
