package dev.bulkhead.app.snapshot;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.app.manifest.Finding;
import dev.bulkhead.app.manifest.ManifestReader;
import dev.bulkhead.app.manifest.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Snapshots of what files of manifests say. */
public final class FileSnapshots {

    private final Surroundings surroundings;

    public FileSnapshots(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * @param findings everything that is wrong with the files, by file and line
     * @param snapshot of what is right
     */
    public record Loaded(ImmutableList<Finding> findings, Snapshot snapshot) {}

    public Loaded load(List<SourceFile> files) {
        List<Finding> findings = new ArrayList<>();
        SnapshotBuilder builder = new SnapshotBuilder(surroundings);
        builder.add(
                new ManifestReader(surroundings.namespace(), findings::add)
                        .read(files)
                        .manifests(),
                findings::add);
        List<String> order = files.stream().map(SourceFile::name).toList();
        Comparator<Finding> byPlace = Comparator.comparingInt(
                        (Finding finding) -> order.indexOf(finding.place().file()))
                .thenComparing(Finding::place);
        return new Loaded(
                findings.stream().distinct().sorted(byPlace).collect(ImmutableList.toImmutableList()), builder.build());
    }
}
