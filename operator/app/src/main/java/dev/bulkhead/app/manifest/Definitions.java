package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The schemas of our kinds, from the definitions that are installed in clusters too. */
final class Definitions {

    static final String GROUP = "bulkhead.dev";
    static final String VERSION = GROUP + "/v1alpha1";

    private static final List<String> FILES = List.of(
            "crds/bulkhead.dev_accessintents.yaml",
            "crds/bulkhead.dev_guardrails.yaml",
            "crds/bulkhead.dev_segments.yaml",
            "crds/bulkhead.dev_wellknownpeers.yaml");

    private final ImmutableMap<String, Schema> schemas;

    private Definitions(ImmutableMap<String, Schema> schemas) {
        this.schemas = schemas;
    }

    static Definitions load() {
        ImmutableMap.Builder<String, Schema> schemas = ImmutableMap.builder();
        for (String file : FILES) {
            Tree.Mapping definition = definition(file);
            Tree.Mapping spec = definition.mapping("spec").orElseThrow();
            String kind = spec.mapping("names").orElseThrow().text("kind").orElseThrow();
            Tree.Sequence versions = (Tree.Sequence) spec.get("versions").orElseThrow();
            Tree.Mapping version = (Tree.Mapping) versions.items().get(0);
            Tree.Mapping schema = version.mapping("schema")
                    .orElseThrow()
                    .mapping("openAPIV3Schema")
                    .orElseThrow();
            schemas.put(kind, ofObject(Schema.of(schema)));
        }
        return new Definitions(schemas.buildOrThrow());
    }

    private static Tree.Mapping definition(String file) {
        List<Tree> documents = new ArrayList<>();
        new DocumentReader(finding -> {
                    throw new IllegalStateException(finding.toString());
                })
                .read(SourceFile.of(file, bytes(file)), documents::add);
        return (Tree.Mapping) documents.get(0);
    }

    /** With the fields that every object has. */
    private static Schema ofObject(Schema schema) {
        return schema.with("apiVersion", Schema.any())
                .with("kind", Schema.any())
                .with("metadata", Schema.any());
    }

    private static byte[] bytes(String file) {
        try (InputStream in = Definitions.class.getClassLoader().getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By kind. */
    ImmutableMap<String, Schema> schemas() {
        return schemas;
    }
}
