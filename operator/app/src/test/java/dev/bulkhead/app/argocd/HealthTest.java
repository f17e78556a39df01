package dev.bulkhead.app.argocd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.luaj.vm2.LuaValue;

/** What Argo CD says of objects: the cases of {@code argocd/health.yaml}. */
class HealthTest {

    /** An unknown word would become Unknown, the worst of all. */
    private static final Set<String> WORDS = Set.of("Healthy", "Progressing", "Suspended", "Degraded");

    private static final Path SETTINGS = HealthScript.ROOT.resolve("examples/argocd/argocd-cm.yaml");
    private static final String PREFIX = "resource.customizations.health.bulkhead.dev_";
    private static final String HEAD = """
            # Health checks for Bulkhead's kinds, out of the folder health. Add the data to Argo CD's own ConfigMap, for example with
            #   kubectl patch configmap argocd-cm --namespace argocd --patch-file argocd-cm.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: argocd-cm
              namespace: argocd
              labels:
                app.kubernetes.io/part-of: argocd
            data:
            """;

    private record Case(String name, String kind, Map<String, Object> object, Health health) {}

    private static List<Case> cases() throws IOException {
        try (var yaml = HealthTest.class.getResourceAsStream("/argocd/health.yaml")) {
            return new YAMLMapper().readValue(yaml, new TypeReference<List<Case>>() {});
        }
    }

    @TestFactory
    Stream<DynamicTest> objectsAreAsHealthyAsTheyShouldBe() throws IOException {
        return cases().stream()
                .map(one -> dynamicTest(one.kind() + ": " + one.name(), () -> {
                    Health health = HealthScript.of(one.kind()).healthOf(one.object());

                    assertEquals(one.health(), health);
                    assertTrue(WORDS.contains(health.status()), health.status());
                }));
    }

    @Test
    void everyKindHasCases() throws IOException {
        assertEquals(
                Set.copyOf(HealthScript.KINDS),
                cases().stream().map(Case::kind).collect(Collectors.toUnmodifiableSet()));
    }

    @Test
    void theInterpreterHasNoMoreThanThatOfArgoCd() {
        for (String library : List.of("string", "io", "os", "coroutine", "math", "debug")) {
            assertEquals(LuaValue.NIL, HealthScript.interpreter().get(library), library);
        }
    }

    /** {@code -Dbulkhead.golden.update=true} writes it anew. */
    @Test
    void theSettingsToCopyHoldTheScripts() throws IOException {
        StringBuilder settings = new StringBuilder(HEAD);
        Map<String, String> scripts = new TreeMap<>();
        for (String kind : HealthScript.KINDS) {
            String script = HealthScript.of(kind).text();
            scripts.put(PREFIX + kind, script);
            settings.append("  ").append(PREFIX).append(kind).append(": |\n");
            script.lines()
                    .map(line -> line.isEmpty() ? "\n" : "    " + line + "\n")
                    .forEach(settings::append);
        }
        if (Boolean.getBoolean("bulkhead.golden.update")) {
            Files.writeString(SETTINGS, settings);
        }

        String committed = Files.readString(SETTINGS);
        assertEquals(settings.toString(), committed);
        assertEquals(
                scripts, Serialization.unmarshal(committed, ConfigMap.class).getData());
    }
}
