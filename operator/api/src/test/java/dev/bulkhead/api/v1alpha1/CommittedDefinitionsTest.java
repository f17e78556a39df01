package dev.bulkhead.api.v1alpha1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommittedDefinitionsTest {

    private static final String REFRESH = "mvn -pl operator/api test -Dbulkhead.update=true";

    private static final Path FOLDER = Path.of(System.getProperty("bulkhead.root"), "crds");

    @ParameterizedTest
    @ValueSource(classes = {AccessIntent.class, Guardrail.class, Segment.class, WellKnownPeers.class})
    void committedDefinitionIsWhatTheTypeGenerates(Class<? extends HasMetadata> kind) throws IOException {
        var definition = new GeneratedDefinition(kind);
        Path committed = FOLDER.resolve(definition.fileName());
        if (Boolean.getBoolean("bulkhead.update")) {
            Files.writeString(committed, definition.yaml());
        }
        assertEquals(
                definition.yaml(),
                Files.exists(committed) ? Files.readString(committed) : "",
                () -> "crds/" + definition.fileName() + " is not what the Java type says. Refresh it with: " + REFRESH);
    }

    @Test
    void noDefinitionIsCommittedWithoutAType() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertEquals(
                    Set.of(
                            new GeneratedDefinition(AccessIntent.class).fileName(),
                            new GeneratedDefinition(Guardrail.class).fileName(),
                            new GeneratedDefinition(Segment.class).fileName(),
                            new GeneratedDefinition(WellKnownPeers.class).fileName()),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
    }
}
