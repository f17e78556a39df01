package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.decode.TemplatedWorkload;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads the objects that say something about connections; others are passed over. */
public final class ManifestReader {

    private final Consumer<Finding> findings;
    private final ObjectDecoder decoder;
    private final Parsing parsing = new Parsing();

    /**
     * @param defaultNamespace of objects that name none
     * @param findings takes what is wrong, by file and line; it is left out
     */
    public ManifestReader(String defaultNamespace, Consumer<Finding> findings) {
        this.decoder = new ObjectDecoder(defaultNamespace);
        this.findings = findings;
    }

    /**
     * The objects of some files.
     *
     * @param manifests of two with one name the first
     * @param passedOver how many objects of which kinds say nothing about connections
     */
    public record Manifests(ImmutableList<Manifest> manifests, ImmutableSortedMap<String, Integer> passedOver) {}

    public Manifests read(List<SourceFile> files) {
        Map<Manifest.Key, Manifest> manifests = new LinkedHashMap<>();
        Map<Manifest.Key, Integer> generated = new HashMap<>();
        SortedMap<String, Integer> passedOver = new TreeMap<>();
        for (SourceFile file : files) {
            for (FileReader contents : read(file)) {
                contents.manifests().forEach(manifest -> add(manifests, generated, manifest, contents.findings()::add));
                contents.passedOver().forEach(kind -> passedOver.merge(kind, 1, Integer::sum));
                contents.findings().stream()
                        .sorted(Comparator.comparing(Finding::place))
                        .forEach(findings);
            }
        }
        return new Manifests(ImmutableList.copyOf(manifests.values()), ImmutableSortedMap.copyOfSorted(passedOver));
    }

    private List<FileReader> read(SourceFile file) {
        try {
            return parsing.parse(file, () -> new FileReader(file.name(), decoder));
        } catch (IOException e) {
            FileReader nothing = new FileReader(file.name(), decoder);
            nothing.findings().add(Parsing.cannotBeRead(file.name(), e));
            return List.of(nothing);
        }
    }

    private static void add(
            Map<Manifest.Key, Manifest> manifests,
            Map<Manifest.Key, Integer> generated,
            Manifest manifest,
            Consumer<Finding> findings) {
        Manifest before = manifests.get(manifest.key());
        if (before != null
                && manifest.object().getMetadata().getGenerateName() != null
                && manifest.object()
                        .getMetadata()
                        .getGenerateName()
                        .equals(manifest.key().name())) {
            // The API server gives each a name of its own.
            int number = generated.merge(manifest.key(), 1, Integer::sum);
            manifest.object().getMetadata().setName(manifest.key().name() + number);
            before = manifests.get(manifest.key());
        }
        if (before == null) {
            manifests.put(manifest.key(), manifest);
        } else if (manifest.object() instanceof TemplatedWorkload workload
                && !group(workload).equals(group(before.object()))) {
            // Two kinds of one name: the second is told apart by its group.
            add(
                    manifests,
                    generated,
                    new Manifest(
                            workload.withKind(workload.getKind() + "." + group(workload)),
                            manifest.file(),
                            manifest.tree()),
                    findings);
        } else {
            findings.accept(new Finding(
                    manifest.place(),
                    "the second " + manifest.key(),
                    Optional.of(manifest.key()),
                    manifest.key() + " is there twice, first at " + before.place() + "; keep one of the two"));
        }
    }

    private static String group(HasMetadata object) {
        String apiVersion = object.getApiVersion() == null ? "" : object.getApiVersion();
        return apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
    }
}
