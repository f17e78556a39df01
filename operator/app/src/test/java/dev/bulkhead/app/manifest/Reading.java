package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What comes of a file called {@code a.yaml}. */
record Reading(
        ImmutableList<Manifest> manifests,
        ImmutableList<Finding> found,
        ImmutableSortedMap<String, Integer> passedOver) {

    static final String FILE = "a.yaml";

    static Reading of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Reading of(byte[] bytes) {
        return of(List.of(SourceFile.of(FILE, bytes)));
    }

    static Reading of(List<SourceFile> files) {
        List<Finding> found = new ArrayList<>();
        ManifestReader.Manifests read = new ManifestReader("default", found::add).read(files);
        return new Reading(read.manifests(), ImmutableList.copyOf(found), read.passedOver());
    }

    /** The objects by kind, namespace and name. */
    List<String> objects() {
        return manifests.stream().map(manifest -> manifest.key().toString()).toList();
    }

    List<String> findings() {
        return found.stream().map(Finding::toString).toList();
    }

    List<Integer> lines() {
        return found.stream().map(finding -> finding.place().line()).toList();
    }

    List<String> leftOut() {
        return found.stream().map(Finding::leftOut).toList();
    }
}
