package dev.bulkhead.app.argocd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The links that Argo CD shows on objects, rendered as it renders them, lead to pages of the console. */
class LinksTest {

    private static final String CONSOLE = "https://bulkhead.example.com/";
    /** The console's pages. */
    private static final Set<String> ROUTES =
            Set.of("#/namespaces/NAME", "#/namespaces/NAME/intents/INTENT", "#/segments/NAME");
    /** Of resource.links: anything else Argo CD would not know. */
    private static final Set<String> FIELDS = Set.of("title", "description", "url", "icon.class", "if");

    private static final Pattern COMPARISON = Pattern.compile("resource\\.([\\w.]+) (==|startsWith) \"([^\"]*)\"");
    private static final Pattern INSERTED = Pattern.compile("\\{\\{\\.resource\\.([\\w.]+)}}");

    private static List<Map<String, String>> links;

    @BeforeAll
    static void read() throws IOException {
        String settings = Files.readString(HealthScript.ROOT.resolve("examples/argocd/links.yaml"));
        Map<String, String> data =
                Serialization.unmarshal(settings, ConfigMap.class).getData();
        assertEquals(Set.of("resource.links"), data.keySet());
        links = new YAMLMapper().readValue(data.get("resource.links"), new TypeReference<>() {});
    }

    private static Map<String, Object> object(String apiVersion, String kind, String namespace) {
        Map<String, Object> metadata =
                namespace == null ? Map.of("name", "checkout") : Map.of("name", "checkout", "namespace", namespace);
        return Map.of("apiVersion", apiVersion, "kind", kind, "metadata", metadata);
    }

    private static List<String> linksOf(Map<String, Object> object) {
        return links.stream()
                .filter(link -> holds(link.get("if"), object))
                .map(link -> rendered(link.get("url"), object))
                .toList();
    }

    /** As much of Argo CD's language of expressions as the links use. */
    private static boolean holds(String expression, Map<String, Object> object) {
        return Arrays.stream(expression.split(" && ", -1)).allMatch(term -> {
            Matcher comparison = COMPARISON.matcher(term);
            assertTrue(comparison.matches(), term);
            String value = Objects.requireNonNullElse(field(object, comparison.group(1)), "");
            return comparison.group(2).equals("==")
                    ? value.equals(comparison.group(3))
                    : value.startsWith(comparison.group(3));
        });
    }

    /** What is not there would be written as such into the address. */
    private static String rendered(String template, Map<String, Object> object) {
        String url = INSERTED.matcher(template).replaceAll(inserted -> field(object, inserted.group(1)));
        assertTrue(!url.contains("{{"), url);
        return url;
    }

    private static String field(Object object, String path) {
        Object value = object;
        for (String name : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> fields ? fields.get(name) : null;
        }
        return (String) value;
    }

    @ParameterizedTest
    @CsvSource({
        "bulkhead.dev/v1alpha1, AccessIntent, shop, #/namespaces/shop/intents/checkout",
        "bulkhead.dev/v1alpha1, Segment, , #/segments/checkout",
        "v1, Namespace, , #/namespaces/checkout"
    })
    void anObjectHasALinkToItsPage(String apiVersion, String kind, String namespace, String page) {
        assertEquals(List.of(CONSOLE + page), linksOf(object(apiVersion, kind, namespace)));
    }

    @ParameterizedTest
    @CsvSource({
        "bulkhead.dev/v1alpha1, Guardrail, ",
        "bulkhead.dev/v1alpha1, WellKnownPeers, ",
        "networking.k8s.io/v1, NetworkPolicy, shop",
        "apps/v1, Deployment, shop",
        "other.example.com/v1, Segment, ",
        "other.example.com/v1, AccessIntent, shop",
        "other.example.com/v1, Namespace, "
    })
    void anObjectWithoutAPageHasNone(String apiVersion, String kind, String namespace) {
        assertEquals(List.of(), linksOf(object(apiVersion, kind, namespace)));
    }

    @Test
    void theAddressesAreTheConsolesRoutesAndEachRouteIsLinked() {
        Set<String> linked = links.stream()
                .map(link -> link.get("url"))
                .map(url -> url.substring(CONSOLE.length()))
                .map(url -> url.replaceFirst("intents/\\{\\{[^}]*}}", "intents/INTENT"))
                .map(url -> INSERTED.matcher(url).replaceAll("NAME"))
                .collect(Collectors.toSet());

        assertEquals(ROUTES, linked);
    }

    @Test
    void everyLinkSaysWhatArgoCdAsksForAndNothingElse() {
        for (Map<String, String> link : links) {
            assertTrue(FIELDS.containsAll(link.keySet()), link::toString);
            assertTrue(Stream.of("title", "url", "if").allMatch(link::containsKey), link::toString);
            assertTrue(link.get("url").startsWith(CONSOLE), link::toString);
        }
    }
}
