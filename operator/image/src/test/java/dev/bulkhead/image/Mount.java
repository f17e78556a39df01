package dev.bulkhead.image;

import java.nio.file.Path;
import java.util.List;

/** A folder of this machine, and where it is seen in a container. */
record Mount(Path folder, String place, boolean isWritable) {

    static Mount readOnly(Path folder, String place) {
        return new Mount(folder, place, false);
    }

    static Mount writable(Path folder, String place) {
        return new Mount(folder, place, true);
    }

    List<String> flags() {
        return List.of(isWritable ? "--bind" : "--ro-bind", folder.toString(), place);
    }
}
